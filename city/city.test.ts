import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCity } from './city.ts';
import { openCityDatabase } from './store/open-city-database.ts';

let data: string;
beforeEach(() => {
  data = join(mkdtempSync(join(tmpdir(), 'city-')), 'data');
});
afterEach(() => {
  rmSync(join(data, '..'), { recursive: true });
});

test('nobody but the city’s user can read its folder, store and keys', async () => {
  await (await openCity({ data })).close();
  const keys = join(data, 'keys');
  for (const folder of [data, keys]) expect(modeOf(folder)).toBe('700');
  for (const key of readdirSync(keys)) expect(modeOf(join(keys, key))).toBe('600');
  expect(modeOf(join(data, 'city.db'))).toBe('600');
});

test('a city opened again is the same city', async () => {
  const first = await openCity({ data });
  const root = await first.trust.firstRoot();
  const timestamp = await first.trust.file('timestamp.json');
  await first.close();
  const second = await openCity({ data });
  expect(await second.trust.firstRoot()).toEqual(root);
  expect(await second.trust.file('timestamp.json')).toEqual(timestamp);
  expect(second.keys.city.publicKey).toEqual(first.keys.city.publicKey);
  await second.close();
});

test('processes that open a new folder at once open the same city', async () => {
  const [first, second] = await Promise.all([openCity({ data }), openCity({ data })]);
  expect(first.keys.audit.publicKey).toEqual(second.keys.audit.publicKey);
  expect(await first.trust.firstRoot()).toEqual(await second.trust.firstRoot());
  await first.close();
  await second.close();
});

test('a key that went missing is said, not replaced', async () => {
  await (await openCity({ data })).close();
  rmSync(join(data, 'keys', 'timestamp.key'));
  await expect(openCity({ data })).rejects.toThrow('timestamp.key is missing');
});

test('a role’s key that is not the published one is said', async () => {
  await (await openCity({ data })).close();
  copyFileSync(join(data, 'keys', 'city.key'), join(data, 'keys', 'snapshot.key'));
  await expect(openCity({ data })).rejects.toThrow('keys/snapshot.key is not the key');
});

test('every opening of the store sets synchronous to FULL', async () => {
  await (await openCity({ data })).close();
  const database = openCityDatabase(data);
  const { rows } = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(database);
  expect(rows).toEqual([{ synchronous: 2 }]);
  await database.destroy();
});

test('a store of a newer release is not touched', async () => {
  await (await openCity({ data })).close();
  const file = new Database(join(data, 'city.db'));
  file.pragma('user_version = 99');
  file.close();
  expect(() => openCityDatabase(data)).toThrow('newer release');
});

test('two connections that read and then write wait for each other', async () => {
  const [first, second] = [await openCity({ data }), await openCity({ data })];
  const definition = { slug: 'a', iss: 'urn:a', names: { zh: '甲', en: 'A' }, kinds: ['x'] };
  await Promise.all([
    first.issuers.define(definition),
    second.issuers.define({ ...definition, slug: 'b', iss: 'urn:b' }),
    second.issuers.define({ ...definition, slug: 'c', iss: 'urn:c' }),
  ]);
  expect(await second.statusLists.token('urn:lz:a:1')).toBeDefined();
  expect(await first.statusLists.token('urn:lz:c:1')).toBeDefined();
  await first.close();
  await second.close();
});

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}
