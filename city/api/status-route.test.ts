import { afterEach, beforeEach, expect, test } from 'vitest';
import { toCodeText } from '../../licence/code-text.ts';
import { presentLicence } from '../../licence/issue/present-licence.ts';
import { generateSigningKey } from '../../licence/issue/signing-key.ts';
import { openStatusList, type StatusList } from '../../licence/status/status-list.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import { openTrust, type Trust } from '../../licence/trust/trust.ts';
import { verify } from '../../licence/verify.ts';
import type { IssuedLicence } from '../issuing/order.ts';
import { fetchTrust } from '../testing/fetch-trust.ts';
import { problemOf } from '../testing/problem-code.ts';
import { startTestCity, TEST_ISSUER, type TestCity } from '../testing/start-test-city.ts';

let running: TestCity;
beforeEach(async () => {
  running = await startTestCity();
  await running.city.issuers.define(TEST_ISSUER);
});
afterEach(() => running.close());

const SERVICE: Service = {
  id: 'medical-insurance',
  names: { zh: '就医', en: 'Care' },
  kinds: ['medical-insurance'],
  holderProof: 'if-bound',
  freshnessSeconds: 60,
  shownFields: [],
};
const holder = generateSigningKey();

test('a licence that was issued verifies against what the city serves', async () => {
  expect((await verdictOn(await issue())).reason).toBe('accepted');
});

test('a licence bound to its holder verifies when the holder presents it', async () => {
  const { bytes } = await issue(holder.publicKey);
  const iat = Math.floor(running.clock.now() / 1000);
  const presented = presentLicence(bytes, { iat, cti: new Uint8Array(8) }, holder);
  expect((await verdictOnCode(presented)).reason).toBe('accepted');
});

test('a revoked licence is revoked in the very next answer', async () => {
  const issued = await issue();
  await running.city.states.change(issued.licence.cti, 'revoke');
  expect((await verdictOn(issued)).reason).toBe('revoked');
});

test('a suspended licence is suspended in the very next answer, and accepted again once resumed', async () => {
  await running.city.issuers.define({ ...TEST_ISSUER, suspends: true });
  const issued = await issue();
  await running.city.states.change(issued.licence.cti, 'suspend');
  expect((await verdictOn(issued)).reason).toBe('suspended');
  await running.city.states.change(issued.licence.cti, 'resume');
  expect((await verdictOn(issued)).reason).toBe('accepted');
});

test('revoking one licence leaves the others', async () => {
  const kept = await issue();
  await running.city.states.change((await issue()).licence.cti, 'revoke');
  expect((await verdictOn(kept)).reason).toBe('accepted');
});

test('every new token has a later iat, even within one second', async () => {
  const first = await issue();
  const second = await issue();
  const before = (await heldList()).iat;
  await running.city.states.change(first.licence.cti, 'revoke');
  const between = (await heldList()).iat;
  await running.city.states.change(second.licence.cti, 'revoke');
  expect(between).toBeGreaterThan(before);
  expect((await heldList()).iat).toBeGreaterThan(between);
});

test('a token holds for 7 days and asks to be refreshed after 300 s', async () => {
  const { iat, exp, ttl } = await heldList();
  expect({ life: exp - iat, ttl }).toEqual({ life: 7 * 86_400, ttl: 300 });
});

test('who has the token already is told so, until a revocation', async () => {
  const { licence } = await issue();
  const etag = (await fetch(listUrl())).headers.get('etag') ?? '';
  expect((await fetch(listUrl(), { headers: { 'if-none-match': etag } })).status).toBe(304);
  await running.city.states.change(licence.cti, 'revoke');
  expect((await fetch(listUrl(), { headers: { 'if-none-match': etag } })).status).toBe(200);
});

test('the token carries its media type', async () => {
  expect((await fetch(listUrl())).headers.get('content-type')).toBe('application/statuslist+cwt');
});

test('a list nobody owns is not found', async () => {
  const answer = await fetch(`${running.url}/v1/status/${encodeURIComponent('urn:lz:none:1')}`);
  expect(await problemOf(answer)).toBe('404 not-found');
});

const URI = 'urn:lz:health:1';
const listUrl = (uri = URI) => `${running.url}/v1/status/${encodeURIComponent(uri)}`;

async function issue(holderKey?: Uint8Array): Promise<IssuedLicence> {
  const issued = await running.city.licences.issue({
    iss: TEST_ISSUER.iss,
    kind: 'medical-insurance',
    sub: 'MI-1',
    fields: new Map([[1, '张三']]),
    exp: Math.floor(running.clock.now() / 1000) + 86_400,
    ...(holderKey ? { holderKey } : {}),
  });
  if (!issued.ok) throw new Error(issued.fault);
  return issued.issued;
}

async function trust(): Promise<Trust> {
  const opened = openTrust(await fetchTrust(running.url));
  if (!opened.ok) throw new Error(opened.detail);
  return opened.trust;
}

async function heldList(uri = URI): Promise<StatusList> {
  const token = await (await fetch(listUrl(uri))).bytes();
  const opened = openStatusList(token, uri, (await trust()).issuers, running.city.verifier);
  if (!opened.ok) throw new Error(opened.detail);
  return opened.list;
}

async function verdictOn({ bytes, licence }: IssuedLicence) {
  return await verdictOnCode(bytes, licence.status.uri);
}

async function verdictOnCode(bytes: Uint8Array, uri = URI) {
  const list = await heldList(uri);
  return verify(new Uint8Array(Buffer.from(toCodeText(bytes))), {
    time: { trusted: true, unixMs: running.clock.now(), signed: true },
    trust: await trust(),
    service: SERVICE,
    verifier: running.city.verifier,
    statusList: (uri) => (uri === list.uri ? list : undefined),
    alreadyUsed: () => false,
  });
}
