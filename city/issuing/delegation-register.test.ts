import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toCodeText } from '../../licence/code-text.ts';
import { COMMON_LABEL } from '../../licence/field-label.ts';
import { presentLicence } from '../../licence/issue/present-licence.ts';
import { generateSigningKey } from '../../licence/issue/signing-key.ts';
import { type City, openCity } from '../city.ts';
import { drawQr, MAX_QR_VERSION } from '../demo/qr.ts';
import { SHOWABLE_CODE_BYTES } from './code-room.ts';
import type { DelegationOrder } from './delegation-order.ts';
import type { IssuedLicence } from './order.ts';

let data: string;
let city: City;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'city-'));
  city = await openCity({ data, clock: { now: () => NOW_MS } });
  await city.issuers.define(HOUSING);
  await city.issuers.define(IDENTITY);
});
afterEach(async () => {
  await city.close();
  rmSync(data, { recursive: true });
});

const NOW_MS = 1_800_000_000_000;
const EXP = NOW_MS / 1000 + 86_400;
const HOUSING = {
  slug: 'housing',
  iss: 'urn:test:housing',
  names: { zh: '住建局', en: 'Housing' },
  kinds: ['permit', 'filing'],
};
const IDENTITY = {
  slug: 'id',
  iss: 'urn:test:id',
  names: { zh: '认证平台', en: 'Identity' },
  kinds: [],
  delegates: ['permit'],
};
const COMPANY = '91990100MA7DEM1501';
const holder = generateSigningKey();
const delegate = generateSigningKey();

/** @param filler characters of a further field. */
async function permit(holderCode = COMPANY, kind = 'permit', filler = 0): Promise<IssuedLicence> {
  const fields = new Map([[COMMON_LABEL.holderCode, holderCode] as const, [20, 'x'.repeat(filler)] as const]);
  const order = { iss: HOUSING.iss, kind, sub: 'P-1', fields, holderKey: holder.publicKey, exp: EXP };
  const issued = await city.licences.issue(order);
  if (!issued.ok) throw new Error(JSON.stringify(issued));
  return issued.issued;
}

function order(changes: Partial<DelegationOrder> = {}): DelegationOrder {
  return {
    iss: IDENTITY.iss,
    sub: '990100199602232680',
    delegateKey: delegate.publicKey,
    principal: COMPANY,
    scope: { kinds: ['permit'] },
    exp: EXP,
    ...changes,
  };
}

test('a delegation by kind and one by licence are issued and remembered', async () => {
  const { licence } = await permit();
  expect(await city.delegations.issue(order())).toMatchObject({ ok: true });
  const byLicence = order({ scope: { licences: [licence.cti], services: ['here'] } });
  expect(await city.delegations.issue(byLicence)).toMatchObject({ ok: true });
  const scopes = (await city.delegations.list()).map(({ scope }) => JSON.parse(scope));
  expect(scopes).toHaveLength(2);
  expect(scopes).toContainEqual({ licences: [Buffer.from(licence.cti).toString('hex')], services: ['here'] });
});

test.each([
  ['an issuer nobody admitted', { iss: 'urn:test:other' }, 'unknown-issuer'],
  ['an issuer without a delegation key', { iss: HOUSING.iss }, 'kind-not-admitted'],
  ['a kind it isn’t admitted for', { scope: { kinds: ['permit', 'filing'] } }, 'kind-not-admitted'],
  ['a licence nobody issued', { scope: { licences: [new Uint8Array(16)] } }, 'unknown-licence'],
  ['a scope of nothing', { scope: { services: ['here'] } }, 'empty-scope'],
  ['an empty part of a scope', { scope: { kinds: ['permit'], services: [] } }, 'empty-scope'],
  ['an end before its beginning', { nbf: EXP }, 'never-valid'],
  ['nobody as delegate', { sub: '' }, 'unreadable'],
  ['a key of small order', { delegateKey: new Uint8Array(32) }, 'unsound-key'],
])('%s is refused by name', async (_, changes, fault) => {
  expect(await city.delegations.issue(order(changes))).toEqual({ ok: false, fault });
  expect(await city.delegations.list()).toEqual([]);
});

test('a licence of another company can’t be delegated', async () => {
  const { licence } = await permit('91990100MA7DEM3107');
  const foreign = order({ scope: { licences: [licence.cti] } });
  expect(await city.delegations.issue(foreign)).toEqual({ ok: false, fault: 'licence-of-another' });
});

