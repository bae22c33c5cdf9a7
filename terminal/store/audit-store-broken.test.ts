import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { NEWEST_ROWS, SLICE_ROWS } from './audit-check.ts';
import { AuditReader } from './audit-reader.ts';
import { RETENTION_MS } from './audit-retention.ts';
import { StoreUnavailable } from './store-fault.ts';
import { alter, flipBit, pagesOf, spoilPage } from './testing/damage.ts';
import { EVENT, StoreBench } from './testing/store-bench.ts';
import { TrustPin } from './trust-pin.ts';

const PROOF = { hash: new Uint8Array(32).fill(1), until: 5000 };
const PINNED = { root: new Uint8Array([1]), versions: { root: 1, timestamp: 2, snapshot: 3, targets: 4 } };

test('a corrupted page among the rows: what comes before it is carried over, and service goes on', () => {
  const bench = filled(100);
  bench.restart(() => spoilPage(bench.folder.auditDb, pagesOf(bench.folder.auditDb, 'row').count - 1));
  const { why, salvagedRows, detail } = bench.only('set-aside');
  expect(why).toBe('corrupt');
  expect(detail).toMatch(/rows after \d+/);
  expect(salvagedRows).toBeGreaterThan(10);
  expect(salvagedRows).toBeLessThan(100);
  expectInService(bench, [salvagedRows]);
  expectCarriedOver(bench);
});

test('a corrupted root page of the rows costs the rows and nothing else', () => {
  const bench = filled(100);
  bench.restart(() => spoilPage(bench.folder.auditDb, pagesOf(bench.folder.auditDb, 'row').root));
  expect(bench.only('set-aside')).toMatchObject({ why: 'corrupt', salvagedRows: 0 });
  expect(bench.only('rows-missing')).toMatchObject({ from: 1, to: 100 });
  expectInService(bench, [0]);
  expectCarriedOver(bench);
});

test('a corrupted page of the replay memory costs no row', () => {
  const bench = filled(100);
  bench.restart(() => spoilPage(bench.folder.auditDb, pagesOf(bench.folder.auditDb, 'used_proof').root));
  expect(bench.only('set-aside')).toMatchObject({ salvagedRows: 100 });
  expectInService(bench, [100]);
  expectCarriedOver(bench); // its index has the proofs as well
});

test('a replay memory that can not be read at all is told as lost', () => {
  const bench = filled(100);
  bench.restart(() => {
    const { auditDb } = bench.folder;
    for (const name of ['used_proof', 'used_proof_until']) spoilPage(auditDb, pagesOf(auditDb, name).root);
  });
  expect(bench.only('set-aside').detail).toMatch(/lost: used_proof/);
  expectInService(bench, [100]);
});

test('a corrupted page on the list of free ones costs no row', () => {
  const bench = filled(100);
  bench.restart(() => {
    const { auditDb } = bench.folder;
    alter(auditDb, 'CREATE TABLE x (b BLOB); INSERT INTO x VALUES (zeroblob(40000)); DROP TABLE x');
    const freelistTrunk = readFileSync(auditDb).readUInt32BE(32);
    expect(freelistTrunk).toBeGreaterThan(0);
    spoilPage(auditDb, freelistTrunk);
  });
  expect(bench.only('set-aside')).toMatchObject({ why: 'corrupt', salvagedRows: 100 });
  expectInService(bench, [100]);
  expectCarriedOver(bench);
});

test('a corrupted header: nothing can be read, all of it is kept aside', () => {
  const bench = filled(100);
  let before = Buffer.alloc(0);
  bench.restart(() => {
    spoilPage(bench.folder.auditDb, 1);
    before = readFileSync(bench.folder.auditDb);
  });
  const { why, salvagedRows, to } = bench.only('set-aside');
  expect([why, salvagedRows]).toEqual(['unreadable', 0]);
  expect(readFileSync(join(to ?? '', 'audit.db')).equals(before)).toBe(true);
  expect(bench.only('rows-missing')).toMatchObject({ by: 'witness', from: 1, to: 100 });
  expectInService(bench, []);
});

