import Database from 'better-sqlite3';
import { chainNext, MAX_ROW_BYTES, MAX_UNIX_MS } from '../../licence/audit/row.ts';
import { EPOCH_BYTES } from '../../licence/wire/label.ts';
import { HEAD_BYTES, startsWell, viewIn } from './audit-check.ts';
import { allEpochs, type Epoch } from './audit-epochs.ts';

export interface Salvaged {
  readonly rows: number;
  /** What couldn't be carried over whole, in words; nothing personal. */
  readonly lost: readonly string[];
}

/** A damaged file may hold anything: a row with a cell that a row of ours can't have ends its run. */
const IS_WHOLE = `typeof(unix_ms) = 'integer' AND unix_ms BETWEEN 0 AND ${MAX_UNIX_MS}
  AND typeof(bytes) = 'blob' AND length(bytes) <= ${MAX_ROW_BYTES}
  AND typeof(head) = 'blob' AND length(head) = ${HEAD_BYTES}`;
/** Rows written in one transaction. */
const BATCH_ROWS = 5000;
/** Carried over beside the chains; health is written anew each minute. */
const TABLES = ['used_proof', 'trust_pin', 'staff'];

/**
 * Carries over into an empty store what a broken one still has and what verifies: of each epoch the rows up to the first
 * that doesn't. Where that lies before the last row the city was noted to have, the rows after that one are worth more:
 * the city doesn't have them.
 */
export function salvage(from: Database.Database, to: Database.Database, terminalId: Uint8Array): Salvaged {
  const lost: string[] = [];
  const view = orLost(lost, 'schema', () => viewIn(from));
  if (view !== undefined) return { rows: 0, lost: [`everything (${view} is a view)`] };
  const epochs = orLost(lost, 'epochs', () => allEpochs(from)) ?? [];
  for (const epoch of epochs) {
    const name = `epoch ${Buffer.from(epoch.epoch.subarray(0, EPOCH_BYTES)).toString('hex')}`;
    if (startsWell(epoch, terminalId)) orLost(lost, name, () => carryEpoch(from, to, epoch, name, lost));
    else lost.push(`${name}: another terminal's`);
  }
  for (const table of TABLES) carryTable(from, to, table, lost);
  return { rows: countRows(to), lost };
}

function carryEpoch(
  from: Database.Database,
  to: Database.Database,
  epoch: Epoch,
  name: string,
  lost: string[],
): void {
  const insertEpoch = to.prepare('INSERT INTO epoch VALUES (@n, @epoch, @prunedSeq, @prunedHead)');
  insertEpoch.run(epoch);
  const notes = orLost(lost, `${name}: acknowledged`, () => notesOf(from, epoch.n)) ?? [];
  let run = carryRun(from, to, epoch);
  const known = notes.at(-1)?.seq ?? 0;
  const head = run.stopped !== undefined && run.last < known ? storedHead(from, epoch.n, known) : undefined;
  if (head) {
    to.prepare('DELETE FROM row WHERE epoch_n = ?').run(epoch.n);
    to.prepare('DELETE FROM epoch WHERE n = ?').run(epoch.n);
    const rest: Epoch = { ...epoch, prunedSeq: known, prunedHead: head };
    insertEpoch.run(rest);
    lost.push(`${name}: rows up to ${known}, which the city has`);
    run = carryRun(from, to, rest);
  }
  if (run.stopped !== undefined) lost.push(`${name}: rows after ${run.last} (${run.stopped})`);
  const insertNote = to.prepare('INSERT INTO acknowledged VALUES (@n, @seq, @unixMs)');
  for (const note of notes) if (note.seq <= run.last) insertNote.run({ n: epoch.n, ...note });
}

interface Run {
  /** seq of the last row carried over. */
  readonly last: number;
  /** What ended it before the last row of the epoch. */
  readonly stopped: string | undefined;
}