test('a licence of a kind the issuer may not delegate isn’t delegated by naming it', async () => {
  const { licence } = await permit(COMPANY, 'filing');
  const named = order({ scope: { licences: [licence.cti] } });
  expect(await city.delegations.issue(named)).toEqual({ ok: false, fault: 'kind-not-admitted' });
});

test('no delegation shares an index with a licence of the same list', async () => {
  const both = { ...IDENTITY, slug: 'both', iss: 'urn:test:both', kinds: ['permit'], listEntries: 8 };
  await city.issuers.define(both);
  const places: string[] = [];
  for (let i = 0; i < 5; i++) {
    await city.delegations.issue(order({ iss: both.iss }));
    const licence = { iss: both.iss, kind: 'permit', sub: 'P-1', fields: new Map(), exp: EXP };
    await city.licences.issue(licence);
  }
  const issued = [...(await city.delegations.list()), ...(await city.licences.list())];
  for (const { uri, idx } of issued) places.push(`${uri} ${idx}`);
  expect(new Set(places).size).toBe(10);
});

test('revoking a delegation by its cti leaves the licence', async () => {
  await permit();
  const answer = await city.delegations.issue(order());
  if (!answer.ok) throw new Error(answer.fault);
  const { cti } = answer.issued.delegation;
  expect(await city.states.change(cti, 'revoke')).toEqual({
    outcome: 'changed',
    licences: 0,
    delegations: 1,
  });
  expect([...(await city.states.withdrawn())]).toEqual([[Buffer.from(cti).toString('hex'), 'revoked']]);
});

/** Characters with which the permit is as large as it may be: what it is too large by is exact. */
async function longestFiller(): Promise<number> {
  const fields = new Map([[COMMON_LABEL.holderCode, COMPANY] as const, [20, 'x'.repeat(600)] as const]);
  const long = {
    iss: HOUSING.iss,
    kind: 'permit',
    sub: 'P-1',
    fields,
    holderKey: holder.publicKey,
    exp: EXP,
  };
  const answer = await city.licences.issue(long);
  if (answer.ok || answer.fault !== 'too-big') throw new Error('600 characters should not fit');
  // its index may have been written in fewer bytes than another's
  return 600 - answer.excess - MAX_INDEX_BYTES;
}
const MAX_INDEX_BYTES = 5;

test('the largest licence that is issued can be shown under a delegation for its kind', async () => {
  const { bytes } = await permit(COMPANY, 'permit', await longestFiller());
  const answer = await city.delegations.issue(order());
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  const proof = { iat: EXP, cti: new Uint8Array(8) };
  const shown = presentLicence(bytes, proof, delegate, answer.issued.bytes);
  expect(drawQr(toCodeText(shown)).version).toBe(MAX_QR_VERSION);
  expect(shown.length).toBeGreaterThan(SHOWABLE_CODE_BYTES - 3 * MAX_INDEX_BYTES);
});

test('a licence of a kind nobody may delegate needs no room for a delegation', async () => {
  expect(await permit(COMPANY, 'filing', (await longestFiller()) + 200)).toBeDefined();
});

const WORDY = { scope: { kinds: ['permit'], services: ['a-service-with-a-long-name'] } };

test('a delegation that doesn’t fit a code with one of the principal’s licences is refused, and by how much', async () => {
  await permit(COMPANY, 'permit', await longestFiller());
  const answer = await city.delegations.issue(order(WORDY));
  expect(answer).toEqual({ ok: false, fault: 'too-big', excess: expect.any(Number) });
});

test('licences of another company, and those taken back, don’t limit a delegation', async () => {
  const filler = await longestFiller();
  await permit('91990100MA7DEM3107', 'permit', filler);
  const { licence } = await permit(COMPANY, 'permit', filler);
  await city.states.change(licence.cti, 'revoke');
  expect(await city.delegations.issue(order(WORDY))).toMatchObject({ ok: true });
});

test('a delegation that leaves no room for any licence is refused without one', async () => {
  const services = Array.from({ length: 20 }, (_, i) => `service-number-${i}`);
  const answer = await city.delegations.issue(order({ scope: { kinds: ['permit'], services } }));
  expect(answer).toMatchObject({ ok: false, fault: 'too-big' });
});
