import { type AuditRow, chainNext, chainStart, decodeRow } from '../../../licence/audit/row.ts';
import type { AuditEpoch, AuditReader, StoredRow } from '../../store/audit-reader.ts';

/** Rows in memory at a time. */
const ROWS_AT_ONCE = 1000;

/** What is wrong, and at which row. */
export interface ChainBreak {
  readonly seq: number;
  readonly what: /** No row has this number. */
    | 'row missing'
    /** The rows before this one were pruned up to another one than it says. */
    | 'start missing'
    | 'not an audit row'
    | 'row of another epoch, number or terminal'
    /** The row, or one before it, is not what was chained. */
    | 'row changed';
}

/** What an epoch's chain came to. */
export interface CheckedChain {
  readonly epoch: Uint8Array;
  /** The first row still here; later than 1 where rows were pruned. 0 without any. */
  readonly firstSeq: number;
  readonly rows: number;
  /** The first break: whatever follows it proves nothing. */
  readonly break?: ChainBreak;
}

/**
 * Recomputes the chain of an epoch from its first row to its last, a thousand rows at a time.
 *
 * @param told hears how many rows were checked, after each thousand.
 */
export function checkChain(
  reader: AuditReader,
  { epoch, lastSeq, prunedSeq }: AuditEpoch,
  told: (rows: number) => void = () => undefined,
): CheckedChain {
  let begun = beginning(reader, epoch);
  // pruned between two readings by the terminal that runs: the next look finds the new beginning
  if (begun && !begun.head) begun = beginning(reader, epoch);
  if (begun === undefined) {
    const none = { epoch, firstSeq: 0, rows: 0 };
    return lastSeq > prunedSeq ? { ...none, break: { seq: prunedSeq + 1, what: 'row missing' } } : none;
  }
  const { firstSeq, terminalId } = begun;
  let { head } = begun;
  let seq = firstSeq - 1;
  const state = () => ({ epoch, firstSeq, rows: seq - firstSeq + 1 });
  if (head === undefined) return { ...state(), break: { seq: firstSeq, what: 'start missing' } };
  while (seq < lastSeq) {
    const rows = reader.rowsAfter(epoch, seq, ROWS_AT_ONCE);
    if (rows.length === 0) return { ...state(), break: { seq: seq + 1, what: 'row missing' } };
    for (const row of rows) {
      const next: Uint8Array = chainNext(head, row.bytes);
      const what = faultOf(row, { terminalId, epoch, seq: seq + 1 }, next);
      if (what) return { ...state(), break: { seq: seq + 1, what } };
      head = next;
      seq = row.seq;
    }
    told(state().rows);
  }
  return state();
}

interface Expected extends Pick<AuditRow, 'epoch' | 'seq'> {
  readonly terminalId: Uint8Array | undefined;
}

function faultOf(row: StoredRow, expected: Expected, head: Uint8Array): ChainBreak['what'] | undefined {
  if (row.seq !== expected.seq) return 'row missing';
  const decoded = decodeRow(row.bytes);
  if (!decoded) return 'not an audit row';
  if (!isOf(decoded, expected)) return 'row of another epoch, number or terminal';
  return same(row.head, head) ? undefined : 'row changed';
}

function isOf(row: AuditRow, { terminalId, epoch, seq }: Expected): boolean {
  return (
    row.seq === seq && same(row.epoch, epoch) && terminalId !== undefined && same(row.terminalId, terminalId)
  );
}

/** Where the chain starts: at the terminal and the epoch themselves, or at the last row that was pruned. */
function beginning(reader: AuditReader, epoch: Uint8Array) {
  const [first] = reader.rowsAfter(epoch, 0, 1);
  if (!first) return undefined;
  const terminalId = decodeRow(first.bytes)?.terminalId;
  if (first.seq === 1 && terminalId) return { firstSeq: 1, terminalId, head: chainStart(terminalId, epoch) };
  return { firstSeq: first.seq, terminalId, head: reader.headAt(epoch, first.seq - 1) };
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
