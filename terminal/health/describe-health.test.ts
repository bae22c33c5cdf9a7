import { expect, onTestFinished, test } from 'vitest';
import type { Scanner } from '../../drivers/scanner.ts';
import { LIST_URI } from '../../licence/testing/demo-issuer.ts';
import { MAX_HEALTH_BYTES } from '../../licence/wire/terminal-request.ts';
import { TestClock } from '../core/clock.ts';
import { dataFolder } from '../store/data-folder.ts';
import { SyncStore } from '../store/sync-store.ts';
import { DemoCity, NOW_MS } from '../testing/demo-city.ts';
import { openKnowledge } from '../testing/open-knowledge.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { describeHealth, type HealthFacts, MAX_LISTS } from './describe-health.ts';
import { findingsOf } from './findings.ts';
import { MAX_EXPOSED } from './folder-look.ts';
import { readHealthDocument } from './health-document.ts';
import { iso, READY_SCANNER } from './testing/well-document.ts';

const { lastFault: _, ...COUNTS } = READY_SCANNER.statistics;

test('an enrolled terminal with a scanner and its list is well', async () => {
  const document = describeHealth(await facts());
  expect(findingsOf(document)).toEqual([]);
  expect(document).toMatchObject({
    version: 1,
    at: NOW_MS,
    terminalId: '07'.repeat(16),
    upSeconds: 60,
    screen: 'inviting',
    clock: { trusted: true, offsetMs: 0, signed: iso(NOW_MS) },
    lists: [{ uri: LIST_URI }],
    missingLists: [],
    audit: { rows: 3, acknowledged: 0, unacknowledged: 3, oldestMs: NOW_MS - 5 },
  });
});

test('a document survives the way through JSON as it is', async () => {
  const document = describeHealth(await facts());
  expect(readHealthDocument(JSON.parse(JSON.stringify(document)))).toEqual(document);
});

test('a document of another version is not read', async () => {
  expect(readHealthDocument({ ...describeHealth(await facts()), version: 2 })).toBeUndefined();
});

test('the cause is there while it is out of service', async () => {
  const screen = { name: 'out-of-service', cause: 'no-scanner' } as const;
  const { view } = await facts();
  expect(describeHealth(await facts({ view: { ...view, screen } }))).toMatchObject({ cause: 'no-scanner' });
});

test('how full the store is, is said to one decimal', async () => {
  const store = { level: 'ok', failure: undefined, usedPercent: 12.3456 } as const;
  expect(describeHealth(await facts({ store })).store.usedPercent).toBe(12.3);
});

test('a verdict on the screen leaves nothing but its name in the document', async () => {
  const { view } = await facts();
  const screen = {
    name: 'verdict',
    number: 1,
    outcome: 'accepted',
    reason: 'accepted',
    fields: [{ label: { zh: '姓名', en: 'Name' }, value: '张三丰' }],
    doubtful: [],
    offers: [],
    clearsInMs: 1,
    warns: false,
    extensions: 1,
  } as const;
  const json = JSON.stringify(describeHealth(await facts({ view: { ...view, screen } })));
  expect(json).toContain('"screen":"verdict"');
  expect(json).not.toContain('张三丰');
});

test('the largest document there can be fits the report to the city', async () => {
  const known = await facts();
  const long = '长'.repeat(2000);
  const { knowledge } = known;
  const many = Array.from({ length: 500 }, (_, i) => ({ uri: `${i}${long}`, iat: 1, exp: 2 + i }));
  const scanner = scannerLike({
    id: long,
    state: { name: 'searching', cure: long },
    statistics: {
      ...COUNTS,
      lastFault: { name: 'discarded-bytes', detail: long, agoMs: 1 },
    },
  });
  const document = describeHealth(
    await facts({
      knowledge: {
        trust: knowledge.trust,
        signedTime: knowledge.signedTime,
        statusLists: many.map((list) => ({ ...list, bits: 1, bitmap: new Uint8Array(0) })),
        missingLists: many.map(({ uri }) => uri),
        time: () => knowledge.time(),
        estimatedTime: () => knowledge.estimatedTime(),
        watermark: () => undefined,
        tasks: () =>
          Array.from({ length: 50 }, () => ({
            name: 'trust',
            okAt: 1,
            failedAt: 2,
            failure: 'not-the-city',
          })),
      },
      scanners: Array.from({ length: 8 }, () => scanner),
      store: { level: 'failed', failure: long, usedPercent: 100 },
      folder: { disk: null, exposed: Array.from({ length: MAX_EXPOSED }, () => long), setAside: 3 },
      bridge: { clients: 0, listening: 0, fault: long },
    }),
  );
  expect(Buffer.byteLength(JSON.stringify(document))).toBeLessThanOrEqual(MAX_HEALTH_BYTES);
  expect(document.listsHeld).toBe(500);
  expect(document.lists).toHaveLength(MAX_LISTS);
  expect(document.lists[0]?.expires).toBe(iso(2000)); // those that end first are the ones kept
});

async function facts(changes: Partial<HealthFacts> = {}): Promise<HealthFacts> {
  const folder = dataFolder(tempFolder());
  const sync = new SyncStore(folder.syncDb);
  (await DemoCity.found()).enrol(sync);
  sync.taskSucceeded('report', NOW_MS);
  const { knowledge, close } = openKnowledge(folder, new TestClock(NOW_MS));
  onTestFinished(() => {
    close();
    sync.close();
  });
  return {
    terminalId: new Uint8Array(16).fill(7),
    upMs: 60_500,
    systemMs: NOW_MS,
    view: {
      screen: { name: 'inviting' },
      service: { id: 'medical-insurance', names: { zh: '跨市就医结算', en: 'Medical insurance' } },
    },
    inService: true,
    knowledge,
    scanners: [scannerLike({})],
    droppedScans: 0,
    audit: { epoch: new Uint8Array(8), seq: 3 },
    queue: { unacknowledged: 3, oldestMs: NOW_MS - 5 },
    store: { level: 'ok', failure: undefined, usedPercent: 1 },
    folder: { disk: null, exposed: [], setAside: 0 },
    bridge: { clients: 0, listening: 0 },
    staff: { loggedIn: false },
    ...changes,
  };
}

/** A scanner that only says how it is. */
function scannerLike(changes: Partial<Pick<Scanner, 'id' | 'state' | 'statistics'>>): Scanner {
  const nothing = () => undefined;
  return {
    id: 'serial:/dev/ttyACM0',
    role: 'main',
    state: { name: 'ready', device: '/dev/ttyACM0', model: 'newland' },
    paused: false,
    statistics: COUNTS,
    capabilities: {},
    on: () => nothing,
    claim: nothing,
    release: async () => undefined,
    pause: nothing,
    resume: nothing,
    ...changes,
  };
}
