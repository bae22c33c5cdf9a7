import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { AuditReader } from './audit-reader.ts';
import { AuditStore } from './audit-store.ts';
import { saveHealth } from './health-document.ts';
import { StoreUnavailable } from './store-fault.ts';
import { EVENT, StoreBench, TERMINAL_ID } from './testing/store-bench.ts';
import { TrustPin } from './trust-pin.ts';

test('a healthy store tells nothing, over many looks and a restart', () => {
  const bench = new StoreBench();
  bench.append(3);
  bench.look(3);
  bench.restart();
  bench.append(1);
  expect(bench.rows()).toEqual([4]);
  expect(bench.news).toEqual([]);
});

test('append says where the row stands', () => {
  const bench = new StoreBench();
  bench.append(1);
  const position = bench.store.append(EVENT);
  expect(position).toEqual({ epoch: bench.store.epoch, seq: 2, head: bench.watermark(2).head });
});

test('everything it makes is readable by its owner only', () => {
  const bench = new StoreBench();
  bench.append(1);
  const { root } = bench.folder;
  const modes = readdirSync(root).map((name) => [name, statSync(join(root, name)).mode & 0o777]);
  expect(modes).toEqual(
    ['audit.db', 'audit.db-shm', 'audit.db-wal', 'audit.witness', 'ballast'].map((name) => [name, 0o600]),
  );
});

test('a used proof and the trust pin share its file and outlive a restart', () => {
  const bench = new StoreBench();
  const hash = new Uint8Array(32).fill(1);
  const pinned = {
    root: new Uint8Array([1, 2]),
    versions: { root: 1, timestamp: 2, snapshot: 3, targets: 4 },
  };
  bench.store.append(EVENT, { hash, until: 5000 });
  new TrustPin(bench.store).save(pinned);
  bench.restart();
  expect(bench.store.alreadyUsed(hash)).toBe(true);
  expect(new TrustPin(bench.store).read()).toEqual(pinned);
});

test('an event no row can hold is the caller’s mistake, not the store’s', () => {
  const bench = new StoreBench();
  expect(() => bench.store.append({ ...EVENT, sealed: new Uint8Array(5000) })).toThrow(RangeError);
  expect(bench.store.level).toBe('ok');
});

test('a city that holds more rows is heeded by a new epoch, and told', () => {
  const bench = new StoreBench();
  bench.append(2);
  const { epoch } = bench.store;
  const ahead = { epoch, seq: 5, head: new Uint8Array(32), forked: false };
  expect(bench.store.heed(ahead)).toBe(true);
  bench.append(1);
  bench.look();
  expect(bench.rows()).toEqual([2, 1]);
  expect(bench.only('rows-missing')).toMatchObject({ by: 'city', from: 3, to: 5 });
});

test('after a new epoch its witness is not missed in the old one', () => {
  const bench = new StoreBench();
  bench.append(2);
  bench.store.heed({ epoch: bench.store.epoch, seq: 5, head: new Uint8Array(32), forked: false });
  bench.restart();
  expect(bench.told()).toEqual(['rows-missing']);
});

test('what is told while looking may write rows of its own', () => {
  const bench = new StoreBench();
  bench.append(1);
  const store = new AuditStore({
    folder: bench.folder,
    terminalId: TERMINAL_ID,
    onNews: () => void store.append({ ...EVENT, event: 'store' }),
  });
  onTestFinished(() => store.close());
  store.heed({ ...bench.watermark(1), seq: 9 });
  store.look();
  expect(bench.rows()).toEqual([1, 1]);
});

test('a closed store takes and gives nothing', () => {
  const bench = new StoreBench();
  bench.store.close();
  bench.look();
  expect(() => bench.store.append(EVENT)).toThrow(StoreUnavailable);
  expect(() => bench.store.run(() => 0)).toThrow(StoreUnavailable);
});

test('a store that another process keeps locked refuses the row and takes the next one', {
  timeout: 30_000,
}, () => {
  const bench = new StoreBench();
  bench.store.run((db) => db.pragma('busy_timeout = 10'));
  const other = new Database(bench.folder.auditDb);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  expect(() => bench.store.append(EVENT)).toThrow(/^busy/);
  other.exec('ROLLBACK');
  bench.append(1);
  expect(bench.rows()).toEqual([1]);
});

test('the terminal’s last health document is there for the agent', () => {
  const bench = new StoreBench();
  const reader = AuditReader.open(bench.folder.auditDb);
  onTestFinished(() => reader?.close());
  expect(reader?.health()).toBeUndefined();
  bench.store.run((db) => saveHealth(db, 1000, '{"clock":"ok"}'));
  bench.store.run((db) => saveHealth(db, 2000.4, '{"clock":"off"}'));
  expect(reader?.health()).toEqual({ at: 2000, json: '{"clock":"off"}' });
});

test('a health document past its limit is refused', () => {
  const bench = new StoreBench();
  expect(() => bench.store.run((db) => saveHealth(db, 0, 'x'.repeat(65 * 1024)))).toThrow(RangeError);
});
