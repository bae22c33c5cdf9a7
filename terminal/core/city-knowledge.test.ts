import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { MAX_FUTURE_IAT_MS } from '../../licence/best-time.ts';
import { statusAt } from '../../licence/status/status-list.ts';
import { LIST_INDEX, LIST_URI, NOW } from '../../licence/testing/demo-issuer.ts';
import { withBitFlipped } from '../../licence/testing/hex.ts';
import { demoRoot } from '../../licence/testing/trust-set.ts';
import { dataFolder } from '../store/data-folder.ts';
import { SyncStore } from '../store/sync-store.ts';
import { DemoCity, NOW_MS, revocationList } from '../testing/demo-city.ts';
import { openKnowledge } from '../testing/open-knowledge.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { CONNECTED_WITHIN_MS } from './city-knowledge.ts';
import { TestClock } from './clock.ts';

const BUILD_MS = NOW_MS - 1_000_000;

test('nothing is known before the agent has stored anything', async () => {
  const { knowledge } = await open();
  expect(knowledge.trust).toBeUndefined();
  expect(knowledge.statusList(LIST_URI)).toBeUndefined();
});

test('what the agent stores is known at the next look', async () => {
  const { knowledge, store, city } = await open();
  city.enrol(store);
  expect(knowledge.refresh()).toBe(true);
  expect(knowledge.trust?.versions.targets).toBe(1);
  expect(knowledge.statusList(LIST_URI)?.iat).toBe(NOW - 600);
});

test('nothing is read again while the agent writes nothing', async () => {
  const { knowledge } = await open();
  expect(knowledge.refresh()).toBe(false);
});

test('a newer revocation list takes the place of the one held', async () => {
  const { knowledge, store } = await openEnrolled();
  store.saveStatusList(revocationList([LIST_INDEX], NOW - 1));
  knowledge.refresh();
  const list = knowledge.statusList(LIST_URI);
  expect(list && statusAt(list, LIST_INDEX)).toBe(1);
});

test('an older list put back into the store takes no revocation back, and is a fault', async () => {
  const { knowledge, store, faults } = await openEnrolled();
  store.saveStatusList(revocationList([LIST_INDEX], NOW - 1));
  knowledge.refresh();
  store.saveStatusList(revocationList([], NOW - 2));
  knowledge.refresh();
  const list = knowledge.statusList(LIST_URI);
  expect(list && statusAt(list, LIST_INDEX)).toBe(1);
  expect(faults).toEqual([expect.stringContaining('not later')]);
});

test('an older list is no list at all where the newer one is gone', async () => {
  const { knowledge, store } = await openEnrolled();
  store.saveStatusList(revocationList([LIST_INDEX], NOW - 1));
  knowledge.refresh();
  store.dropStatusLists([LIST_URI]);
  knowledge.refresh();
  store.saveStatusList(revocationList([], NOW - 2));
  knowledge.refresh();
  expect(knowledge.statusList(LIST_URI)).toBeUndefined();
});

test('a list the agent dropped is not known any more, and counted as missing while its issuer owns it', async () => {
  const { knowledge, store } = await openEnrolled();
  expect(knowledge.missingLists).toEqual([]);
  store.dropStatusLists([LIST_URI]);
  knowledge.refresh();
  expect(knowledge.statusList(LIST_URI)).toBeUndefined();
  expect(knowledge.missingLists).toEqual([LIST_URI]);
});

test('new trust is known at the next look', async () => {
  const { knowledge, store, city } = await openEnrolled();
  store.saveTrust(city.trust(2));
  knowledge.refresh();
  expect(knowledge.trust?.versions.targets).toBe(2);
});

test('a list whose issuer lost it under new trust is not known any more', async () => {
  const { knowledge, store, city, faults } = await openEnrolled();
  store.saveTrust(city.trust(2, { statusLists: [] }));
  knowledge.refresh();
  expect(knowledge.statusList(LIST_URI)).toBeUndefined();
  expect(faults).toEqual([expect.stringContaining('no admitted issuer owns')]);
});

