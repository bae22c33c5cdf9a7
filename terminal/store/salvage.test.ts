import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { setAside } from './set-aside.ts';
import { alter, smuggle } from './testing/damage.ts';
import { StoreBench, TERMINAL_ID } from './testing/store-bench.ts';

const ROW_SCHEMA = [' STRICT, WITHOUT ROWID', '    WITHOUT  ROWID   '] as const;

test.for([
  ['a text for a time', "unix_ms = 'yesterday'"],
  ['a fraction for a time', 'unix_ms = 0.5'],
  ['a time no JavaScript number can hold', 'unix_ms = 9223372036854775807'],
  ['a text for its bytes', "bytes = 'a row'"],
  ['a text for its head', "head = 'a head'"],
  ['a head of another size', 'head = zeroblob(31)'],
  ['more bytes than any row has', 'bytes = zeroblob(70000)'],
] as const)('a row with %s ends the salvage of its epoch, and service goes on', ([, cell]) => {
  const bench = filled(20);
  bench.restart(() => {
    // beside it something that is surely found
    smuggle(bench.folder.auditDb, 'row', ROW_SCHEMA, `UPDATE row SET ${cell} WHERE seq = 11`);
    alter(bench.folder.auditDb, 'UPDATE row SET head = zeroblob(32) WHERE seq = 15');
  });
  expect(bench.only('set-aside')).toMatchObject({ salvagedRows: 10 });
  expect(bench.only('set-aside').detail).toContain('rows after 10');
  expectInService(bench, [10]);
});

test('a note of what the city has that is none costs no row', () => {
  const bench = filled(20);
  bench.store.noteAcknowledged(bench.watermark(5), 1000);
  bench.restart(() => {
    smuggle(bench.folder.auditDb, 'acknowledged', ROW_SCHEMA, "UPDATE acknowledged SET unix_ms = 'then'");
    alter(bench.folder.auditDb, 'UPDATE row SET head = zeroblob(32) WHERE seq = 15');
  });
  expect(bench.only('set-aside')).toMatchObject({ salvagedRows: 14 });
  expectInService(bench, [14]);
});

test('two epochs of one name are found; the first is carried over', () => {
  const bench = filled(3);
  bench.restart(() =>
    alter(
      bench.folder.auditDb,
      `${WITHOUT_UNIQUE_NAMES} INSERT INTO epoch SELECT 2, epoch, 0, pruned_head FROM epoch;`,
    ),
  );
  const { why, salvagedRows, detail } = bench.only('set-aside');
  expect([why, salvagedRows]).toEqual(['chain-broken', 3]);
  expect(detail).toMatch(/lost: epoch [0-9a-f]{16} \(UNIQUE constraint/);
  expectInService(bench, [3]);
});

test.for([
  ['shorter than a name', 'zeroblob(3)', '0'],
  ['pruned up to a number that is none', 'zeroblob(8)', "'all'"],
  ['pruned up to a number no JavaScript number can hold', 'zeroblob(8)', '9223372036854775807'],
  ['pruned up to a negative number', 'zeroblob(8)', '-1'],
] as const)('an epoch %s is left behind, and service goes on', ([, name, prunedSeq]) => {
  const bench = filled(3);
  bench.restart(() => {
    const columns = `2, ${name}, ${prunedSeq}, zeroblob(32)`;
    alter(bench.folder.auditDb, `${WITHOUT_UNIQUE_NAMES} INSERT INTO epoch VALUES (${columns});`);
  });
  expect(bench.only('set-aside')).toMatchObject({ salvagedRows: 3 });
  expectInService(bench, [3]);
});

test('a view in the place of a table is not asked: it might never end', () => {
  const bench = filled(3);
  bench.restart(() =>
    alter(
      bench.folder.auditDb,
      `ALTER TABLE row RENAME TO hidden;
       CREATE VIEW row AS WITH RECURSIVE r (epoch_n, seq, unix_ms, bytes, head) AS (
         SELECT 1, 1, 0, 'x', 'x' UNION ALL SELECT 1, 1, 0, 'x', 'x' FROM r) SELECT * FROM r`,
    ),
  );
  expect(bench.only('set-aside').detail).toContain('everything');
  expectInService(bench, []);
});

test('whatever stops the salvage, a new store takes the place, and the rows stay in what was set aside', () => {
  const bench = filled(3);
  bench.store.close();
  const before = readFileSync(bench.folder.auditDb);
  const closed = new Database(':memory:');
  closed.close();
  const { rows, lost, to } = setAside(bench.folder, TERMINAL_ID, 'replaced', closed);
  expect([rows, lost]).toEqual([0, [expect.stringMatching(/^everything \(.*not open/)]]);
  expect(readFileSync(join(to, 'audit.db')).equals(before)).toBe(true);
  bench.restart();
  expectInService(bench, []);
});

/** The same table, whose names need not differ and whose columns hold anything. */
const WITHOUT_UNIQUE_NAMES = `PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON;
  ALTER TABLE epoch RENAME TO epoch_before;
  CREATE TABLE epoch (n INTEGER PRIMARY KEY, epoch BLOB, pruned_seq DEFAULT 0, pruned_head BLOB);
  INSERT INTO epoch SELECT * FROM epoch_before; DROP TABLE epoch_before;`;

function filled(rows: number): StoreBench {
  const bench = new StoreBench();
  bench.append(rows);
  return bench;
}

/** @param before rows of the epochs that were carried over; the one now written has one more. */
function expectInService(bench: StoreBench, before: number[]): void {
  expect(bench.store.level).toBe('ok');
  bench.append(1);
  expect(bench.rows()).toEqual([...before, 1]);
  const told = bench.news.length;
  bench.restart();
  expect(bench.news).toHaveLength(told);
}