/** Carries over rows as long as each follows from the one before. */
function carryRun(from: Database.Database, to: Database.Database, epoch: Epoch): Run {
  const insert = to.prepare('INSERT INTO row VALUES (@n, @seq, @unixMs, @bytes, @head)');
  const insertAll = to.transaction((rows: readonly Row[]) => {
    for (const { seq, unixMs, bytes, head } of rows) insert.run({ n: epoch.n, seq, unixMs, bytes, head });
  });
  let batch: Row[] = [];
  let last = epoch.prunedSeq;
  const flush = () => {
    insertAll(batch);
    last = batch.at(-1)?.seq ?? last;
    batch = [];
  };
  const stopped = untilBroken(() => {
    let expected = last + 1;
    let head = epoch.prunedHead;
    const broken = untilBroken(() => {
      for (const row of rowsAfter(from, epoch.n, last)) {
        if (row.seq !== expected) return `row ${expected} is missing`;
        if (!row.whole) return `row ${expected} is no row`;
        head = chainNext(head, row.bytes);
        if (Buffer.compare(head, row.head) !== 0) return `row ${expected} was changed`;
        expected += 1;
        if (batch.push(row) === BATCH_ROWS) flush();
      }
      return undefined;
    });
    flush();
    return broken;
  });
  return { last, stopped };
}

interface Row {
  readonly seq: number;
  readonly unixMs: number;
  readonly bytes: Uint8Array;
  readonly head: Uint8Array;
  /** 0 where a cell holds what it can't: the others then say nothing. */
  readonly whole: 0 | 1;
}

function rowsAfter(db: Database.Database, n: number, seq: number): IterableIterator<Row> {
  return db
    .prepare<[number, number], Row>(
      `SELECT seq, unix_ms AS unixMs, bytes, head, ${IS_WHOLE} AS whole FROM row
       WHERE epoch_n = ? AND seq > ? ORDER BY seq`,
    )
    .iterate(n, seq);
}

function storedHead(db: Database.Database, n: number, seq: number): Uint8Array | undefined {
  return orLost([], 'head', () =>
    db
      .prepare<[number, number], { head: Uint8Array }>(
        `SELECT head FROM row WHERE epoch_n = ? AND seq = ? AND ${IS_WHOLE}`,
      )
      .get(n, seq),
  )?.head;
}

function countRows(db: Database.Database): number {
  return db.prepare<[], { rows: number }>('SELECT count(*) AS rows FROM row').get()?.rows ?? 0;
}

function notesOf(db: Database.Database, n: number): { seq: number; unixMs: number }[] {
  if (columnsOf(db, 'acknowledged').length === 0) return [];
  return db
    .prepare<[number], { seq: number; unixMs: number }>(
      `SELECT seq, unix_ms AS unixMs FROM acknowledged WHERE epoch_n = ? AND typeof(seq) = 'integer'
         AND typeof(unix_ms) = 'integer' AND unix_ms BETWEEN 0 AND ${MAX_UNIX_MS} ORDER BY seq`,
    )
    .all(n);
}

/** Every row that can be read, in the columns both stores have. */
function carryTable(from: Database.Database, to: Database.Database, table: string, lost: string[]): void {
  const there = new Set(orLost(lost, table, () => columnsOf(from, table)));
  const columns = columnsOf(to, table).filter((column) => there.has(column));
  if (columns.length === 0) return; // a store from before the table was added
  const insert = to.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  to.transaction(() => {
    orLost(lost, table, () => {
      const rows = from
        .prepare(`SELECT ${columns.join(', ')} FROM ${table}`)
        .raw()
        .iterate();
      for (const row of rows) insert.run(row);
    });
  })();
}

function columnsOf(db: Database.Database, table: string): string[] {
  return db
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name);
}

/** What SQLite can't read ends a run; any other error (a full disk) ends the salvage. */
function untilBroken(run: () => string | undefined): string | undefined {
  try {
    return run();
  } catch (error) {
    if (isUnreadable(error)) return error.message;
    throw error;
  }
}

function orLost<T>(lost: string[], what: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    lost.push(`${what} (${error.message})`);
    return undefined;
  }
}

const UNREADABLE = /^SQLITE_(CORRUPT|NOTADB|ERROR|IOERR_READ|IOERR_SHORT_READ|CONSTRAINT|MISMATCH)/;

function isUnreadable(error: unknown): error is Error {
  return error instanceof Database.SqliteError && UNREADABLE.test(error.code);
}
