import { type AuditBatch, MAX_BATCH_BYTES, MAX_BATCH_ROWS } from '../licence/audit/batch.ts';
import { chainStart } from '../licence/audit/row.ts';
import type { AuditReader } from '../terminal/store/audit-reader.ts';
import type { Watermark } from '../terminal/store/sync-store.ts';

export type NextBatch =
  | { readonly kind: 'drained' }
  | {
      readonly kind: 'batch';
      readonly batch: AuditBatch;
      /** seq of the last row before the batch. */
      readonly after: number;
      /** The store's chain isn't the one the city has: the batch is the proof of it. */
      readonly diverged: boolean;
    }
  | { readonly kind: 'rows-missing'; readonly detail: string };

/** Rows sent as proof of a fork; at 4 KiB each they fit a batch whatever they hold. */
const FORK_PROOF_ROWS = 50;

/** The next rows of an epoch that the city doesn't have: contiguous, at most 500 and 256 KiB. */
export function nextBatch(
  reader: AuditReader,
  terminalId: Uint8Array,
  epoch: Uint8Array,
  watermark: Watermark | undefined,
): NextBatch {
  if (watermark?.forked) return { kind: 'drained' };
  const at = watermark ?? { seq: 0, head: chainStart(terminalId, epoch) };
  const here = at.seq === 0 ? undefined : reader.headAt(epoch, at.seq);
  const diverged = here !== undefined && Buffer.compare(here, at.head) !== 0;
  const from = diverged ? proofStart(reader, terminalId, epoch, at.seq) : at;
  const rows = reader.rowsAfter(epoch, from.seq, MAX_BATCH_ROWS);
  const [first] = rows;
  if (!first) return { kind: 'drained' };
  if (first.seq !== from.seq + 1) {
    return { kind: 'rows-missing', detail: `the city has up to ${from.seq}, here is ${first.seq} on` };
  }
  const fitting: Uint8Array[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row.bytes.length;
    // rows are numbered without holes; if ever not, the batch ends at the hole and the next run says so
    if (bytes > MAX_BATCH_BYTES || row.seq !== first.seq + fitting.length) break;
    fitting.push(row.bytes);
  }
  const batch = { terminalId, epoch, seq: first.seq, head: from.head, rows: fitting };
  return { kind: 'batch', batch, after: from.seq, diverged };
}

/** A little before the disputed row, as far as this store still reaches. */
function proofStart(
  reader: AuditReader,
  terminalId: Uint8Array,
  epoch: Uint8Array,
  seq: number,
): { readonly seq: number; readonly head: Uint8Array } {
  for (let back = Math.min(seq, FORK_PROOF_ROWS); back > 0; back--) {
    const head = seq === back ? chainStart(terminalId, epoch) : reader.headAt(epoch, seq - back);
    const next = reader.headAt(epoch, seq - back + 1);
    if (head && next) return { seq: seq - back, head };
  }
  return { seq, head: reader.headAt(epoch, seq) ?? chainStart(terminalId, epoch) };
}
