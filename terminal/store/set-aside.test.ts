import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REOPEN_MS } from './audit-store.ts';
import { MAX_SET_ASIDE } from './set-aside.ts';
import type { StoreNews } from './store-news.ts';
import { alter } from './testing/damage.ts';
import { StoreBench } from './testing/store-bench.ts';
import { mountOn } from './testing/tmpfs.ts';

test('what is set aside is readable by its owner only', () => {
  const bench = broken(5);
  bench.restart();
  const { to } = bench.only('set-aside');
  const files = readdirSync(to);
  expect(files).toContain('audit.db');
  expect(statSync(to).mode & 0o777).toBe(0o700);
  for (const name of files) expect([name, statSync(join(to, name)).mode & 0o777]).toEqual([name, 0o600]);
  expect(statSync(bench.folder.auditDb).mode & 0o777).toBe(0o600);
});

test('nothing else is left behind', () => {
  const bench = broken(5);
  bench.restart();
  expect(readdirSync(bench.folder.root).filter((name) => !name.startsWith('audit.db-'))).toEqual([
    'audit.db',
    'audit.witness',
    'ballast',
    'set-aside',
  ]);
});

test('a power cut while the new file is written: the broken one is found again', () => {
  const bench = broken(5);
  bench.restart(() => alter(`${bench.folder.auditDb}.new`, 'CREATE TABLE half (a)'));
  expect(bench.only('set-aside')).toMatchObject({ why: 'chain-broken', salvagedRows: 2 });
  expect(bench.rows()).toEqual([2, 0]);
});

test('a power cut before the broken one moves: it is found again', () => {
  const bench = broken(5);
  bench.restart(() => alter(`${bench.folder.auditDb}.next`, 'CREATE TABLE whole (a)'));
  expect(bench.only('set-aside')).toMatchObject({ why: 'chain-broken', salvagedRows: 2 });
  expect(existsSync(`${bench.folder.auditDb}.next`)).toBe(false);
});

test('a power cut after the broken one moved: the new one takes its place, and its WAL follows it', () => {
  const bench = broken(5);
  const { auditDb, setAside } = bench.folder;
  bench.restart();
  const { to } = bench.only('set-aside');
  bench.restart(() => {
    renameSync(auditDb, `${auditDb}.next`);
    alter(`${auditDb}-wal`, 'CREATE TABLE left (a)');
  });
  expect(readdirSync(setAside)).toHaveLength(1);
  expect(statSync(join(to, 'audit.db-wal')).size).toBeGreaterThan(0);
  expect(bench.news.filter(({ name }) => name === 'set-aside')).toHaveLength(2);
  expect(bench.news.at(-1)).toMatchObject({ why: 'chain-broken', to, salvagedRows: 2 });
  bench.append(1);
  expect(bench.rows()).toEqual([2, 1]);
});

test('no disk fills with broken stores: the smallest goes, never the one with the most rows, and it is told', () => {
  const bench = broken(400);
  bench.restart();
  const biggest = bench.only('set-aside').to;
  for (let i = 0; i < MAX_SET_ASIDE; i++) {
    bench.append(3);
    bench.restart(() => breakLast(bench));
  }
  const dropped = bench.news.flatMap((news) => (news.name === 'set-aside' ? news.dropped : []));
  expect(dropped).toHaveLength(1);
  expect(existsSync(biggest)).toBe(true);
  expect(readdirSync(bench.folder.setAside)).toHaveLength(MAX_SET_ASIDE);
});

test('a store that can not be set aside is failed, stays as it is and is tried again', () => {
  const bench = broken(5);
  bench.restart(() => mkdirSync(`${bench.folder.auditDb}.next`));
  expect(bench.store.level).toBe('failed');
  expect(existsSync(bench.folder.auditDb)).toBe(true);
  rmSync(`${bench.folder.auditDb}.next`, { recursive: true });
  bench.look(5);
  expect(bench.only('set-aside')).toMatchObject({ salvagedRows: 2 });
  expect(bench.store.level).toBe('ok');
});

test('what operators keep among the broken stores is left alone and stops nothing', () => {
  const bench = broken(5);
  const { setAside } = bench.folder;
  mkdirSync(join(setAside, 'for-the-vendor'), { recursive: true });
  writeFileSync(join(setAside, 'audit.tgz'), 'packed');
  symlinkSync('itself', join(setAside, 'itself'));
  bench.restart();
  for (let i = 0; i < MAX_SET_ASIDE; i++) {
    bench.append(3);
    bench.restart(() => breakLast(bench));
  }
  expect(bench.store.level).toBe('ok');
  expect(setAsides(bench)).toHaveLength(1 + MAX_SET_ASIDE);
  expect(readdirSync(setAside)).toEqual(expect.arrayContaining(['audit.tgz', 'for-the-vendor', 'itself']));
  expect(readdirSync(setAside)).toHaveLength(3 + MAX_SET_ASIDE);
});

test('an old broken store that can not be removed is told, and the new one is in service', (context) => {
  const bench = broken(5);
  bench.restart();
  for (let i = 0; i < MAX_SET_ASIDE; i++) {
    for (const name of readdirSync(bench.folder.setAside)) {
      const held = join(bench.folder.setAside, name, 'held');
      if (existsSync(held)) continue;
      mkdirSync(held);
      const refused = mountOn(held);
      if (refused !== undefined) return context.skip(refused);
    }
    bench.append(3);
    bench.restart(() => breakLast(bench));
  }
  expect(bench.store.level).toBe('ok');
  expect(setAsides(bench).at(-1)).toMatchObject({
    dropped: [],
    detail: expect.stringContaining('not removed'),
  });
  bench.append(1);
  bench.look(REOPEN_MS / 1000);
  expect(setAsides(bench)).toHaveLength(1 + MAX_SET_ASIDE);
});

test('a place for broken stores that is no folder leaves the broken one as it is, and no half of a new one', () => {
  const bench = broken(5);
  bench.restart(() => writeFileSync(bench.folder.setAside, ''));
  expect(bench.store.level).toBe('failed');
  expect(readdirSync(bench.folder.root).filter((name) => /new|next/.test(name))).toEqual([]);
  rmSync(bench.folder.setAside);
  bench.look(REOPEN_MS / 1000);
  expect(bench.only('set-aside')).toMatchObject({ salvagedRows: 2 });
});

function setAsides({ news }: StoreBench): StoreNews[] {
  return news.filter(({ name }) => name === 'set-aside');
}

/** A store whose third row is another, closed. */
function broken(rows: number): StoreBench {
  const bench = new StoreBench();
  bench.append(rows);
  bench.store.close();
  alter(bench.folder.auditDb, 'UPDATE row SET head = zeroblob(32) WHERE seq = 3');
  return bench;
}

function breakLast({ folder }: StoreBench): void {
  alter(
    folder.auditDb,
    'UPDATE row SET head = zeroblob(32) WHERE epoch_n = (SELECT max(n) FROM epoch) AND seq = 2',
  );
}
