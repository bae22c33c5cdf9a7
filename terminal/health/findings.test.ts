import { expect, test } from 'vitest';
import { AGENT_SILENT_MS } from './agent-findings.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './ago.ts';
import { DISK_FULL_BYTES, DISK_LOW_BYTES } from './disk-findings.ts';
import type { Finding } from './finding.ts';
import { findingsOf, RULES } from './findings.ts';
import type { HealthDocument } from './health-document.ts';
import { LIST_STALE_MS } from './list-findings.ts';
import { QUEUE_LONG, QUEUE_OLD_MS } from './store-findings.ts';
import { AT, iso, READY_SCANNER, wellDocument } from './testing/well-document.ts';
import { ENDS_SOON_MS } from './trust-findings.ts';

const { clock, trust, store, audit, bridge } = wellDocument();
const searching = {
  ...READY_SCANNER,
  state: 'searching' as const,
  cure: 'Add the user to the group dialout.',
};
const statistics = READY_SCANNER.statistics;
const silent = (agoMs: number) => ({ lastFault: { name: 'module-silent', detail: '', agoMs } });
const list = (signed: number, expires: number) => ({
  lists: [{ uri: 'urn:x', signed: iso(signed), expires: iso(expires) }],
});
const failed = (failure: string) => ({
  tasks: [{ name: 'lists', okAt: AT - HOUR_MS, failedAt: AT - 1, failure }],
});

/** What is wrong with the document, the finding it makes, and how it is shown. */
const TABLE: readonly [Partial<HealthDocument>, string, Finding['level'], about?: string][] = [
  [{ clock: { ...clock, trusted: false } }, 'clock-untrusted', 'fail'],
  [{ clock: { ...clock, signed: null, offsetMs: null } }, 'clock-never-signed', 'warn'],
  [{ clock: { ...clock, offsetMs: 3 * MINUTE_MS } }, 'clock-off', 'warn'],
  [{ clock: { ...clock, offsetMs: -3 * MINUTE_MS } }, 'clock-off', 'warn'],
  [{ trust: null, services: [], cause: 'not-enrolled' }, 'not-enrolled', 'fail'],
  [{ service: 'dog-tax' }, 'unknown-service', 'fail'],
  [{ trust: trust && { ...trust, expires: iso(AT) } }, 'trust-expired', 'fail'],
  [{ trust: trust && { ...trust, expires: iso(AT + ENDS_SOON_MS) } }, 'trust-ends-soon', 'warn'],
  [{ missingLists: ['urn:x'] }, 'list-missing', 'fail', 'urn:x'],
  [list(AT - DAY_MS, AT), 'list-expired', 'fail', 'urn:x'],
  [list(AT - 6 * DAY_MS, AT + ENDS_SOON_MS), 'list-ends-soon', 'warn', 'urn:x'],
  [list(AT - LIST_STALE_MS - 1, AT + 5 * DAY_MS), 'list-stale', 'warn', 'urn:x'],
  [{ scanners: [] }, 'no-scanner', 'fail'],
  [{ scanners: [READY_SCANNER, { ...searching, id: 'serial:x' }] }, 'scanner-searching', 'warn', 'serial:x'],
  [
    {
      scanners: [READY_SCANNER, { ...searching, id: 'auto:', statistics: { ...statistics, connections: 1 } }],
    },
    'scanner-searching',
    'warn',
    'auto:',
  ],
  [
    { scanners: [{ ...READY_SCANNER, statistics: { ...statistics, ...silent(1) } }] },
    'module-silent',
    'warn',
    READY_SCANNER.id,
  ],
  [{ droppedScans: 1 }, 'scans-dropped', 'warn'],
  [
    { scanners: [{ ...READY_SCANNER, statistics: { ...statistics, droppedTooFast: 3 } }] },
    'scans-dropped',
    'warn',
  ],
  [{ store: { ...store, level: 'failed', failure: 'read-only: EROFS' } }, 'store-failed', 'fail'],
  [{ store: { ...store, level: 'full', usedPercent: 96 } }, 'store-full', 'fail'],
  [{ store: { ...store, level: 'low', usedPercent: 81 } }, 'store-low', 'warn'],
  [{ store: { ...store, setAside: 1 } }, 'store-set-aside', 'warn'],
  [{ audit: { ...audit, oldestMs: AT - QUEUE_OLD_MS - 1 } }, 'queue-old', 'warn'],
  [{ audit: { ...audit, unacknowledged: QUEUE_LONG + 1 } }, 'queue-long', 'warn'],
  [{ disk: { freeBytes: DISK_FULL_BYTES - 1, totalBytes: 1e9 } }, 'disk-full', 'fail'],
  [{ disk: { freeBytes: DISK_LOW_BYTES - 1, totalBytes: 1e9 } }, 'disk-low', 'warn'],
  [{ exposed: ['terminal.key'] }, 'file-exposed', 'fail', 'terminal.key'],
  [{ tasks: [] }, 'agent-never-ran', 'fail'],
  [{ clock: { ...clock, systemMs: AT + AGENT_SILENT_MS } }, 'agent-silent', 'fail'],
  [{ bridge: { ...bridge, fault: 'bridge-clients.json: not JSON' } }, 'bridge-clients-broken', 'fail'],
  [failed('certificate'), 'agent-failing', 'fail', 'lists (certificate)'],
  [failed('refused:unheard-of'), 'agent-failing', 'fail', 'lists (refused:unheard-of)'],
  [failed('unheard-of'), 'agent-failing', 'fail', 'lists (unheard-of)'],
  [failed('offline'), 'agent-hindered', 'warn', 'lists (offline)'],
  [failed('not-the-city'), 'agent-hindered', 'warn', 'lists (not-the-city)'],
];

