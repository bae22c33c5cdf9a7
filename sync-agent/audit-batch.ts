import { type AuditBatch, MAX_BATCH_BYTES, MAX_BATCH_ROWS } from '../licence/audit/batch.ts';
import type { AuditReader } from '../terminal/store/audit-reader.ts';

export type NextBatch =
  | { readonly kind: 'drained' }
  | {
      readonly kind: 'batch';
      readonly batch: AuditBatch;
      /** seq of the batch's last row. */
      readonly end: number;
    }
  | { readonly kind: 'rows-missing'; readonly detail: string };

/**
 * The first rows of an epoch after `after`, contiguous, at most 500 and 256 KiB. Where the row that follows `after` was
 * pruned, the batch begins with the oldest row there is: whether that leaves a gap only the city can say.
 */
export function nextBatch(
  reader: AuditReader,
  terminalId: Uint8Array,
  epoch: Uint8Array,
  after: number,
): NextBatch {
  const rows = reader.rowsAfter(epoch, after, MAX_BATCH_ROWS);
  const [first] = rows;
  if (!first) return { kind: 'drained' };
  const head = reader.headAt(epoch, first.seq - 1);
  if (!head) return { kind: 'rows-missing', detail: `the store has a hole before ${first.seq}` };
  const fitting: Uint8Array[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row.bytes.length;
    // rows are numbered without holes; if ever not, the batch ends at the hole and the next run says so
    if (bytes > MAX_BATCH_BYTES || row.seq !== first.seq + fitting.length) break;
    fitting.push(row.bytes);
  }
  const batch = { terminalId, epoch, seq: first.seq, head, rows: fitting };
  return { kind: 'batch', batch, end: first.seq + fitting.length - 1 };
}