test('a file that is no database is kept aside', () => {
  const bench = filled(1);
  bench.restart(() => writeFileSync(bench.folder.auditDb, 'not a database'.repeat(1000)));
  expect(bench.only('set-aside')).toMatchObject({ why: 'unreadable' });
  expectInService(bench, []);
});

test('a file cut in the middle: what is whole is carried over', () => {
  const bench = filled(200);
  bench.restart(() => truncateSync(bench.folder.auditDb, 12 * 4096));
  expect(bench.only('set-aside').why).toBe('corrupt');
  expect(bench.told()).toContain('rows-missing');
  bench.append(1);
  expect(bench.rows().at(-1)).toBe(1);
});

test('an emptied file whose WAL still has rows does not have it removed unread', () => {
  const bench = filled(3);
  const wal = Buffer.from('frames nobody has read');
  bench.restart(() => {
    truncateSync(bench.folder.auditDb, 0);
    writeFileSync(`${bench.folder.auditDb}-wal`, wal);
  });
  const { to } = bench.only('set-aside');
  expect(readFileSync(join(to ?? '', 'audit.db-wal'))).toEqual(wal);
});

test('a bit flipped in a row: the rows before it are carried over', () => {
  const bench = filled(20);
  bench.store.append({ ...EVENT, event: 'the-changed-one' });
  bench.append(5);
  bench.restart(() => flipBit(bench.folder.auditDb, Buffer.from('the-changed-one')));
  expect(bench.only('set-aside')).toMatchObject({ why: 'chain-broken', salvagedRows: 20 });
  expect(bench.only('set-aside').detail).toMatch(/row 21 .* was changed/);
  expectInService(bench, [20]);
  expectCarriedOver(bench);
});

test('a row removed from the middle is noticed', () => {
  const bench = filled(20);
  bench.restart(() => alter(bench.folder.auditDb, 'DELETE FROM row WHERE seq = 11'));
  expect(bench.only('set-aside')).toMatchObject({ why: 'chain-broken', salvagedRows: 10 });
  expect(bench.only('set-aside').detail).toMatch(/row 11 .* is missing/);
  expectInService(bench, [10]);
});

test('a changed head is noticed', () => {
  const bench = filled(20);
  bench.restart(() => alter(bench.folder.auditDb, 'UPDATE row SET head = zeroblob(32) WHERE seq = 20'));
  expect(bench.only('set-aside')).toMatchObject({ why: 'chain-broken', salvagedRows: 19 });
});

test('a row older than what is checked at the start is checked in slices while in service', () => {
  const bench = filled(NEWEST_ROWS + 2 * SLICE_ROWS);
  bench.restart(() =>
    alter(bench.folder.auditDb, `UPDATE row SET head = zeroblob(32) WHERE seq = ${SLICE_ROWS + 1}`),
  );
  expect(bench.news).toEqual([]);
  bench.append(1);
  bench.look();
  expect(bench.only('set-aside')).toMatchObject({ why: 'chain-broken', salvagedRows: SLICE_ROWS });
  expectInService(bench, [SLICE_ROWS]);
});

test('slices end where the start began to check, and rows pruned meanwhile are not missed', () => {
  const bench = filled(NEWEST_ROWS + 3 * SLICE_ROWS);
  bench.restart(); // checks the first slice
  bench.store.noteAcknowledged(bench.watermark(SLICE_ROWS + 50), 1000);
  expect(bench.store.prune(1000 + RETENTION_MS)).toBe(SLICE_ROWS + 50);
  bench.append(1);
  bench.look(5);
  expect(bench.news).toEqual([]);
});

