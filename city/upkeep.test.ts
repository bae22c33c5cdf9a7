import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStatusList } from '../licence/status/status-list.ts';
import { openTrust } from '../licence/trust/trust.ts';
import { LIST_RENEWAL_MS } from './issuing/status-lists.ts';
import { fetchTrust } from './testing/fetch-trust.ts';
import { startTestCity, TEST_ISSUER, type TestCity } from './testing/start-test-city.ts';
import { KEEP_RETIRED_MS } from './trust/trust-files.ts';
import { TIMESTAMP_RENEWAL_MS } from './trust/trust-publisher.ts';
import { doUpkeep } from './upkeep.ts';

let running: TestCity;
beforeEach(async () => {
  running = await startTestCity((city) => city.issuers.define(TEST_ISSUER));
});
afterEach(() => running.close());

const URI = 'urn:lz:health:1';
const YEAR_MS = 365 * 86_400_000;

test('a timestamp of an hour is signed anew and nothing else is', async () => {
  const before = await opened();
  running.clock.unixMs += TIMESTAMP_RENEWAL_MS;
  await doUpkeep(running.city);
  const { versions, expires } = await opened();
  expect(versions).toEqual({ ...before.versions, timestamp: before.versions.timestamp + 1 });
  expect(expires).toBeGreaterThan(before.expires);
});

test('a timestamp younger than an hour stays', async () => {
  const { timestamp } = await fetchTrust(running.url);
  running.clock.unixMs += TIMESTAMP_RENEWAL_MS - 1;
  await doUpkeep(running.city);
  expect((await fetchTrust(running.url)).timestamp).toEqual(timestamp);
});

test('targets and snapshot never come near their end', async () => {
  for (let half = 0; half < 4; half++) {
    running.clock.unixMs += YEAR_MS / 2;
    await doUpkeep(running.city);
    expect((await opened()).expires).toBeGreaterThan(running.clock.unixMs);
  }
});

test('a list of an hour is signed anew with the same entries', async () => {
  const before = await list();
  running.clock.unixMs += LIST_RENEWAL_MS + 1000;
  await doUpkeep(running.city);
  const after = await list();
  expect(after.iat).toBeGreaterThan(before.iat);
  expect(after.bitmap).toEqual(before.bitmap);
});

test('a replaced file goes once nobody can be in the middle of fetching it', async () => {
  const path = `${running.url}/v1/trust/1.targets.json`;
  expect((await fetch(path)).status).toBe(200);
  running.clock.unixMs += KEEP_RETIRED_MS + 1;
  await doUpkeep(running.city);
  expect((await fetch(path)).status).toBe(404);
  expect((await fetch(`${running.url}/v1/trust/1.root.json`)).status).toBe(200);
});

async function opened() {
  const trust = openTrust(await fetchTrust(running.url));
  if (!trust.ok) throw new Error(trust.detail);
  return trust.trust;
}

async function list() {
  const token = await (await fetch(`${running.url}/v1/status/${encodeURIComponent(URI)}`)).bytes();
  const read = openStatusList(token, URI, (await opened()).issuers, running.city.verifier);
  if (!read.ok) throw new Error(read.detail);
  return read.list;
}
