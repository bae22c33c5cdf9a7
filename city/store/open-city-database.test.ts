import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCity } from '../city.ts';
import { TEST_ISSUER } from '../testing/start-test-city.ts';
import { SQLITE_STEPS } from './sqlite-schema.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'city-'));
});
afterEach(() => rmSync(data, { recursive: true }));

/** Takes every later step back: the file as the first release left it. */
function toFirstRelease(): void {
  const file = new Database(join(data, 'city.db'));
  file.exec(`DROP TABLE delegation; DROP INDEX licence_size;
    DROP INDEX licence_holder; ALTER TABLE licence DROP COLUMN holder_code;
    ALTER TABLE target DROP COLUMN own;
    ALTER TABLE licence DROP COLUMN suspended_at; ALTER TABLE issuer DROP COLUMN list_bits;
    PRAGMA user_version = 1`);
  file.close();
}

const exp = Math.floor(Date.now() / 1000) + 86_400;
const ORDER = { iss: TEST_ISSUER.iss, kind: 'medical-insurance', sub: 'MI-1', fields: new Map(), exp };

test('a city of the first release opens, keeps what it issued, and goes on', async () => {
  const first = await openCity({ data });
  await first.issuers.define(TEST_ISSUER);
  await first.licences.issue(ORDER);
  await first.close();
  toFirstRelease();

  const city = await openCity({ data });
  try {
    expect(await city.states.change('MI-1', 'suspend')).toMatchObject({ outcome: 'no-suspension' });
    expect(await city.states.change('MI-1', 'revoke')).toMatchObject({ outcome: 'changed' });
    await city.issuers.define({ ...TEST_ISSUER, suspends: true, delegates: ['medical-insurance'] });
    await city.licences.issue({ ...ORDER, sub: 'MI-2' });
    expect(await city.states.change('MI-2', 'suspend')).toMatchObject({ outcome: 'changed' });
  } finally {
    await city.close();
  }
});

test('both ways to today’s schema end at the same', async () => {
  const schema = (): unknown => {
    const file = new Database(join(data, 'city.db'));
    const rows = file.prepare('SELECT name, type FROM sqlite_schema ORDER BY name').all();
    const columns = ['issuer', 'licence', 'delegation', 'target'].map((table) =>
      file.pragma(`table_info(${table})`),
    );
    file.close();
    return { rows, columns };
  };
  await (await openCity({ data })).close();
  const fresh = schema();
  toFirstRelease();
  await (await openCity({ data })).close();
  expect(schema()).toEqual(fresh);
});

test('a city of a newer release is refused, not guessed at', async () => {
  await (await openCity({ data })).close();
  const file = new Database(join(data, 'city.db'));
  file.pragma(`user_version = ${SQLITE_STEPS.length + 1}`);
  file.close();
  await expect(openCity({ data })).rejects.toThrow('newer release');
});
