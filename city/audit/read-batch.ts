import { type AuditBatch, MAX_BATCH_BYTES, openAuditBatch } from '../../licence/audit/batch.ts';
import { chainNext, chainStart, decodeRow } from '../../licence/audit/row.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import type { Opened } from '../../licence/wire/signed-map.ts';

/** A row of a batch with its place in the chain, as the batch claims it. */
export interface ChainedRow {
  readonly seq: number;
  readonly bytes: Uint8Array;
  /** Chain head after this row. */
  readonly head: Uint8Array;
}

export interface ChainedBatch {
  readonly terminalId: Uint8Array;
  readonly epoch: Uint8Array;
  /** Chain head before the first row; that of an empty chain before row 1. */
  readonly head: Uint8Array;
  /** At least one, numbered without a gap. */
  readonly rows: readonly [ChainedRow, ...ChainedRow[]];
}

/** Opens a batch and checks that every row is what its place says: terminal, epoch and number. */
export function readBatch(
  bytes: Uint8Array,
  publicKey: Uint8Array,
  verifier: SignatureVerifier,
): Opened<ChainedBatch> {
  const opened = openAuditBatch(bytes, publicKey, verifier);
  if (!opened.ok) return opened;
  const batch = opened.value;
  const total = batch.rows.reduce((sum, row) => sum + row.length, 0);
  if (total > MAX_BATCH_BYTES) return { ok: false, detail: `${total} bytes of rows` };
  if (batch.seq === 1 && Buffer.compare(batch.head, chainStart(batch.terminalId, batch.epoch)) !== 0) {
    return { ok: false, detail: 'row 1 does not begin the chain of its epoch' };
  }
  const chained: ChainedRow[] = [];
  let head = batch.head;
  for (const row of batch.rows) {
    const seq = batch.seq + chained.length;
    if (!stands(row, batch, seq)) return { ok: false, detail: `row ${seq} is not the row of its place` };
    head = chainNext(head, row);
    chained.push({ seq, bytes: row, head });
  }
  const [first, ...rest] = chained;
  if (!first) return { ok: false, detail: 'a batch without rows' };
  const { terminalId, epoch } = batch;
  return { ok: true, value: { terminalId, epoch, head: batch.head, rows: [first, ...rest] } };
}

function stands(bytes: Uint8Array, batch: AuditBatch, seq: number): boolean {
  const row = decodeRow(bytes);
  return (
    row !== undefined &&
    row.seq === seq &&
    Buffer.compare(row.terminalId, batch.terminalId) === 0 &&
    Buffer.compare(row.epoch, batch.epoch) === 0
  );
}
