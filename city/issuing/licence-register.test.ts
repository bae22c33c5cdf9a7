import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toCodeText } from '../../licence/code-text.ts';
import { presentLicence } from '../../licence/issue/present-licence.ts';
import { generateSigningKey } from '../../licence/issue/signing-key.ts';
import { type City, openCity } from '../city.ts';
import { drawQr, MAX_QR_VERSION } from '../demo/qr.ts';
import { TEST_ISSUER } from '../testing/start-test-city.ts';
import type { LicenceOrder } from './order.ts';

let data: string;
let city: City;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'city-'));
  city = await openCity({ data, clock: { now: () => NOW_MS } });
});
afterEach(async () => {
  await city.close();
  rmSync(data, { recursive: true });
});

const NOW_MS = 1_800_000_000_000;
const ORDER: LicenceOrder = {
  iss: TEST_ISSUER.iss,
  kind: 'medical-insurance',
  sub: 'MI-1',
  fields: new Map([[1, '张三']]),
  exp: NOW_MS / 1000 + 86_400,
};

test('an issuer that was not admitted issues nothing', async () => {
  expect(await city.licences.issue(ORDER)).toEqual({ ok: false, fault: 'unknown-issuer' });
});

test('a kind the issuer’s key is not admitted for is refused', async () => {
  await city.issuers.define(TEST_ISSUER);
  const order = { ...ORDER, kind: 'driving-licence' };
  expect(await city.licences.issue(order)).toEqual({ ok: false, fault: 'kind-not-admitted' });
});

test('a kind added to the issuer can be issued from then on', async () => {
  await city.issuers.define(TEST_ISSUER);
  await city.issuers.define({ ...TEST_ISSUER, kinds: [...TEST_ISSUER.kinds, 'driving-licence'] });
  expect(await city.licences.issue({ ...ORDER, kind: 'driving-licence' })).toMatchObject({ ok: true });
});

test('a licence that would end before it begins is refused', async () => {
  await city.issuers.define(TEST_ISSUER);
  const order = { ...ORDER, nbf: ORDER.exp };
  expect(await city.licences.issue(order)).toEqual({ ok: false, fault: 'never-valid' });
});

test('a licence made out to a key of small order is refused', async () => {
  await city.issuers.define(TEST_ISSUER);
  const order = { ...ORDER, holderKey: new Uint8Array(32) };
  expect(await city.licences.issue(order)).toEqual({ ok: false, fault: 'unsound-key' });
});

test('a licence no terminal could read is not issued', async () => {
  await city.issuers.define(TEST_ISSUER);
  expect(await city.licences.issue({ ...ORDER, sub: '' })).toEqual({ ok: false, fault: 'unreadable' });
  expect(await city.licences.list()).toEqual([]);
});

test('a licence too big for a code with its presentation is refused and not remembered', async () => {
  await city.issuers.define(TEST_ISSUER);
  const order = { ...ORDER, fields: new Map([[1, 'x'.repeat(1200)]]) };
  expect(await city.licences.issue(order)).toEqual({
    ok: false,
    fault: 'too-big',
    excess: expect.any(Number),
  });
  expect(await city.licences.list()).toEqual([]);
});

test('the largest licence that is issued makes a code a phone can show', async () => {
  await city.issuers.define(TEST_ISSUER);
  const holder = generateSigningKey();
  const order = (length: number) => ({
    ...ORDER,
    fields: new Map([[1, 'x'.repeat(length)]]),
    holderKey: holder.publicKey,
  });
  const refused = await city.licences.issue(order(1000));
  if (refused.ok || refused.fault !== 'too-big') throw new Error('1,000 characters should not fit');
  // an index is written in up to five bytes
  const answer = await city.licences.issue(order(1000 - refused.excess - 5));
  if (!answer.ok) throw new Error(answer.fault);
  const proof = { iat: NOW_MS / 1000, cti: new Uint8Array(8).fill(1) };
  const code = toCodeText(presentLicence(answer.issued.bytes, proof, holder));
  expect(drawQr(code).version).toBe(MAX_QR_VERSION);
});

test('no index is given twice, and a full list is followed by another', async () => {
  await city.issuers.define({ ...TEST_ISSUER, listEntries: 8 });
  for (let i = 0; i < 10; i++) await city.licences.issue(ORDER);
  const places = (await city.licences.list()).map(({ uri, idx }) => `${uri} ${idx}`);
  expect(new Set(places).size).toBe(10);
  expect(new Set(places.map((place) => place.split(' ')[0]))).toEqual(
    new Set(['urn:lz:health:1', 'urn:lz:health:2']),
  );
});

test('a licence identifier revokes every licence under it', async () => {
  await city.issuers.define(TEST_ISSUER);
  for (let i = 0; i < 3; i++) await city.licences.issue(ORDER);
  await city.licences.issue({ ...ORDER, sub: 'MI-2' });
  expect(await city.states.change('MI-1', 'revoke')).toEqual({
    outcome: 'changed',
    licences: 3,
    delegations: 0,
  });
  const revoked = (await city.licences.list()).filter(({ revoked_at }) => revoked_at !== null);
  expect(revoked.map(({ sub }) => sub)).toEqual(['MI-1', 'MI-1', 'MI-1']);
});

test('revoking again changes nothing', async () => {
  await city.issuers.define(TEST_ISSUER);
  await city.licences.issue(ORDER);
  await city.states.change('MI-1', 'revoke');
  const before = await city.statusLists.token('urn:lz:health:1');
  expect(await city.states.change('MI-1', 'revoke')).toEqual({ outcome: 'unchanged' });
  expect(await city.statusLists.token('urn:lz:health:1')).toEqual(before);
});

test('what was never issued can’t be revoked', async () => {
  expect(await city.states.change('MI-9', 'revoke')).toEqual({ outcome: 'unknown' });
  expect(await city.states.change(new Uint8Array(16), 'revoke')).toEqual({ outcome: 'unknown' });
});

test('an issuer can’t be admitted under a second slug', async () => {
  await city.issuers.define(TEST_ISSUER);
  await expect(city.issuers.define({ ...TEST_ISSUER, slug: 'other' })).rejects.toThrow('slug health');
});

test('a status key that is not the admitted one signs nothing', async () => {
  await city.issuers.define(TEST_ISSUER);
  await city.licences.issue(ORDER);
  rmSync(join(data, 'keys', 'issuer-health-status-1.key'));
  await expect(city.states.change('MI-1', 'revoke')).rejects.toThrow('issuer-health-status-1.key is missing');
  const [licence] = await city.licences.list();
  expect(licence?.revoked_at).toBeNull();
});
