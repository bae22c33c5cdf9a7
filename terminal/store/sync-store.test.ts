import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { SyncReader, SyncStore } from './sync-store.ts';

const EPOCH = bytes('epoch-01');

test('the time floor never falls', () => {
  const { store } = openStore();
  store.saveSignedTime({ offsetMs: 10, floorMs: 2000 }, new Uint8Array(1));
  store.saveSignedTime({ offsetMs: 10, floorMs: 1000 }, new Uint8Array(1));
  expect(store.signedTime()?.floorMs).toBe(2000);
});

test('the time offset is always the newest one, also where the floor stays', () => {
  const { store } = openStore();
  store.saveSignedTime({ offsetMs: 10, floorMs: 2000 }, new Uint8Array(1));
  store.saveSignedTime({ offsetMs: -5, floorMs: 1000 }, new Uint8Array(1));
  expect(store.signedTime()).toEqual({ offsetMs: -5, floorMs: 2000 });
});

test('trust is replaced as one set: no file of the last set stays', () => {
  const { store } = openStore();
  store.saveTrust(trust('old', new Map([['old.json', bytes('old')]])));
  const next = trust('new', new Map([['new.json', bytes('new')]]));
  store.saveTrust(next);
  expect(store.trustFiles()).toEqual(next);
});

test('trust whose saving breaks off leaves the last set whole', () => {
  const { store } = openStore();
  const old = trust('old', new Map([['old.json', bytes('old')]]));
  store.saveTrust(old);
  expect(() => store.saveTrust(trust('new', new BreakingFiles()))).toThrow('broke off');
  expect(store.trustFiles()).toEqual(old);
});

test('every root since the first is kept, for whoever has to walk the chain', () => {
  const { store } = openStore();
  store.saveEnrolment({ terminalId: bytes('0123456789abcdef'), city: 'https://city.example' }, bytes('one'));
  store.saveTrust(trust('three', new Map()), [
    { version: 2, bytes: bytes('two') },
    { version: 3, bytes: bytes('three') },
  ]);
  store.saveTrust(trust('three', new Map()));
  expect([0, 1, 2, 3].map((version) => store.rootAfter(version))).toEqual([
    bytes('one'),
    bytes('two'),
    bytes('three'),
    undefined,
  ]);
});

test('trust whose saving breaks off leaves no root behind', () => {
  const { store } = openStore();
  const broken = trust('new', new BreakingFiles());
  expect(() => store.saveTrust(broken, [{ version: 2, bytes: bytes('new') }])).toThrow('broke off');
  expect(store.rootAfter(1)).toBeUndefined();
});

test('a watermark is kept per epoch, with whether the city saw a fork', () => {
  const { store } = openStore();
  const other = { epoch: bytes('epoch-02'), seq: 3, head: bytes('b'), forked: true };
  store.saveWatermark({ epoch: EPOCH, seq: 7, head: bytes('a'), forked: false });
  store.saveWatermark(other);
  expect(store.watermark(EPOCH)).toEqual({ epoch: EPOCH, seq: 7, head: bytes('a'), forked: false });
  expect(store.watermark(other.epoch)).toEqual(other);
});

test('an epoch the city never acknowledged has no watermark', () => {
  expect(openStore().store.watermark(EPOCH)).toBeUndefined();
});

test('a new status list takes the place of the one held under its uri', () => {
  const { store } = openStore();
  store.saveStatusList({ uri: 'list:1', iat: 1, token: bytes('a'), etag: '"a"' });
  store.saveStatusList({ uri: 'list:1', iat: 2, token: bytes('b'), etag: null });
  expect(store.statusLists()).toEqual([{ uri: 'list:1', iat: 2, token: bytes('b'), etag: null }]);
});

test('every saved status list has a revision of its own, whatever its iat, also after it was dropped', () => {
  const { store } = openStore();
  const list = { uri: 'list:1', iat: 1, token: bytes('a'), etag: null };
  const revisions = [1, 2, 3].map((time) => {
    if (time === 3) store.dropStatusLists([list.uri]);
    store.saveStatusList(list);
    return store.statusListHeads().map(({ revision }) => revision);
  });
  expect(revisions).toEqual([[1], [2], [3]]);
});

test('lists nobody owns any more are dropped, the others stay', () => {
  const { store } = openStore();
  for (const uri of ['list:1', 'list:2']) {
    store.saveStatusList({ uri, iat: 1, token: bytes('a'), etag: null });
  }
  store.dropStatusLists(['list:1']);
  expect(store.statusLists().map(({ uri }) => uri)).toEqual(['list:2']);
});

test('enrolment and the root it vouched for are kept together', () => {
  const { store } = openStore();
  const enrolment = { terminalId: bytes('0123456789abcdef'), city: 'https://city.example' };
  store.saveEnrolment(enrolment, bytes('root'));
  expect(store.enrolment()).toEqual(enrolment);
  expect(store.firstRoot()).toEqual(bytes('root'));
});

test('a failure of a task does not hide when it last succeeded', () => {
  const { store } = openStore();
  store.taskSucceeded('report', 1);
  store.taskFailed('report', 2, 'city-unreachable');
  expect(store.tasks()).toEqual([{ name: 'report', okAt: 1, failedAt: 2, failure: 'city-unreachable' }]);
});

test('a reader sees by its data version that the agent has written', () => {
  const { store, path } = openStore();
  const reader = SyncReader.open(path);
  onTestFinished(() => reader?.close());
  const before = reader?.dataVersion();
  expect(reader?.dataVersion()).toBe(before);
  store.taskSucceeded('report', 1);
  expect(reader?.dataVersion()).not.toBe(before);
});

test('an empty store knows nothing, rather than something made up', () => {
  const { store } = openStore();
  expect(store.enrolment()).toBeUndefined();
  expect(store.firstRoot()).toBeUndefined();
  expect(store.trustFiles()).toBeUndefined();
  expect(store.signedTime()).toBeUndefined();
});

/** Breaks off after its first file, as a power cut or a full disk would. */
class BreakingFiles extends Map<string, Uint8Array> {
  override *[Symbol.iterator](): MapIterator<[string, Uint8Array]> {
    yield ['new.json', bytes('new')];
    throw new Error('broke off');
  }
}

function trust(text: string, files: ReadonlyMap<string, Uint8Array>) {
  const role = bytes(text);
  return { root: role, timestamp: role, snapshot: role, targets: role, files };
}

/** As better-sqlite3 gives bytes back. */
function bytes(text: string): Buffer {
  return Buffer.from(text);
}

function openStore(): { store: SyncStore; path: string } {
  const path = join(tempFolder(), 'sync.db');
  const store = new SyncStore(path);
  onTestFinished(() => store.close());
  return { store, path };
}