test.for(['root', 'timestamp', 'snapshot', 'targets'] as const)(
  'trust whose %s was tampered with yields nothing, and a fault',
  async (role) => {
    const { knowledge, store, city, faults } = await openEnrolled();
    const trust = city.trust(2);
    const changed = Buffer.from(Buffer.from(trust[role]).toString().replace('"version":', '"version":1'));
    store.saveTrust({ ...trust, [role]: changed });
    knowledge.refresh();
    expect(knowledge.trust).toBeUndefined();
    expect(faults[0]).toMatch(/^stored trust: /);
  },
);

test('a target file that was tampered with yields nothing, and a fault', async () => {
  const { knowledge, store, city, faults } = await openEnrolled();
  const trust = city.trust(2);
  const files = new Map([...trust.files].map(([name, bytes]) => [name, withBitFlipped(bytes, 9)] as const));
  store.saveTrust({ ...trust, files });
  knowledge.refresh();
  expect(knowledge.trust).toBeUndefined();
  expect(faults[0]).toMatch(/^stored trust: mix-and-match/);
});

test('a status list that was tampered with yields nothing, and a fault', async () => {
  const { knowledge, store, faults } = await openEnrolled();
  const list = revocationList([LIST_INDEX], NOW - 1);
  store.saveStatusList({ ...list, token: withBitFlipped(list.token, list.token.length * 8 - 9) });
  knowledge.refresh();
  expect(knowledge.statusList(LIST_URI)).toBeUndefined();
  expect(faults).toEqual([expect.stringContaining('not signed by a status key')]);
});

test('a list from the future is refused once the city has signed a time', async () => {
  const { knowledge, store } = await openEnrolled();
  store.saveStatusList(revocationList([], NOW + MAX_FUTURE_IAT_MS / 1000 + 1));
  knowledge.refresh();
  expect(knowledge.statusList(LIST_URI)).toBeUndefined();
});

test('a list from the future is known as soon as its time has come near', async () => {
  const { knowledge, store, clock } = await openEnrolled();
  store.saveStatusList(revocationList([], NOW + MAX_FUTURE_IAT_MS / 1000 + 1));
  knowledge.refresh();
  clock.advance(1000);
  expect(knowledge.statusList(LIST_URI)).toBeDefined();
});

test('a list from the future is used while no time was ever signed: the clock may be slow', async () => {
  const { knowledge, store, city } = await open();
  store.saveTrust(city.trust());
  store.saveStatusList(revocationList([], NOW + MAX_FUTURE_IAT_MS / 1000 + 1));
  knowledge.refresh();
  expect(knowledge.statusList(LIST_URI)).toBeDefined();
});

test('a floor the city did not sign is not believed, and is a fault; what it signed before still counts', async () => {
  const { knowledge, store, faults } = await openEnrolled();
  store.saveSignedTime({ offsetMs: 0, floorMs: NOW_MS + 1000 }, new Uint8Array(1));
  knowledge.refresh();
  expect(knowledge.signedTime).toEqual({ offsetMs: 0, floorMs: NOW_MS });
  expect(faults).toEqual([expect.stringContaining('stored time')]);
});

test('the floor is what the city signed, whatever stands beside it', async () => {
  const { knowledge, folder } = await openEnrolled();
  const tampered = new Database(folder.syncDb);
  onTestFinished(() => void tampered.close());
  tampered.prepare('UPDATE clock SET offset_ms = 0, floor_ms = 0').run();
  knowledge.refresh();
  expect(knowledge.signedTime?.floorMs).toBe(NOW_MS);
});

test('a clock before the build is not trusted without a signed time', async () => {
  const { knowledge, clock } = await open();
  clock.jumpTo(BUILD_MS - 1);
  expect(knowledge.time()).toEqual({ trusted: false });
});

test('a clock turned back behind the signed time is not believed', async () => {
  const { knowledge, clock } = await openEnrolled();
  clock.jumpTo(0);
  expect(knowledge.time()).toEqual({ trusted: false });
});

