import type { AuditBatch } from '../audit/batch.ts';
import { type AuditRow, chainStart, encodeRow } from '../audit/row.ts';
import { NOW } from './demo-issuer.ts';

/** Row `seq` of one terminal's one epoch. */
export function demoRow(seq: number): AuditRow {
  return {
    terminalId: new Uint8Array(16).fill(0x70),
    epoch: new Uint8Array(8).fill(0xe0),
    seq,
    unixMs: NOW * 1000 + seq,
    event: 'verdict',
    public: new Map([['reason', 'accepted']]),
    sealed: null,
  };
}

/** The first `count` rows of that epoch. */
export function demoBatch(count: number): AuditBatch {
  const { terminalId, epoch } = demoRow(1);
  const rows = Array.from({ length: count }, (_, i) => encodeRow(demoRow(i + 1)));
  return { terminalId, epoch, seq: 1, head: chainStart(terminalId, epoch), rows };
}
