import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NOTE_EVERY_MS, RETENTION_MS } from './audit-retention.ts';
import { BALLAST_BYTES } from './ballast.ts';
import { StoreUnavailable } from './store-fault.ts';
import { EVENT, StoreBench } from './testing/store-bench.ts';
import { mountTmpfs, type SmallDisk } from './testing/tmpfs.ts';

const MEGABYTE = 1024 * 1024;
/** Rows as big as they may be fill a disk in the fewest commits. */
const BIG = { sealed: new Uint8Array(3900) };

test('a log that comes to its limit warns, then is full, and loses nothing that was written', () => {
  const bench = new StoreBench({ limitBytes: MEGABYTE });
  const levels = fillUntil(bench, () => bench.store.level === 'full');
  expect(levels).toEqual([
    ['low', 80],
    ['full', 95],
  ]);
  expect(bench.rows()).toEqual([bench.store.seq]);
});

test('a full log still takes the rows that say so', () => {
  const bench = new StoreBench({ limitBytes: MEGABYTE });
  fillUntil(bench, () => bench.store.level === 'full');
  bench.append(5);
  expect(bench.store.level).toBe('full');
});

test('past its limit a log refuses rows, tells how many, and goes on with the chain once rows could be pruned', () => {
  const bench = new StoreBench({ limitBytes: MEGABYTE });
  const written = fillUntilRefused(bench);
  expect(bench.store.level).toBe('full');
  expect(() => bench.store.append({ ...EVENT, ...BIG })).toThrow(/^no-space/);
  bench.look(3);
  expect(bench.store.level).toBe('full');
  bench.store.noteAcknowledged(bench.watermark(written - 10), 0);
  while (bench.store.prune(RETENTION_MS) > 0);
  bench.look();
  bench.append(1);
  expect(bench.rows()).toEqual([11]);
  expect(bench.told()).toEqual(['low', 'full', 'ok']);
});

test('nothing is pruned before its time, however full the log is', () => {
  const bench = new StoreBench({ limitBytes: MEGABYTE });
  const written = fillUntilRefused(bench);
  bench.store.noteAcknowledged(bench.watermark(written), NOTE_EVERY_MS);
  bench.look();
  expect(bench.store.prune(NOTE_EVERY_MS + RETENTION_MS - 1)).toBe(0);
  expect(bench.rows()).toEqual([written]);
});

test('a 16 MB disk filled by the log alone is full before anything is refused, and no row is lost', (context) => {
  const disk = smallDisk();
  if (typeof disk === 'string') return context.skip(disk);
  const bench = new StoreBench({ root: disk.root });
  fillUntil(bench, () => bench.store.level === 'full');
  bench.append(20);
  bench.look();
  expect(bench.told()).toEqual(['low', 'full']);
  const { seq } = bench.store;
  expect(seq).toBeGreaterThan(1000);
  bench.restart();
  expect(bench.store.level).toBe('full');
  expect(bench.rows()).toEqual([seq]);
});

test('a 16 MB disk that something else fills: rows are refused, none is lost, and service returns with the space', (context) => {
  const disk = smallDisk();
  if (typeof disk === 'string') return context.skip(disk);
  const bench = new StoreBench({ root: disk.root });
  bench.append(50);
  bench.look();
  const waste = fillDisk(disk);
  bench.look();
  expect(bench.store.level).toBe('full');
  const written = 50 + appendUntilRefused(bench);
  expect(() => bench.store.append({ ...EVENT, ...BIG })).toThrow(StoreUnavailable);
  bench.look(3);
  expect(bench.store.level).toBe('full');
  expect(statSync(bench.folder.ballast).size).toBe(BALLAST_BYTES); // no row ever gets it
  rmSync(waste);
  bench.look();
  expect(bench.store.level).toBe('ok');
  bench.append(1);
  expect(bench.rows()).toEqual([written + 1]);
  bench.look();
  expect(statSync(bench.folder.ballast).size).toBe(BALLAST_BYTES);
  expect(bench.told()).toEqual(['full', 'ok']);
});

test('started on a full disk it is full, not broken, and serves when the space returns', (context) => {
  const disk = smallDisk();
  if (typeof disk === 'string') return context.skip(disk);
  const bench = new StoreBench({ root: disk.root });
  bench.append(50);
  let waste = '';
  bench.restart(() => {
    waste = fillDisk(disk);
  });
  expect(bench.store.level).toBe('full');
  expect(bench.rows()).toEqual([50]);
  rmSync(waste);
  bench.look();
  expect(bench.store.level).toBe('ok');
  bench.append(1);
  expect(bench.rows()).toEqual([51]);
  expect(bench.told()).toEqual(['full', 'ok']);
});

test('started on a disk full to the last byte, ballast spent, it serves when the space returns', (context) => {
  const disk = smallDisk();
  if (typeof disk === 'string') return context.skip(disk);
  const bench = new StoreBench({ root: disk.root });
  bench.append(50);
  let waste = '';
  bench.restart(() => {
    rmSync(bench.folder.ballast);
    waste = fillDisk(disk);
  });
  expect(['full', 'failed']).toContain(bench.store.level);
  rmSync(waste);
  bench.look(6);
  bench.append(1);
  expect(bench.store.level).toBe('ok');
  expect(bench.rows()).toEqual([51]);
});

test('on a full disk rows whose time has come are pruned, and service returns by that alone', (context) => {
  const disk = smallDisk();
  if (typeof disk === 'string') return context.skip(disk);
  const bench = new StoreBench({ root: disk.root });
  bench.append(1000, BIG);
  bench.store.noteAcknowledged(bench.watermark(900), 0);
  fillDisk(disk);
  const written = 1000 + appendUntilRefused(bench);
  bench.look();
  expect(bench.store.level).toBe('full');
  bench.store.prune(RETENTION_MS);
  bench.look(2);
  expect(bench.store.level).not.toBe('full');
  bench.append(1, BIG);
  expect(bench.rows()).toEqual([written - 900 + 1]);
});

function smallDisk(): SmallDisk | string {
  return mountTmpfs(16);
}

/** Takes every byte that is left. @returns the file that has them. */
function fillDisk({ root }: SmallDisk): string {
  const path = join(root, 'waste');
  for (let bytes = MEGABYTE; bytes >= 4096; ) {
    try {
      writeFileSync(path, Buffer.alloc(bytes, 1), { flag: 'a' });
    } catch {
      bytes /= 2; // as much as fits was written
    }
  }
  return path;
}

/** Writes until then, looking after each row. @returns each new level and the percentage it came at. */
function fillUntil(bench: StoreBench, done: () => boolean): (readonly [string, number])[] {
  const levels: (readonly [string, number])[] = [];
  let level = bench.store.level;
  for (let rows = 0; !done(); rows++) {
    if (rows > 5000) throw new Error('it does not fill');
    bench.append(1, BIG);
    bench.look();
    if (bench.store.level !== level) levels.push([bench.store.level, Math.floor(bench.store.usedPercent)]);
    level = bench.store.level;
  }
  return levels;
}

function fillUntilRefused(bench: StoreBench): number {
  fillUntil(bench, () => bench.store.level === 'full');
  return bench.store.seq + appendUntilRefused(bench);
}

/** @returns how many were taken. */
function appendUntilRefused(bench: StoreBench): number {
  for (let rows = 0; rows < 5000; rows++) {
    try {
      bench.append(1, BIG);
    } catch (error) {
      if (error instanceof StoreUnavailable) return rows;
      throw error;
    }
  }
  throw new Error('it does not fill');
}
