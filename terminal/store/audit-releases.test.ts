import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chainNext, encodeRow } from '../../licence/audit/row.ts';
import { headAfter, lastSeq } from './audit-check.ts';
import { allEpochs, beginEpoch } from './audit-epochs.ts';
import { RETENTION_MS } from './audit-retention.ts';
import { AUDIT_MIGRATIONS } from './audit-schema.ts';
import { saveHealth } from './health-document.ts';
import { openDatabase } from './open-database.ts';
import { alter } from './testing/damage.ts';
import { EVENT, StoreBench, TERMINAL_ID } from './testing/store-bench.ts';

test('a store of the release before is taken over with its rows', () => {
  const bench = new StoreBench();
  bench.restart(() => {
    emptyFolder(bench);
    writeAsReleaseBefore(bench, 3);
  });
  bench.append(1);
  expect(bench.news).toEqual([]);
  expect(bench.rows()).toEqual([4]);
});

test('the release before goes on with a store of this one, and this one with what that wrote', () => {
  const bench = new StoreBench();
  bench.append(2);
  bench.store.run((db) => saveHealth(db, 1, '{}'));
  bench.store.noteAcknowledged(bench.watermark(1), 0);
  bench.restart(() => writeAsReleaseBefore(bench, 2));
  bench.append(1);
  expect(bench.news).toEqual([]);
  expect(bench.rows()).toEqual([5]);
});

test('rows that the release before pruned are not missed by this one', () => {
  const bench = new StoreBench();
  bench.append(4);
  bench.store.noteAcknowledged(bench.watermark(1), 0);
  bench.restart(() => {
    const db = openDatabase(bench.folder.auditDb, RELEASE_BEFORE);
    db.exec(`UPDATE epoch SET pruned_seq = 3, pruned_head = (SELECT head FROM row WHERE seq = 3);
             DELETE FROM row WHERE seq <= 3`);
    db.close();
  });
  expect(bench.store.prune(RETENTION_MS)).toBe(0);
  bench.append(1);
  expect(bench.rows()).toEqual([2]);
  expect(bench.news).toEqual([]);
});

test('a store of a later release, with tables and columns of its own, is gone on with', () => {
  const bench = new StoreBench();
  bench.append(2);
  bench.restart(() => alter(bench.folder.auditDb, LATER_RELEASE));
  bench.append(1);
  bench.store.append(EVENT, { hash: new Uint8Array(32), until: 5000 });
  bench.store.noteAcknowledged(bench.watermark(1), 0);
  bench.store.run((db) => saveHealth(db, 1, '{}'));
  expect(bench.news).toEqual([]);
  expect(bench.rows()).toEqual([4]);
  expect(bench.store.run((db) => db.pragma('user_version', { simple: true }))).toBe(99);
});

test('a broken store of the release before is set aside like any other', () => {
  const bench = new StoreBench();
  bench.restart(() => {
    emptyFolder(bench);
    writeAsReleaseBefore(bench, 3);
    alter(bench.folder.auditDb, 'UPDATE row SET head = zeroblob(32) WHERE seq = 3');
  });
  expect(bench.only('set-aside')).toMatchObject({ why: 'chain-broken', salvagedRows: 2 });
});

test('a broken store of a later release is carried over as far as this one knows it', () => {
  const bench = new StoreBench();
  bench.append(3);
  bench.restart(() =>
    alter(bench.folder.auditDb, `${LATER_RELEASE}; UPDATE row SET head = zeroblob(32) WHERE seq = 3`),
  );
  expect(bench.only('set-aside')).toMatchObject({ why: 'chain-broken', salvagedRows: 2 });
});

test('a schema that is none of ours is set aside', () => {
  const bench = new StoreBench();
  bench.append(3);
  bench.restart(() => alter(bench.folder.auditDb, 'DROP TABLE acknowledged'));
  expect(bench.only('set-aside')).toMatchObject({ why: 'unreadable', salvagedRows: 3 });
});

const RELEASE_BEFORE = AUDIT_MIGRATIONS.slice(0, 1);
const LATER_RELEASE = `CREATE TABLE later (id INTEGER PRIMARY KEY); INSERT INTO later VALUES (1);
  ALTER TABLE row ADD COLUMN later TEXT; ALTER TABLE used_proof ADD COLUMN later TEXT;
  ALTER TABLE health ADD COLUMN later TEXT; ALTER TABLE epoch ADD COLUMN later TEXT NOT NULL DEFAULT 'x';
  PRAGMA user_version = 99`;

/** As 0.1.0 wrote rows: its schema, its statements, which name no columns. */
function writeAsReleaseBefore({ folder }: StoreBench, rows: number): void {
  const db = openDatabase(folder.auditDb, RELEASE_BEFORE);
  const epoch = allEpochs(db).at(-1) ?? beginEpoch(db, TERMINAL_ID);
  let seq = lastSeq(db, epoch);
  let head = headAfter(db, epoch, seq) ?? new Uint8Array(32);
  for (let i = 0; i < rows; i++) {
    seq += 1;
    const bytes = encodeRow({ ...EVENT, terminalId: TERMINAL_ID, epoch: epoch.epoch, seq });
    head = chainNext(head, bytes);
    db.prepare('INSERT INTO row VALUES (?, ?, ?, ?, ?)').run(epoch.n, seq, EVENT.unixMs, bytes, head);
    db.prepare('INSERT INTO used_proof VALUES (?, ?)').run(head, 5000);
  }
  db.prepare('INSERT OR REPLACE INTO trust_pin VALUES (1, ?, 1, 1, 1, 1)').run(head);
  db.close();
}

function emptyFolder({ folder }: StoreBench): void {
  rmSync(folder.auditDb);
  rmSync(folder.witness);
}
