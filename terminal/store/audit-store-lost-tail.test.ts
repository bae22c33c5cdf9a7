import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { dataFolder } from './data-folder.ts';
import { alter } from './testing/damage.ts';
import { StoreBench } from './testing/store-bench.ts';

test('a WAL cut short is told with the rows it cost', () => {
  const { bench, kept } = killedWithWal(20);
  const wal = `${bench.folder.auditDb}-wal`;
  bench.restart(() => {
    kept();
    truncateSync(wal, Math.floor(statSync(wal).size / 2));
  });
  const { by, from, to } = bench.only('rows-missing');
  expect([by, to]).toEqual(['witness', 20]);
  expect(from).toBeGreaterThan(1);
  bench.append(1);
  expect(bench.rows()).toEqual([from - 1, 1]);
});

test('a deleted WAL is told with the rows it cost', () => {
  const { bench, kept } = killedWithWal(20);
  bench.restart(() => {
    kept();
    rmSync(`${bench.folder.auditDb}-wal`);
    rmSync(`${bench.folder.auditDb}-shm`, { force: true });
  });
  expect(bench.only('rows-missing')).toMatchObject({ from: 1, to: 20 });
});

test('an old copy of the database put back is told, and its numbers are not used again', () => {
  const bench = new StoreBench();
  const copy = join(tempFolder(), 'old.db');
  bench.append(3);
  bench.restart(() => copyFileSync(bench.folder.auditDb, copy));
  bench.append(4);
  bench.restart(() => copyFileSync(copy, bench.folder.auditDb));
  expect(bench.only('rows-missing')).toMatchObject({ by: 'witness', from: 4, to: 7 });
  bench.append(2);
  expect(bench.rows()).toEqual([3, 2]);
  bench.restart();
  expect(bench.told()).toEqual(['rows-missing']);
});

test('an old copy that went on by itself elsewhere is told by its other rows', () => {
  const bench = new StoreBench();
  bench.append(3);
  bench.restart(() => {
    const copy = tempFolder();
    cpSync(bench.folder.root, copy, { recursive: true });
    const other = new StoreBench({ root: copy });
    other.append(2, { event: 'elsewhere' });
    other.store.close();
    const again = new StoreBench({ root: bench.folder.root });
    again.append(2);
    again.store.close();
    copyFileSync(dataFolder(copy).auditDb, bench.folder.auditDb);
  });
  expect(bench.only('rows-missing')).toMatchObject({ from: 5, to: 5 });
  expect(bench.only('rows-missing').detail).toMatch(/another one/);
});

test('a deleted database is told by its witness', () => {
  const bench = new StoreBench();
  bench.append(3);
  bench.restart(() => rmSync(bench.folder.auditDb));
  expect(bench.only('rows-missing')).toMatchObject({ from: 1, to: 3 });
  bench.append(1);
  expect(bench.rows()).toEqual([1]);
});

test('a deleted database whose WAL is left has it kept aside, not removed unread', () => {
  const { bench, kept } = killedWithWal(3);
  bench.restart(() => {
    kept();
    rmSync(bench.folder.auditDb);
  });
  const { why, to } = bench.only('set-aside');
  expect(why).toBe('unreadable');
  expect(existsSync(join(to ?? '', 'audit.db-wal'))).toBe(true);
  expect(bench.told()).toContain('rows-missing');
});

test('an audit log removed as a whole, with its witness, begins anew without a word', () => {
  const bench = new StoreBench();
  bench.append(3);
  bench.restart(() => {
    rmSync(bench.folder.auditDb);
    rmSync(bench.folder.witness);
  });
  expect(bench.news).toEqual([]);
});

test('a witness behind its log, as a power cut may leave it, is no alarm', () => {
  const bench = new StoreBench();
  bench.append(3);
  const old = join(tempFolder(), 'witness');
  copyFileSync(bench.folder.witness, old);
  bench.append(3);
  bench.restart(() => copyFileSync(old, bench.folder.witness));
  expect(bench.news).toEqual([]);
  expect(bench.store.seq).toBe(6);
});

test('a witness of an epoch before the last one is no alarm', () => {
  const bench = new StoreBench();
  bench.append(3);
  const old = join(tempFolder(), 'witness');
  copyFileSync(bench.folder.witness, old);
  bench.store.heed({ ...bench.watermark(3), forked: true });
  bench.look();
  bench.restart(() => copyFileSync(old, bench.folder.witness));
  expect(bench.told()).toEqual(['rows-missing']); // from the city, before
});

test('a witness behind rows that were pruned is no alarm', () => {
  const bench = new StoreBench();
  bench.append(3);
  const old = join(tempFolder(), 'witness');
  copyFileSync(bench.folder.witness, old);
  bench.append(3);
  bench.store.noteAcknowledged(bench.watermark(6), 0);
  expect(bench.store.prune(Number.MAX_SAFE_INTEGER)).toBe(6);
  bench.restart(() => copyFileSync(old, bench.folder.witness));
  expect(bench.news).toEqual([]);
});

test('a torn or foreign witness says nothing and is written anew', () => {
  const bench = new StoreBench();
  bench.append(3);
  bench.restart(() => writeFileSync(bench.folder.witness, 'LZW1 but not for long'));
  bench.append(1);
  bench.restart();
  expect(bench.news).toEqual([]);
  bench.restart(() => alter(bench.folder.auditDb, 'DELETE FROM row WHERE seq > 2'));
  expect(bench.only('rows-missing')).toMatchObject({ from: 3, to: 4 });
});

test('a witness that can be neither read nor written stops no row and is told once', () => {
  const bench = new StoreBench();
  bench.append(1);
  bench.restart(() => {
    rmSync(bench.folder.witness);
    mkdirSync(bench.folder.witness);
  });
  bench.append(2);
  bench.look(2);
  expect(bench.rows()).toEqual([3]);
  expect(bench.told()).toEqual(['aid-failed']);
});

/** A store whose rows are in the WAL alone, as `kill -9` leaves it. @returns what puts these files back once it was closed. */
function killedWithWal(rows: number): { bench: StoreBench; kept: () => void } {
  const bench = new StoreBench();
  bench.store.run((db) => db.pragma('wal_checkpoint(TRUNCATE)'));
  bench.append(rows);
  const { auditDb } = bench.folder;
  const copy = join(tempFolder(), 'audit.db');
  for (const part of ['', '-wal']) copyFileSync(`${auditDb}${part}`, `${copy}${part}`);
  const kept = () => {
    for (const part of ['', '-wal']) copyFileSync(`${copy}${part}`, `${auditDb}${part}`);
  };
  return { bench, kept };
}