test('nothing is held against a terminal that is well', () => {
  expect(findingsOf(wellDocument())).toEqual([]);
});

test.each(TABLE)('%o is %s: %s', (changes, code, level, about = '') => {
  expect(findingsOf(wellDocument(changes))).toEqual([expect.objectContaining({ code, level, about })]);
});

test('every rule has a row in the table', () => {
  const tested = new Set(TABLE.map(([, code]) => code));
  expect(RULES.map(({ code }) => code).filter((code) => !tested.has(code))).toEqual([]);
});

test.each([
  [1, 'A broken audit store lies in'],
  [2, '2 broken audit stores lie in'],
])('%i set aside is said as people say it', (setAside, words) => {
  const [finding] = findingsOf(wellDocument({ store: { ...store, setAside } }));
  expect(finding?.sentence.en).toContain(words);
});

test('every finding says in both languages what it is and what helps', () => {
  for (const [changes] of TABLE) {
    for (const { sentence, cure } of findingsOf(wellDocument(changes))) {
      for (const { zh, en } of [sentence, cure]) {
        expect(zh).toMatch(/\p{Script=Han}.*[。）A-Z\w]$/u);
        expect(en).not.toMatch(/\p{Script=Han}|undefined|null|NaN/u);
        expect(zh).not.toMatch(/undefined|null|NaN/);
      }
    }
  }
});

test('what fails comes before what is to be watched', () => {
  const levels = findingsOf(
    wellDocument({ droppedScans: 1, exposed: ['terminal.key'], clock: { ...clock, offsetMs: 1e7 } }),
  ).map(({ level }) => level);
  expect(levels).toEqual(['fail', 'warn', 'warn']);
});

test.each<[string, Partial<HealthDocument>]>([
  [
    'a scanner that was only looked for',
    {
      scanners: [READY_SCANNER, { ...searching, id: 'auto:', statistics: { ...statistics, connections: 0 } }],
    },
  ],
  [
    'a module that was silent long ago',
    { scanners: [{ ...READY_SCANNER, statistics: { ...statistics, ...silent(HOUR_MS) } }] },
  ],
  ['an agent that had no time yet to speak', { tasks: [], upSeconds: 60 }],
  [
    'a terminal just started, on a store whose agent stood still as long',
    { upSeconds: 60, clock: { ...clock, systemMs: AT + DAY_MS } },
  ],
  ['a list of a day in its first hours', list(AT - HOUR_MS, AT + 23 * HOUR_MS)],
  ['an empty queue', { audit: { epoch: '', rows: 9, acknowledged: 9, unacknowledged: 0 } }],
  ['a store that can’t be read having no queue', { audit: { epoch: '', rows: 9, acknowledged: 9 } }],
  ['a system that says nothing of its disk', { disk: null }],
])('%s is no finding', (_, changes) => {
  expect(findingsOf(wellDocument(changes))).toEqual([]);
});

test.each(['read-only', 'no-access', 'no-space', 'gone', 'busy', 'broken', 'io-error', 'no name of it'])(
  'a store that failed with %s has a cure',
  (failure) => {
    const [finding] = findingsOf(
      wellDocument({ store: { ...store, level: 'failed', failure: `${failure}: x` } }),
    );
    expect(finding?.cure.en).toMatch(/\.$/);
  },
);
