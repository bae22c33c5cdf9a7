import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateSigningKey } from '../licence/issue/signing-key.ts';
import { openTrustFiles, type TrustVersions } from '../licence/trust/tuf.ts';
import type { Outcome } from './fault.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { TrustKeeper } from './trust.ts';

/*
 * What whoever speaks in the city's place, or has stolen some of its keys, can make an agent take. Whatever the agent
 * refuses, a restarted one must find the old set whole.
 */
let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  bench.enrolled();
});
afterEach(() => bench.close());

const refresh = () => bench.keeper.refresh(bench.signal);
const name = (outcome: Outcome<unknown>) => (outcome.ok ? outcome.value : outcome.fault.name);
const detail = (outcome: Outcome<unknown>) => (outcome.ok ? '' : outcome.fault.detail);

/** Versions of the stored set, checked from its signatures as a restarted agent and the terminal check it. */
function stored(): TrustVersions {
  const files = bench.store.trustFiles();
  const opened = files && openTrustFiles(files);
  if (!opened?.ok) throw new Error(`the stored set does not open: ${opened?.detail}`);
  expect(new TrustKeeper(bench).current()?.versions).toEqual(opened.versions);
  return opened.versions;
}

test.for(['timestamp', 'snapshot', 'targets'] as const)(
  'a %s of a lower version is refused, even signed and named by all above it',
  async (role) => {
    const { repository } = bench.city;
    for (let i = 0; i < 3; i++) bench.city.publishTargets();
    await refresh();
    repository.versions[role] = 1; // what is published next is 2, after 4
    bench.city.publishTargets();
    const outcome = await refresh();
    expect(name(outcome)).toBe('rollback');
    expect(detail(outcome)).toBe(`${role} 2 after 4`);
    expect(stored()).toEqual({ root: 1, timestamp: 4, snapshot: 4, targets: 4 });
  },
);

test('a root of a lower version in the place of the next is refused', async () => {
  const { repository } = bench.city;
  repository.publishRoot({ root: generateSigningKey() });
  bench.city.publishTargets();
  await refresh();
  repository.files.set('3.root.json', bench.city.firstRoot);
  expect(name(await refresh())).toBe('not-signed');
  expect(stored().root).toBe(2);
});

test('a root published again under the next name is refused', async () => {
  await refresh();
  bench.city.repository.files.set('2.root.json', bench.city.firstRoot);
  expect(name(await refresh())).toBe('rollback');
  expect(stored().root).toBe(1);
});

test.for(['2.snapshot.json', '2.targets.json'])(
  '%s with what stood in 1 is refused, and the set held stays',
  async (path) => {
    const { repository } = bench.city;
    await refresh();
    bench.city.publishTargets(undefined, 2);
    repository.files.set(path, repository.files.get(path.replace('2', '1')) ?? new Uint8Array(0));
    expect(name(await refresh())).toBe('mix-and-match');
    expect(stored().timestamp).toBe(1);
  },
);

test('yesterday’s timestamp with everything else of today is no step back: the set held is the set named', async () => {
  const { repository } = bench.city;
  const old = repository.files.get('timestamp.json') ?? new Uint8Array(0);
  await refresh();
  bench.city.publishTargets(undefined, 2);
  repository.files.set('timestamp.json', old);
  expect(name(await refresh())).toBe('unchanged');
  expect(stored()).toEqual({ root: 1, timestamp: 1, snapshot: 1, targets: 1 });
});

test('a city that publishes in the middle of a refresh is never taken half', async () => {
  await refresh();
  for (const at of ['timestamp.json', 'snapshot.json', 'targets.json', 'targets/']) {
    const before = stored();
    bench.city.publishTargets(undefined, 2);
    const named = bench.city.repository.versions.timestamp;
    bench.city.intercept = (request) => {
      if (!request.url?.includes(at)) return false;
      bench.city.intercept = () => false;
      bench.city.publishTargets(undefined, 3);
      return false;
    };
    const outcome = await refresh();
    const { timestamp } = stored();
    expect(outcome.ok ? [named, named + 1] : [before.timestamp]).toContain(timestamp);
  }
});

