import Database from 'better-sqlite3';
import { chainNext } from '../../licence/audit/row.ts';
import { startsWell } from './audit-check.ts';
import { allEpochs, type Epoch } from './audit-epochs.ts';

export interface Salvaged {
  readonly rows: number;
  /** What couldn't be carried over whole, in words; nothing personal. */
  readonly lost: readonly string[];
}

/** A damaged file may hold anything: what isn't the blob it should be counts as missing. */
const IS_WHOLE = "typeof(bytes) = 'blob' AND typeof(head) = 'blob'";
/** Rows written in one transaction. */
const BATCH_ROWS = 5000;
/** Carried over beside the chains; health is written anew every few seconds. */
const TABLES = ['used_proof', 'trust_pin', 'staff'];

/**
 * Carries over into an empty store what a broken one still has and what verifies: of each epoch the rows up to the first
 * that doesn't. Where that lies before the last row the city was noted to have, the rows after that one are worth more:
 * the city doesn't have them.
 */
export function salvage(from: Database.Database, to: Database.Database, terminalId: Uint8Array): Salvaged {
  const lost: string[] = [];
  const epochs = orLost(lost, 'epochs', () => allEpochs(from)) ?? [];
  let rows = 0;
  for (const epoch of epochs) {
    const name = `epoch ${Buffer.from(epoch.epoch).toString('hex')}`;
    if (startsWell(epoch, terminalId)) rows += carryEpoch(from, to, epoch, name, lost);
    else lost.push(`${name}: another terminal's`);
  }
  for (const table of TABLES) carryTable(from, to, table, lost);
  return { rows, lost };
}

function carryEpoch(
  from: Database.Database,
  to: Database.Database,
  epoch: Epoch,
  name: string,
  lost: string[],
): number {
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
  return run.rows;
}

interface Run {
  readonly rows: number;
  /** seq of the last row carried over. */
  readonly last: number;
  /** What ended it before the last row of the epoch. */
  readonly stopped: string | undefined;
}

/** Carries over rows as long as each follows from the one before. */
function carryRun(from: Database.Database, to: Database.Database, epoch: Epoch): Run {
  const insert = to.prepare('INSERT INTO row VALUES (@n, @seq, @unixMs, @bytes, @head)');
  const insertAll = to.transaction((rows: readonly Row[]) => {
    for (const row of rows) insert.run({ n: epoch.n, ...row });
  });
  let batch: Row[] = [];
  let rows = 0;
  let last = epoch.prunedSeq;
  let head = epoch.prunedHead;
  const flush = () => {
    insertAll(batch);
    rows += batch.length;
    batch = [];
  };
  const stopped = untilBroken(() => {
    for (const row of rowsAfter(from, epoch.n, last)) {
      head = chainNext(head, row.bytes);
      if (row.seq !== last + 1) return `row ${last + 1} is missing`;
      if (Buffer.compare(head, row.head) !== 0) return `row ${row.seq} was changed`;
      last = row.seq;
      if (batch.push(row) === BATCH_ROWS) flush();
    }
    return undefined;
  });
  flush();
  return { rows, last, stopped };
}

interface Row {
  readonly seq: number;
  readonly unixMs: number;
  readonly bytes: Uint8Array;
  readonly head: Uint8Array;
}

function rowsAfter(db: Database.Database, n: number, seq: number): IterableIterator<Row> {
  return db
    .prepare<[number, number], Row>(
      `SELECT seq, unix_ms AS unixMs, bytes, head FROM row
       WHERE epoch_n = ? AND seq > ? AND ${IS_WHOLE} ORDER BY seq`,
    )
    .iterate(n, seq);
}

function storedHead(db: Database.Database, n: number, seq: number): Uint8Array | undefined {
  return orLost([], 'head', () =>
    db
      .prepare<[number, number], { head: Uint8Array }>('SELECT head FROM row WHERE epoch_n = ? AND seq = ?')
      .get(n, seq),
  )?.head;
}

function notesOf(db: Database.Database, n: number): { seq: number; unixMs: number }[] {
  if (columnsOf(db, 'acknowledged').length === 0) return [];
  return db
    .prepare<[number], { seq: number; unixMs: number }>(
      'SELECT seq, unix_ms AS unixMs FROM acknowledged WHERE epoch_n = ? ORDER BY seq',
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
