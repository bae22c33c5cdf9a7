import type Database from 'better-sqlite3';
import { chainNext, chainStart } from '../../licence/audit/row.ts';
import { EPOCH_BYTES } from '../../licence/wire/label.ts';
import { allEpochs, type Epoch } from './audit-epochs.ts';
import { acknowledgedSeq } from './audit-retention.ts';

/** Rows checked before the store goes into service: about 10 ms of work. */
export const NEWEST_ROWS = 1000;
/** Rows checked at each look: 2 to 3 ms, so that no scan waits for it. */
export const SLICE_ROWS = 200;
/** SHA-256. */
export const HEAD_BYTES = 32;

/** The first thing that isn't as the terminal wrote it, in words for operators. */
export type ChainBreak = string;

/**
 * Checks the chain of an open store: its newest rows at once, the rest in slices, beginning with the last row the city
 * was noted to have. What comes before, the city has; `liangzheng audit verify` checks it too.
 */
export class AuditCheck {
  readonly #db: Database.Database;
  readonly #terminalId: Uint8Array;
  /** Where slices still have to go over, oldest epoch first. */
  readonly #parts: Part[] = [];

  constructor(db: Database.Database, terminalId: Uint8Array) {
    this.#db = db;
    this.#terminalId = terminalId;
  }

  /** Checks where each chain starts, and the newest rows of the last; notes what is left for the slices. */
  newest(): ChainBreak | undefined {
    const view = viewIn(this.#db);
    if (view !== undefined) return `${view} is a view`;
    const epochs = allEpochs(this.#db);
    const names = new Set<string>();
    for (const epoch of epochs) {
      if (names.has(nameOf(epoch))) return `${nameOf(epoch)} is there twice`;
      names.add(nameOf(epoch));
      const from = Math.max(epoch.prunedSeq, acknowledgedSeq(this.#db, epoch.n));
      const part = { n: epoch.n, seq: from, end: lastSeq(this.#db, epoch) };
      if (!startsWell(epoch, this.#terminalId)) return `${nameOf(epoch)} is another terminal's`;
      if (epoch !== epochs.at(-1)) {
        this.#parts.push(part);
        continue;
      }
      const newestFrom = Math.max(epoch.prunedSeq, part.end - NEWEST_ROWS);
      if (from < newestFrom) this.#parts.push({ ...part, end: newestFrom });
      const checked = this.#walk({ ...part, seq: newestFrom }, NEWEST_ROWS);
      if (typeof checked === 'string') return checked;
    }
    return undefined;
  }

  /** Checks the next slice. @returns what is broken; undefined when nothing is, or nothing is left to check. */
  slice(): ChainBreak | undefined {
    const part = this.#parts[0];
    if (!part) return undefined;
    const checked = this.#walk(part, SLICE_ROWS);
    if (typeof checked === 'string') return checked;
    if (checked >= part.end) this.#parts.shift();
    else part.seq = checked;
    return undefined;
  }

  get finished(): boolean {
    return this.#parts.length === 0;
  }

  /** @returns up to which row the chain holds, or where it breaks. */
  #walk({ n, seq, end }: Part, limit: number): number | ChainBreak {
    const epoch = allEpochs(this.#db).find((candidate) => candidate.n === n);
    if (!epoch) return `epoch number ${n} is missing`;
    // rows may have been pruned since the last slice
    const after = Math.max(seq, epoch.prunedSeq);
    if (after >= end) return end;
    let head = headAfter(this.#db, epoch, after);
    if (!head) return `row ${after} of ${nameOf(epoch)} is missing`;
    const rows = rowsOf(this.#db, n, after, Math.min(end, after + limit));
    let last = after;
    for (const row of rows) {
      if (row.seq !== last + 1) break;
      head = chainNext(head, row.bytes);
      if (Buffer.compare(head, row.head) !== 0) return `row ${row.seq} of ${nameOf(epoch)} was changed`;
      last = row.seq;
    }
    return last === Math.min(end, after + limit) ? last : `row ${last + 1} of ${nameOf(epoch)} is missing`;
  }
}

/**
 * Whether a chain that still has its first row begins where this terminal's chains do, and any other where a chain of
 * any terminal may.
 */
export function startsWell({ epoch, prunedSeq, prunedHead }: Epoch, terminalId: Uint8Array): boolean {
  if (epoch.length !== EPOCH_BYTES || prunedHead.length !== HEAD_BYTES) return false;
  if (!Number.isSafeInteger(prunedSeq) || prunedSeq < 0) return false;
  return prunedSeq > 0 || Buffer.compare(prunedHead, chainStart(terminalId, epoch)) === 0;
}

/** Where a table should be: reading a view runs what somebody wrote, which may never end. */
export function viewIn(db: Database.Database): string | undefined {
  return db.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'view'").get()?.name;
}

/** Chain head after row `seq`; undefined when it isn't there. */
export function headAfter(
  db: Database.Database,
  { n, prunedSeq, prunedHead }: Epoch,
  seq: number,
): Uint8Array | undefined {
  if (seq === prunedSeq) return prunedHead;
  return db
    .prepare<[number, number], { head: Uint8Array }>('SELECT head FROM row WHERE epoch_n = ? AND seq = ?')
    .get(n, seq)?.head;
}

/** seq of an epoch's last row, or of its last pruned one. */
export function lastSeq(db: Database.Database, { n, prunedSeq }: Epoch): number {
  const last = db
    .prepare<[number], { seq: number | null }>('SELECT max(seq) AS seq FROM row WHERE epoch_n = ?')
    .get(n);
  return last?.seq ?? prunedSeq;
}

interface Part {
  readonly n: number;
  /** Checked up to here. */
  seq: number;
  readonly end: number;
}

interface ChainRow {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly head: Uint8Array;
}

function rowsOf(db: Database.Database, n: number, after: number, end: number): ChainRow[] {
  return db
    .prepare<[number, number, number], ChainRow>(
      'SELECT seq, bytes, head FROM row WHERE epoch_n = ? AND seq > ? AND seq <= ? ORDER BY seq',
    )
    .all(n, after, end);
}

function nameOf({ epoch }: Epoch): string {
  return `epoch ${Buffer.from(epoch).toString('hex')}`;
}
