import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { REOPEN_MS } from './audit-store.ts';
import { StoreUnavailable } from './store-fault.ts';
import { EVENT, StoreBench } from './testing/store-bench.ts';
import { mountTmpfs } from './testing/tmpfs.ts';

const AGAIN = Math.ceil(REOPEN_MS / 1000);

test('started on a read-only disk it is failed and says so, and serves once the disk can be written', (context) => {
  const disk = mountTmpfs(32);
  if (typeof disk === 'string') return context.skip(disk);
  const bench = new StoreBench({ root: disk.root });
  bench.append(3);
  bench.restart(() => disk.remount('ro'));
  expect(bench.store.level).toBe('failed');
  expect(bench.store.failure).toMatch(/^read-only: /);
  expect(() => bench.store.append(EVENT)).toThrow(StoreUnavailable);
  disk.remount('rw');
  bench.look(AGAIN);
  bench.append(1);
  expect(bench.rows()).toEqual([4]);
  bench.look();
  expect(bench.told()).toEqual(['failed', 'ok']);
  expect(bench.news.at(-1)).toMatchObject({ level: 'ok', lost: 1 });
});

test('a store that can not be opened is tried again every few seconds, not at each look', (context) => {
  const disk = mountTmpfs(32);
  if (typeof disk === 'string') return context.skip(disk);
  const bench = new StoreBench({ root: disk.root });
  bench.restart(() => disk.remount('ro'));
  disk.remount('rw');
  bench.look(AGAIN - 1);
  expect(bench.store.level).toBe('failed');
  bench.look();
  expect(bench.store.level).toBe('ok');
});

test.for(['root', 'auditDb'] as const)(
  'without the right to write its %s it is failed and says so',
  (path, context) => {
    if (process.getuid?.() === 0) return context.skip('root may write everything');
    const bench = new StoreBench();
    bench.append(1);
    bench.restart(() => chmodSync(bench.folder[path], 0o500));
    expect(bench.store.level).toBe('failed');
    expect(bench.store.failure).toMatch(/^no-access: /);
    chmodSync(bench.folder[path], 0o700);
    bench.look(AGAIN);
    bench.append(1);
    expect(bench.rows()).toEqual([2]);
  },
);

test('a data folder that goes away while in service is failed, is not made anew, and is taken up when it is back', () => {
  const root = join(tempFolder(), 'data');
  const bench = new StoreBench({ root });
  bench.append(2);
  const away = `${root}-away`;
  renameSync(root, away);
  bench.look();
  expect(bench.store.level).toBe('failed');
  expect(bench.store.failure).toMatch(/^gone: /);
  bench.look(2 * AGAIN);
  expect(bench.store.failure).toMatch(/^gone: /);
  renameSync(away, root);
  bench.look(AGAIN);
  bench.append(1);
  expect(bench.rows()).toEqual([3]);
});

test('a data folder that is no folder fails the store, not the process', () => {
  const root = join(tempFolder(), 'data');
  writeFileSync(root, 'a file');
  const bench = new StoreBench({ root });
  expect(bench.store.level).toBe('failed');
  expect(bench.store.seq).toBe(0);
  expect(bench.store.epochs()).toEqual([]);
  expect([bench.store.opened, bench.store.lastUnixMs()]).toEqual([false, 0]);
  expect(bench.store.heed({ epoch: new Uint8Array(8), seq: 1, head: new Uint8Array(32), forked: true })).toBe(
    false,
  );
  rmSync(root);
  mkdirSync(root);
  bench.look(AGAIN);
  expect(bench.store.opened).toBe(true);
  bench.append(1);
  expect(bench.rows()).toEqual([1]);
});

test('what is for the audit log is told once it can be written, and never lost', () => {
  const root = join(tempFolder(), 'data');
  const bench = new StoreBench({ root });
  bench.append(3);
  bench.store.heed({ ...bench.watermark(3), seq: 9 });
  renameSync(root, `${root}-away`);
  bench.look(2);
  expect([bench.told(), bench.store.opened, bench.store.lastUnixMs()]).toEqual([['failed'], true, 0]);
  renameSync(`${root}-away`, root);
  bench.look(AGAIN);
  expect(bench.told()).toEqual(['failed', 'rows-missing', 'ok']);
});
