import { decodeRow } from '../../../licence/audit/row.ts';
import type { AuditReader, StoredRow } from '../../store/audit-reader.ts';

/** Rows in memory at a time. */
const ROWS_AT_ONCE = 1000;

export interface PickedRow {
  readonly epoch: Uint8Array;
  readonly row: StoredRow;
}

/** Every row from `from` on, of one epoch or of all, oldest first; read as they are asked for. */
export function* rowsFrom(reader: AuditReader, from: number, only?: Uint8Array): Generator<PickedRow> {
  for (const { epoch, lastSeq } of reader.epochs()) {
    if (only && Buffer.compare(only, epoch) !== 0) continue;
    let seq = from - 1;
    while (seq < lastSeq) {
      const rows = reader.rowsAfter(epoch, seq, ROWS_AT_ONCE);
      for (const row of rows) yield { epoch, row };
      const last = rows.at(-1);
      if (!last) break;
      seq = last.seq;
    }
  }
}

/** The last `count` rows, of one event or of all, in their order. Looked for from the end, so a long log costs no more. */
export function lastRows(reader: AuditReader, count: number, event?: string): readonly PickedRow[] {
  const picked: PickedRow[] = [];
  for (const { epoch, lastSeq } of reader.epochs().toReversed()) {
    let before = lastSeq + 1;
    while (picked.length < count) {
      const rows = reader.rowsBefore(epoch, before, ROWS_AT_ONCE);
      for (const row of rows) {
        if (picked.length === count) break;
        if (event === undefined || decodeRow(row.bytes)?.event === event) picked.push({ epoch, row });
      }
      const first = rows.at(-1);
      if (!first) break;
      before = first.seq;
    }
  }
  return picked.toReversed();
}
