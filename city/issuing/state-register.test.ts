import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import { openStatusList, STATUS, statusAt } from '../../licence/status/status-list.ts';
import { parseIssuers } from '../../licence/trust/issuers.ts';
import { TARGET } from '../../licence/trust/trust.ts';
import { type City, openCity } from '../city.ts';
import { TEST_ISSUER } from '../testing/start-test-city.ts';
import type { IssuedLicence } from './order.ts';

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

async function issue(sub = 'MI-1'): Promise<IssuedLicence> {
  const exp = Math.floor(Date.now() / 1000) + 86_400;
  const order = { iss: TEST_ISSUER.iss, kind: 'medical-insurance', sub, fields: new Map(), exp };
  const issued = await city.licences.issue(order);
  if (!issued.ok) throw new Error(issued.fault);
  return issued.issued;
}

/** What a terminal reads at a licence's place. */
async function published({ licence: { status } }: IssuedLicence): Promise<number | undefined> {
  const issuers = parseIssuers((await city.trust.target(TARGET.issuers)) ?? new Uint8Array(0));
  if (typeof issuers === 'string') throw new Error(issuers);
  const held = await city.statusLists.token(status.uri);
  const opened = openStatusList(held?.token ?? new Uint8Array(0), status.uri, issuers, nativeVerifier());
  if (!opened.ok) throw new Error(opened.detail);
  return statusAt(opened.list, status.idx);
}

const SUSPENDING = { ...TEST_ISSUER, suspends: true } as const;

test('a suspension is published, and so is its end', async () => {
  await city.issuers.define(SUSPENDING);
  const issued = await issue();
  expect(await city.states.change('MI-1', 'suspend')).toMatchObject({ outcome: 'changed', licences: 1 });
  expect(await published(issued)).toBe(STATUS.suspended);
  await city.states.change('MI-1', 'resume');
  expect(await published(issued)).toBe(STATUS.valid);
});

test('a suspended licence can be revoked, and never comes back', async () => {
  await city.issuers.define(SUSPENDING);
  const issued = await issue();
  await city.states.change('MI-1', 'suspend');
  await city.states.change('MI-1', 'revoke');
  expect(await published(issued)).toBe(STATUS.invalid);
  expect(await city.states.change('MI-1', 'resume')).toEqual({ outcome: 'revoked' });
  expect(await city.states.change('MI-1', 'suspend')).toEqual({ outcome: 'revoked' });
  expect(await published(issued)).toBe(STATUS.invalid);
});

test('suspending touches no neighbour, in whichever quarter of a byte it stands', async () => {
  await city.issuers.define({ ...SUSPENDING, listEntries: 8 });
  const all = await Promise.all(Array.from({ length: 7 }, (_, i) => issue(`MI-${i}`)));
  await city.states.change('MI-3', 'suspend');
  await city.states.change('MI-5', 'revoke');
  expect(await Promise.all(all.map(published))).toEqual([0, 0, 0, STATUS.suspended, 0, STATUS.invalid, 0]);
});

test('suspending again, and resuming what isn’t suspended, change nothing', async () => {
  await city.issuers.define(SUSPENDING);
  await issue();
  expect(await city.states.change('MI-1', 'resume')).toEqual({ outcome: 'unchanged' });
  await city.states.change('MI-1', 'suspend');
  expect(await city.states.change('MI-1', 'suspend')).toEqual({ outcome: 'unchanged' });
});

test('a list of one bit knows no suspension, and is named', async () => {
  await city.issuers.define(TEST_ISSUER);
  await issue();
  const refused = { outcome: 'no-suspension', uri: 'urn:lz:health:1' };
  expect(await city.states.change('MI-1', 'suspend')).toEqual(refused);
  expect(await city.states.withdrawn()).toEqual(new Map());
});

test('an issuer that begins to suspend keeps its list and gets one more, for what it issues from then on', async () => {
  await city.issuers.define(TEST_ISSUER);
  await issue('MI-old');
  await city.issuers.define(SUSPENDING);
  const { licence } = await issue('MI-new');
  expect(licence.status.uri).toBe('urn:lz:health:2');
  expect(await city.states.change('MI-new', 'suspend')).toMatchObject({ outcome: 'changed' });
  expect(await city.states.change('MI-old', 'revoke')).toMatchObject({ outcome: 'changed' });
});

test('one under the same identifier that can’t be suspended keeps the others from it', async () => {
  await city.issuers.define(TEST_ISSUER);
  await issue();
  await city.issuers.define(SUSPENDING);
  const other = await issue();
  expect(await city.states.change('MI-1', 'suspend')).toMatchObject({ outcome: 'no-suspension' });
  expect(await published(other)).toBe(STATUS.valid);
});

test('an issuer admitted again without a word of suspending goes on suspending', async () => {
  await city.issuers.define(SUSPENDING);
  await city.issuers.define(TEST_ISSUER);
  expect((await issue()).licence.status.uri).toBe('urn:lz:health:1');
  expect(await city.states.change('MI-1', 'suspend')).toMatchObject({ outcome: 'changed' });
});