test('a store with an earlier broken row that the city has keeps the rows the city does not have', () => {
  const bench = filled(20);
  bench.store.noteAcknowledged(bench.watermark(15), 1000);
  bench.restart(() =>
    alter(
      bench.folder.auditDb,
      'UPDATE row SET head = zeroblob(32) WHERE seq = 5; UPDATE row SET head = zeroblob(32) WHERE seq = 19',
    ),
  );
  expect(bench.only('set-aside')).toMatchObject({ salvagedRows: 3 });
  const reader = AuditReader.open(bench.folder.auditDb);
  onTestFinished(() => reader?.close());
  const [first] = reader?.epochs() ?? [];
  const seqs = reader?.rowsAfter(first?.epoch ?? new Uint8Array(), 0, 10).map(({ seq }) => seq);
  expect(seqs).toEqual([16, 17, 18]);
  expectInService(bench, [3]);
});

test('rows of another terminal are set aside, not gone on with', () => {
  const bench = filled(3);
  bench.restart(() => alter(bench.folder.auditDb, 'UPDATE epoch SET pruned_head = zeroblob(32)'));
  expect(bench.only('set-aside').detail).toMatch(/another terminal's/);
  expectInService(bench, []);
});

test('corruption met in operation refuses the row, and the next look mends it', () => {
  const bench = filled(3);
  bench.store.run((db) => {
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('cache_size = 0');
    db.pragma('shrink_memory');
  });
  spoilPage(bench.folder.auditDb, pagesOf(bench.folder.auditDb, 'used_proof').root);
  expect(() => bench.store.alreadyUsed(new Uint8Array(32))).toThrow(StoreUnavailable);
  expect(bench.store.level).toBe('failed');
  expect(bench.store.failure).toMatch(/^broken: /);
  bench.look();
  expect(bench.only('set-aside')).toMatchObject({ why: 'corrupt', salvagedRows: 3 });
  expectInService(bench, [3]);
});

test('a file removed while open is written anew with every row', () => {
  const bench = filled(5);
  rmSync(bench.folder.auditDb);
  bench.look();
  expect(bench.only('set-aside')).toMatchObject({ why: 'replaced', salvagedRows: 5 });
  expect(bench.told()).toEqual(['set-aside']);
  expectInService(bench, [5]);
  expectCarriedOver(bench);
});

test('another file put in its place while open is kept aside, and no row is lost', () => {
  const bench = filled(5);
  rmSync(bench.folder.auditDb);
  writeFileSync(bench.folder.auditDb, 'an intruder');
  bench.look();
  const { to, salvagedRows } = bench.only('set-aside');
  expect(salvagedRows).toBe(5);
  expect(readFileSync(join(to ?? '', 'audit.db'), 'utf8')).toBe('an intruder');
  expectInService(bench, [5]);
});

test('the agent’s reader of a store set aside does no harm to the new one', () => {
  const bench = filled(20);
  const reader = AuditReader.open(bench.folder.auditDb);
  expect(reader?.epochs()).toHaveLength(1);
  alterHead(bench, 10);
  bench.restart();
  bench.append(2);
  expect(reader?.epochs()).toHaveLength(1); // still the old file
  reader?.close();
  expect(existsSync(`${bench.folder.auditDb}-wal`)).toBe(true);
  bench.append(1);
  expect(bench.rows()).toEqual([9, 3]);
});

/** Rows, a used proof and a trust pin, all on disk and in the database file itself. */
function filled(rows: number): StoreBench {
  const bench = new StoreBench();
  bench.append(rows - 1);
  bench.store.append(EVENT, PROOF);
  new TrustPin(bench.store).save(PINNED);
  bench.look();
  return bench;
}

function alterHead(bench: StoreBench, seq: number): void {
  alter(bench.folder.auditDb, `UPDATE row SET head = zeroblob(32) WHERE seq = ${seq}`);
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

function expectCarriedOver(bench: StoreBench): void {
  expect(bench.store.alreadyUsed(PROOF.hash)).toBe(true);
  expect(new TrustPin(bench.store).read()).toEqual(PINNED);
}
