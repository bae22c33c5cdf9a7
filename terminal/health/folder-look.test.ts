import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type DataFolder, dataFolder } from '../store/data-folder.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { lookAtFolder, MAX_EXPOSED } from './folder-look.ts';

test('a folder that isn’t there has nothing to show, and is no exception', () => {
  const absent = dataFolder(join(tempFolder(), 'absent'));
  expect(lookAtFolder(absent)).toEqual({ disk: null, exposed: [], setAside: 0 });
});

test('the space of its partition is what the system says', () => {
  const { disk } = lookAtFolder(withFile('terminal.key', 0o600));
  expect(disk?.freeBytes).toBeGreaterThan(0);
  expect(disk?.totalBytes).toBeGreaterThanOrEqual(disk?.freeBytes ?? 0);
});

test('files open to their owner only are not exposed', () => {
  expect(lookAtFolder(withFile('terminal.key', 0o600)).exposed).toEqual([]);
});

test.for([
  ['readable by a group', 0o640],
  ['readable by everybody', 0o604],
  ['writable by everybody', 0o602],
] as const)('a key %s is exposed', ([, mode]) => {
  expect(lookAtFolder(withFile('terminal.key', mode)).exposed).toEqual(['terminal.key']);
});

test.for([
  'audit.db',
  'audit.db-wal',
  'sync.db',
  'audit.witness',
  'bridge-clients.json',
  'enrolment.json',
  'a-copy-somebody-made.bak',
  'run/terminal.sock',
  'set-aside/2026-corrupt/audit.db',
  'set-aside/kept.tgz',
])('so is %s', (name) => {
  expect(lookAtFolder(withFile(name, 0o644)).exposed).toEqual([name]);
});

test('scanner models are the operators’ own file: read by anybody, written by nobody else', () => {
  expect(lookAtFolder(withFile('scanners.json', 0o644)).exposed).toEqual([]);
  expect(lookAtFolder(withFile('scanners.json', 0o664)).exposed).toEqual(['scanners.json']);
});

test('a folder is no file, and one inside is looked into only where the terminal keeps files', () => {
  expect(lookAtFolder(withFile('notes/todo.txt', 0o644)).exposed).toEqual([]);
});

test('so many files are named and no more', () => {
  const folder = dataFolder(tempFolder());
  for (let i = 0; i <= MAX_EXPOSED; i++) write(join(folder.root, `${i}.bak`), 0o644);
  expect(lookAtFolder(folder).exposed).toHaveLength(MAX_EXPOSED);
});

test('stores put aside are counted, and nothing else that lies there', () => {
  const folder = withFile('set-aside/2026-corrupt/audit.db', 0o600);
  write(join(folder.setAside, 'kept.tgz'), 0o600);
  expect(lookAtFolder(folder).setAside).toBe(1);
});

/** @param name path in the data folder. */
function withFile(name: string, mode: number): DataFolder {
  const folder = dataFolder(tempFolder());
  write(join(folder.root, name), mode);
  return folder;
}

function write(path: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  chmodSync(path, mode);
}
