import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateSigningKey } from '../licence/issue/signing-key.ts';
import type { Outcome } from './fault.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { MAX_ROOTS_PER_RUN, TrustKeeper } from './trust.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  bench.enrolled();
});
afterEach(() => bench.close());

const refresh = () => bench.keeper.refresh(bench.signal);
const name = (outcome: Outcome<unknown>) => (outcome.ok ? outcome.value : outcome.fault.name);
const restored = () => new TrustKeeper(bench);

/** The published files as they are now, to be put back later. */
function published(): () => void {
  const files = new Map(bench.city.repository.files);
  return () => {
    bench.city.repository.files.clear();
    for (const [path, bytes] of files) bench.city.repository.files.set(path, bytes);
  };
}

test('the first refresh goes from the first root to everything', async () => {
  expect(name(await refresh())).toBe('changed');
  expect(restored().current()?.issuers).toHaveLength(1);
});

test('a city where nothing changed is asked for two files', async () => {
  await refresh();
  bench.city.asked.length = 0;
  expect(name(await refresh())).toBe('unchanged');
  expect(bench.city.asked).toEqual(['GET /v1/trust/2.root.json', 'GET /v1/trust/timestamp.json']);
});

test('a target held with the right hash is not fetched again', async () => {
  await refresh();
  bench.city.publishTargets(undefined, 2);
  bench.city.asked.length = 0;
  expect(name(await refresh())).toBe('changed');
  expect(bench.city.count('GET /v1/trust/targets/')).toBe(1);
  expect(bench.keeper.current()?.catalogue.version).toBe(2);
});

test('root N + 1 is followed, however many there are', async () => {
  await refresh();
  for (let i = 0; i < 3; i++) bench.city.repository.publishRoot({ root: generateSigningKey() });
  bench.city.publishTargets();
  expect(name(await refresh())).toBe('changed');
  expect(restored().current()?.versions.root).toBe(4);
});

test('every root that was followed is kept beside the set', async () => {
  for (let i = 0; i < 2; i++) bench.city.repository.publishRoot({ root: generateSigningKey() });
  bench.city.publishTargets();
  await refresh();
  const roots = [0, 1, 2].map((version) => bench.store.rootAfter(version));
  expect(roots).toEqual(
    [1, 2, 3].map((version) => Buffer.from(bench.city.repository.files.get(`${version}.root.json`) ?? [])),
  );
});

test('a root signed by strangers is refused', async () => {
  const { repository } = bench.city;
  const real = repository.keys;
  repository.keys = { ...real, root: generateSigningKey() };
  repository.publishRoot();
  expect(name(await refresh())).toBe('not-signed');
});

test('roots without end are not followed without end', async () => {
  for (let i = 0; i < MAX_ROOTS_PER_RUN; i++) bench.city.repository.publishRoot();
  expect(name(await refresh())).toBe('too-large');
  expect(bench.city.count('GET')).toBe(MAX_ROOTS_PER_RUN);
});

test('an older set than the one held is refused and changes nothing', async () => {
  const back = published();
  bench.city.publishTargets(undefined, 2);
  await refresh();
  back();
  expect(name(await refresh())).toBe('rollback');
  expect(restored().current()?.catalogue.version).toBe(2);
});

test('versions may fall after the online keys were rotated, so that a thief of keys cannot end all updates', async () => {
  const { repository } = bench.city;
  repository.versions.timestamp = 1_000_000;
  bench.city.publishTargets();
  await refresh();
  repository.versions.timestamp = 1;
  repository.publishRoot({ timestamp: generateSigningKey() });
  bench.city.publishTargets(undefined, 2);
  expect(name(await refresh())).toBe('changed');
  expect(bench.keeper.current()?.versions.timestamp).toBe(2);
});

test('a snapshot that is not the one the timestamp names is refused', async () => {
  const { repository } = bench.city;
  const other = repository.files.get('1.snapshot.json') ?? new Uint8Array(0);
  bench.city.publishTargets();
  repository.files.set('2.snapshot.json', other);
  expect(name(await refresh())).toBe('mix-and-match');
  expect(bench.store.trustFiles()).toBeUndefined();
});

test('a target with other bytes than signed is refused', async () => {
  const { files } = bench.city.repository;
  for (const [path, bytes] of files)
    if (path.endsWith('city.json'))
      files.set(
        path,
        bytes.map((byte) => byte ^ 1),
      );
  expect(name(await refresh())).toBe('mix-and-match');
});

test('a refresh that is interrupted anywhere leaves the old set whole', async () => {
  await refresh();
  bench.city.publishTargets(undefined, 2);
  for (const at of ['timestamp.json', '2.snapshot.json', '2.targets.json', 'targets/']) {
    bench.city.intercept = (request, response) => {
      if (!request.url?.includes(at)) return false;
      response.destroy();
      return true;
    };
    expect(name(await refresh())).toBe('offline');
    expect(restored().current()?.catalogue.version).toBe(1);
  }
  bench.city.intercept = () => false;
  await refresh();
  expect(restored().current()?.catalogue.version).toBe(2);
});

test('what has run out is not taken once the city has signed a time', async () => {
  bench.store.saveSignedTime({ offsetMs: 0, floorMs: 0 }, new Uint8Array(1));
  bench.city.repository.expires = new Date(bench.clock.wall - 1000).toISOString().replace(/\.\d+Z/, 'Z');
  bench.city.publishTargets();
  expect(name(await refresh())).toBe('expired');
  expect(bench.store.trustFiles()).toBeUndefined();
});

test('before the first signed time nothing is known to have run out', async () => {
  bench.city.repository.expires = new Date(bench.clock.wall - 1000).toISOString().replace(/\.\d+Z/, 'Z');
  bench.city.publishTargets();
  expect(name(await refresh())).toBe('changed');
});

test('a damaged set in the store is replaced, starting from the first root', async () => {
  await refresh();
  const held = bench.store.trustFiles();
  if (!held) throw new Error('nothing stored');
  bench.store.saveTrust({ ...held, root: new Uint8Array(3), timestamp: new Uint8Array(0) });
  const keeper = restored();
  expect(keeper.current()).toBeUndefined();
  expect(name(await keeper.refresh(bench.signal))).toBe('changed');
});