test('a refresh cut off on its way from root to root leaves the old set whole, and the next one goes all the way', async () => {
  await refresh();
  for (let i = 0; i < 3; i++) bench.city.repository.publishRoot({ root: generateSigningKey() });
  bench.city.publishTargets(undefined, 2);
  for (const at of ['2.root.json', '3.root.json', '4.root.json', '5.root.json']) {
    bench.city.intercept = (request, response) => {
      if (!request.url?.includes(at)) return false;
      response.destroy();
      return true;
    };
    expect(name(await refresh())).toBe('offline');
    expect(stored()).toEqual({ root: 1, timestamp: 1, snapshot: 1, targets: 1 });
    expect(bench.store.rootAfter(1)).toBeUndefined();
  }
  bench.city.intercept = () => false;
  expect(name(await refresh())).toBe('changed');
  expect(stored()).toEqual({ root: 4, timestamp: 2, snapshot: 2, targets: 2 });
});

test.for(['timestamp', 'snapshot', 'targets'] as const)(
  'after a new root withdrew the %s key, nothing its thief signs is taken, and the city’s own is',
  async (role) => {
    const { repository } = bench.city;
    await refresh();
    const thief = repository.keys[role];
    repository.publishRoot({ [role]: generateSigningKey() });
    const honest = repository.keys;
    repository.keys = { ...honest, [role]: thief };
    bench.city.publishTargets(undefined, 2);
    expect(name(await refresh())).toBe('not-signed');
    expect(stored()).toEqual({ root: 1, timestamp: 1, snapshot: 1, targets: 1 });
    repository.keys = honest;
    bench.city.publishTargets(undefined, 3);
    expect(name(await refresh())).toBe('changed');
    expect(bench.keeper.current()?.catalogue.version).toBe(3);
  },
);

test('the timestamp held, once its key was withdrawn, is not enough under the new root', async () => {
  const { repository } = bench.city;
  await refresh();
  repository.publishRoot({ timestamp: generateSigningKey() });
  expect(name(await refresh())).toBe('not-signed');
  bench.city.publishTargets();
  expect(name(await refresh())).toBe('changed');
  expect(stored()).toEqual({ root: 2, timestamp: 2, snapshot: 2, targets: 2 });
});

test('a thief of all online keys who signed versions without end is got rid of by new keys', async () => {
  const { repository } = bench.city;
  const versions = { ...repository.versions };
  Object.assign(repository.versions, { timestamp: 10 ** 9, snapshot: 10 ** 9, targets: 10 ** 9 });
  bench.city.publishTargets();
  await refresh();
  Object.assign(repository.versions, versions);
  repository.publishRoot({ timestamp: generateSigningKey(), snapshot: generateSigningKey() });
  bench.city.publishTargets(undefined, 2);
  expect(name(await refresh())).toBe('changed');
  expect(stored()).toEqual({ root: 2, timestamp: 2, snapshot: 2, targets: 2 });
});

test('a new root that keeps the online keys keeps the floors: it is no cover for an older set', async () => {
  const { repository } = bench.city;
  const old = new Map(repository.files);
  bench.city.publishTargets(undefined, 2);
  await refresh();
  repository.publishRoot({ root: generateSigningKey() });
  for (const [path, bytes] of old) repository.files.set(path, bytes);
  expect(name(await refresh())).toBe('rollback');
  expect(bench.keeper.current()?.catalogue.version).toBe(2);
});

test('a root that has run out is followed to the one after it, which has not', async () => {
  const { repository } = bench.city;
  bench.store.saveSignedTime({ offsetMs: 0, floorMs: 0 }, new Uint8Array(1));
  await refresh();
  const forever = repository.expires;
  repository.expires = new Date(bench.clock.wall - 1000).toISOString().replace(/\.\d+Z/, 'Z');
  repository.publishRoot();
  repository.expires = forever;
  bench.city.publishTargets();
  expect(name(await refresh())).toBe('expired');
  expect(stored().root).toBe(1);
  repository.publishRoot();
  expect(name(await refresh())).toBe('changed');
  expect(stored().root).toBe(3);
});

test('a set that is shown for ever is refused when it runs out: a freeze ends there', async () => {
  const hour = 60 * 60_000;
  bench.store.saveSignedTime({ offsetMs: 0, floorMs: 0 }, new Uint8Array(1));
  bench.city.repository.expires = new Date(bench.clock.wall + hour).toISOString().replace(/\.\d+Z/, 'Z');
  bench.city.publishTargets();
  expect(name(await refresh())).toBe('changed');
  bench.clock.advance(hour - 2000);
  expect(name(await refresh())).toBe('unchanged');
  bench.clock.advance(2000);
  expect(name(await refresh())).toBe('expired');
});
