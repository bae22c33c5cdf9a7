import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { replaceFile } from './replace-file.ts';

test('the new file stands in the place of the old one, alone and its owner’s', () => {
  const folder = tempFolder();
  const path = join(folder, 'a.json');
  writeFileSync(path, 'the old one, which is longer', { mode: 0o644 });
  replaceFile(path, '新');
  expect(readFileSync(path, 'utf8')).toBe('新');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['a.json']);
});

test('what a power cut left half-written is no hindrance, and lends the new one no mode', () => {
  const path = join(tempFolder(), 'a.json');
  writeFileSync(`${path}.new`, 'half', { mode: 0o644 });
  replaceFile(path, 'whole');
  expect(readFileSync(path, 'utf8')).toBe('whole');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('whoever has the old file open goes on reading the old one', () => {
  const path = join(tempFolder(), 'a.json');
  replaceFile(path, 'old');
  const before = statSync(path).ino;
  replaceFile(path, 'new');
  expect(statSync(path).ino).not.toBe(before);
});
