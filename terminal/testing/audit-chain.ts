import { chainNext, decodeRow } from '../../licence/audit/row.ts';
import { AuditReader, type StoredRow } from '../store/audit-reader.ts';

/** All rows of the epoch now being written, read by a connection of its own. */
export function rowsOf(auditDb: string): StoredRow[] {
  const reader = AuditReader.open(auditDb);
  if (!reader) throw new Error(`no audit log at ${auditDb}`);
  const epoch = reader.epochs().at(-1)?.epoch;
  const rows = epoch ? reader.rowsAfter(epoch, 0, 10_000) : [];
  reader.close();
  return rows;
}

/** Names of the events in the epoch now being written, in order. */
export function eventsOf(auditDb: string): string[] {
  return rowsOf(auditDb).map(({ bytes }) => decodeRow(bytes)?.event ?? 'no row');
}

/** The heads a chain has after each row, computed anew from the head before the first. */
export function recomputedHeads(start: Uint8Array, rows: readonly StoredRow[]): string[] {
  let head = start;
  return rows.map(({ bytes }) => {
    head = chainNext(head, bytes);
    return Buffer.from(head).toString('hex');
  });
}

/** The heads as the store has them. */
export function storedHeads(rows: readonly StoredRow[]): string[] {
  return rows.map(({ head }) => Buffer.from(head).toString('hex'));
}
