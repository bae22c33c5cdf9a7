import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DataFolder, dataFolder } from '../store/data-folder.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { lookAtFolder } from './folder-look.ts';

test('a folder that isn’t there has nothing to show, and is no exception', () => {
  const absent = dataFolder(join(tempFolder(), 'absent'));
  expect(lookAtFolder(absent)).toEqual({ disk: null, exposed: [], setAside: 0 });
});

test('the space of its partition is what the system says', () => {
  const { disk } = lookAtFolder(withFile('key', 0o600));
  expect(disk?.freeBytes).toBeGreaterThan(0);
  expect(disk?.totalBytes).toBeGreaterThanOrEqual(disk?.freeBytes ?? 0);
});

test('files open to their owner only are not exposed', () => {
  expect(lookAtFolder(withFile('key', 0o600)).exposed).toEqual([]);
});

test.for([
  ['readable by a group', 0o640],
  ['readable by everybody', 0o604],
  ['writable by everybody', 0o602],
] as const)('a key %s is exposed', ([, mode]) => {
  expect(lookAtFolder(withFile('key', mode)).exposed).toEqual(['terminal.key']);
});

test('so is a store', () => {
  expect(lookAtFolder(withFile('auditDb', 0o644)).exposed).toEqual(['audit.db']);
});

test('stores put aside are counted', () => {
  const folder = withFile('key', 0o600);
  mkdirSync(join(folder.root, 'set-aside', '2026-corrupt'), { recursive: true });
  expect(lookAtFolder(folder).setAside).toBe(1);
});

function withFile(which: 'key' | 'auditDb', mode: number): DataFolder {
  const folder = dataFolder(tempFolder());
  writeFileSync(folder[which], '');
  chmodSync(folder[which], mode);
  return folder;
}