test('of two lists of one iat the first stays, and the other is a fault: nobody may swap a revocation back', async () => {
  const { knowledge, store, faults } = await openEnrolled();
  store.saveStatusList(revocationList([LIST_INDEX], NOW - 1));
  knowledge.refresh();
  store.saveStatusList(revocationList([], NOW - 1));
  knowledge.refresh();
  const list = knowledge.statusList(LIST_URI);
  expect(list && statusAt(list, LIST_INDEX)).toBe(1);
  expect(faults).toEqual([expect.stringContaining('not later')]);
});

test('the very list held, stored anew, is no fault', async () => {
  const { knowledge, store, faults } = await openEnrolled();
  store.saveStatusList(revocationList([LIST_INDEX], NOW - 1));
  knowledge.refresh();
  store.saveStatusList(revocationList([LIST_INDEX], NOW - 1));
  knowledge.refresh();
  expect(faults).toEqual([]);
});

test('a store the agent made anew is noticed, and until then what was known is still known', async () => {
  const { knowledge, store, city, folder } = await openEnrolled();
  store.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${folder.syncDb}${end}`, { force: true });
  knowledge.refresh();
  expect(knowledge.trust).toBeDefined();
  const again = new SyncStore(folder.syncDb);
  onTestFinished(() => again.close());
  city.enrol(again);
  again.saveStatusList(revocationList([LIST_INDEX], NOW - 1));
  knowledge.refresh();
  const list = knowledge.statusList(LIST_URI);
  expect(list && statusAt(list, LIST_INDEX)).toBe(1);
});

test('trust under a root this terminal never came to trust yields nothing, and a fault', async () => {
  const { knowledge, store, city, faults } = await openEnrolled();
  store.saveTrust({ ...city.trust(2), root: demoRoot({ keys: ['stranger'] }) });
  knowledge.refresh();
  expect(knowledge.trust).toBeUndefined();
  expect(faults).toEqual([expect.stringMatching(/root does not follow/)]);
});

test('an older set than the one trusted yields nothing, also after a restart', async () => {
  const { knowledge, store, city, folder, clock } = await openEnrolled();
  store.saveTrust(city.trust(2));
  knowledge.refresh();
  store.saveTrust(city.trust(1));
  const faults: string[] = [];
  const again = openKnowledge(folder, clock, { onFault: (fault) => faults.push(fault) });
  onTestFinished(() => again.close());
  expect(again.knowledge.trust).toBeUndefined();
  expect(faults).toEqual([expect.stringMatching(/rollback/)]);
});

test('the city counts as connected after a report that got through', async () => {
  const { knowledge, store, clock } = await openEnrolled();
  expect(knowledge.connected()).toBe(false);
  store.taskSucceeded('report', NOW_MS);
  expect(knowledge.connected()).toBe(true);
  clock.advance(CONNECTED_WITHIN_MS);
  expect(knowledge.connected()).toBe(false);
});

test('the city does not count as connected after a report that failed since', async () => {
  const { knowledge, store } = await openEnrolled();
  store.taskSucceeded('report', NOW_MS);
  store.taskFailed('report', NOW_MS + 1, 'city-unreachable');
  expect(knowledge.connected()).toBe(false);
});

async function open() {
  const folder = dataFolder(tempFolder());
  const store = new SyncStore(folder.syncDb);
  const clock = new TestClock(NOW_MS);
  const faults: string[] = [];
  const onFault = (fault: string) => faults.push(fault);
  const { knowledge, close } = openKnowledge(folder, clock, { buildMs: BUILD_MS, onFault });
  onTestFinished(() => {
    close();
    store.close();
  });
  return { knowledge, store, clock, faults, folder, city: await DemoCity.found() };
}

async function openEnrolled() {
  const opened = await open();
  opened.city.enrol(opened.store);
  opened.knowledge.refresh();
  return opened;
}
