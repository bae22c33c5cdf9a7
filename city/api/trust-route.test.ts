import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Catalogue } from '../../licence/trust/catalogue.ts';
import { openTrust } from '../../licence/trust/trust.ts';
import type { TrustFiles } from '../../licence/trust/tuf.ts';
import { fetchTrust } from '../testing/fetch-trust.ts';
import { problemOf } from '../testing/problem-code.ts';
import { startTestCity, TEST_ISSUER, type TestCity } from '../testing/start-test-city.ts';

let running: TestCity;
beforeEach(async () => {
  running = await startTestCity();
});
afterEach(() => running.close());

const CATALOGUE: Catalogue = {
  version: 1,
  kinds: [{ id: 'medical-insurance', names: { zh: '医保凭证', en: 'Insurance' }, fields: [] }],
  services: [],
};

test('a terminal opens what a new city publishes', async () => {
  const opened = openTrust(await fetchTrust(running.url));
  expect(opened.ok && opened.trust.versions).toEqual({ root: 1, timestamp: 1, snapshot: 1, targets: 1 });
  expect(opened.ok && opened.trust.city.auditKey).toEqual(new Uint8Array(running.city.keys.audit.publicKey));
});

test('an admitted issuer is published with its keys and its status list', async () => {
  await running.city.issuers.define(TEST_ISSUER);
  const opened = openTrust(await fetchTrust(running.url));
  const issuer = opened.ok ? opened.trust.issuers[0] : undefined;
  expect(issuer?.keys.map(({ uses, kinds }) => ({ uses, kinds }))).toEqual([
    { uses: ['licence'], kinds: ['medical-insurance'] },
    { uses: ['status'], kinds: [] },
  ]);
  expect(issuer?.statusLists).toEqual([{ uri: 'urn:lz:health:1', entries: 2 ** 17 }]);
});

test('a changed catalogue is published under the next versions', async () => {
  const before = await fetchTrust(running.url);
  await running.city.catalogue.set(CATALOGUE);
  const opened = openTrust(await fetchTrust(running.url), versionsOf(before));
  expect(opened.ok && opened.trust.catalogue).toEqual(CATALOGUE);
  expect(opened.ok && opened.trust.versions).toEqual({ root: 1, timestamp: 2, snapshot: 2, targets: 2 });
});

test('the same catalogue again publishes nothing', async () => {
  await running.city.catalogue.set(CATALOGUE);
  const before = await fetchTrust(running.url);
  await running.city.catalogue.set(CATALOGUE);
  expect((await fetchTrust(running.url)).timestamp).toEqual(before.timestamp);
});

test('a catalogue that terminals would refuse is not published', async () => {
  const before = await fetchTrust(running.url);
  const service = {
    id: 'x',
    names: { zh: '一', en: 'x' },
    kinds: ['unheard-of'],
    holderProof: 'required',
    freshnessSeconds: 60,
    shownFields: [],
  } as const;
  const bad: Catalogue = { ...CATALOGUE, services: [{ ...service, kinds: ['unheard-of'], shownFields: [] }] };
  await expect(running.city.catalogue.set(bad)).rejects.toThrow('unheard-of');
  expect((await fetchTrust(running.url)).timestamp).toEqual(before.timestamp);
});

test('a snapshot a newer one replaced is still served to who is in the middle of an update', async () => {
  const before = await fetchTrust(running.url);
  await running.city.catalogue.set(CATALOGUE);
  const answer = await fetch(`${running.url}/v1/trust/1.snapshot.json`);
  expect(await answer.bytes()).toEqual(before.snapshot);
});

test.each(['root', 'timestamp', 'snapshot', 'targets'] as const)(
  'a changed %s does not open',
  async (role) => {
    const files = await fetchTrust(running.url);
    const changed = Buffer.from(files[role])
      .toString('utf8')
      .replace(/"expires":"20/, '"expires":"21');
    const tampered: TrustFiles = { ...files, [role]: new Uint8Array(Buffer.from(changed)) };
    expect(openTrust(tampered)).toMatchObject({ ok: false, fault: 'not-signed' });
  },
);

test('a changed target does not open', async () => {
  const files = await fetchTrust(running.url);
  const city = Buffer.from(files.files.get('city.json') ?? []);
  city[10] = (city[10] ?? 0) ^ 1;
  const tampered = { ...files, files: new Map([...files.files, ['city.json', new Uint8Array(city)]]) };
  expect(openTrust(tampered)).toMatchObject({ ok: false, fault: 'mix-and-match' });
});

test('who has the timestamp already is told so', async () => {
  const url = `${running.url}/v1/trust/timestamp.json`;
  const etag = (await fetch(url)).headers.get('etag') ?? '';
  expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test('what was not published is not found', async () => {
  expect(await problemOf(await fetch(`${running.url}/v1/trust/2.root.json`))).toBe('404 not-found');
});

test('an address that is no percent-encoded UTF-8 is malformed', async () => {
  expect(await problemOf(await fetch(`${running.url}/v1/trust/%E0%A4%A`))).toBe('400 malformed');
});

test('a status list’s name of more than 512 characters is malformed', async () => {
  expect(await problemOf(await fetch(`${running.url}/v1/status/${'a'.repeat(513)}`))).toBe('400 malformed');
});

function versionsOf(files: TrustFiles) {
  const opened = openTrust(files);
  if (!opened.ok) throw new Error(opened.detail);
  return opened.trust.versions;
}
