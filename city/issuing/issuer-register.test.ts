import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseIssuers } from '../../licence/trust/issuers.ts';
import { TARGET } from '../../licence/trust/trust.ts';
import { type City, openCity } from '../city.ts';
import { TEST_ISSUER } from '../testing/start-test-city.ts';

let data: string;
let city: City;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'city-'));
  city = await openCity({ data });
});
afterEach(async () => {
  await city.close();
  rmSync(data, { recursive: true });
});

/** Uses and kinds of each key terminals are told of, those for status left out. */
async function published(): Promise<(readonly [uses: string, kinds: readonly string[]])[]> {
  const issuers = parseIssuers((await city.trust.target(TARGET.issuers)) ?? new Uint8Array(0));
  if (typeof issuers === 'string') throw new Error(issuers);
  return issuers
    .flatMap(({ keys }) => keys)
    .map(({ uses, kinds }) => [uses.join(), kinds] as const)
    .filter(([uses]) => uses !== 'status');
}

test('an issuer of delegations gets a key for them alone, and none for licences', async () => {
  await city.issuers.define({ ...TEST_ISSUER, kinds: [], delegates: ['permit'] });
  expect(await published()).toEqual([['delegation', ['permit']]]);
  expect(existsSync(join(data, 'keys', 'issuer-health-licence-1.key'))).toBe(false);
});

test('what an issuer may delegate can be added and changed, apart from what it may issue', async () => {
  await city.issuers.define(TEST_ISSUER);
  await city.issuers.define({ ...TEST_ISSUER, delegates: ['permit'] });
  await city.issuers.define({ ...TEST_ISSUER, delegates: ['filing'] });
  expect(await published()).toEqual([
    ['delegation', ['filing']],
    ['licence', TEST_ISSUER.kinds],
  ]);
});

test('an issuer admitted again without a word of delegating goes on delegating, until told to stop', async () => {
  await city.issuers.define({ ...TEST_ISSUER, delegates: ['permit'] });
  await city.issuers.define(TEST_ISSUER);
  expect((await city.issuers.list())[0]?.delegates).toEqual(['permit']);
  await city.issuers.define({ ...TEST_ISSUER, delegates: [] });
  expect((await city.issuers.list())[0]?.delegates).toEqual([]);
});
