import { DAY_MS, HOUR_MS } from '../ago.ts';
import type { HealthDocument } from '../health-document.ts';

/** Where the documents of the tests stand in time, unix ms. */
export const AT = Date.UTC(2026, 10, 23, 8);

export const READY_SCANNER: HealthDocument['scanners'][number] = {
  id: 'serial:/dev/ttyACM0',
  role: 'main',
  state: 'ready',
  device: '/dev/ttyACM0',
  model: 'newland',
  capabilities: [],
  statistics: {
    scans: 12,
    heldOff: 0,
    droppedStale: 0,
    droppedPaused: 0,
    droppedTooFast: 0,
    discardedBytes: 0,
    connections: 1,
    faults: 0,
  },
};

/** A document nothing can be held against. @param changes replace parts of it. */
export function wellDocument(changes: Partial<HealthDocument> = {}): HealthDocument {
  return {
    version: 1,
    at: AT,
    firmware: '0.1.0',
    pid: 1,
    terminalId: '07'.repeat(16),
    upSeconds: 3 * 3600,
    memory: { rssBytes: 80_000_000 },
    service: 'medical-insurance',
    services: ['medical-insurance', 'road-enforcement'],
    screen: 'inviting',
    inService: true,
    clock: { trusted: true, systemMs: AT, offsetMs: 12, signed: iso(AT - HOUR_MS) },
    trust: { versions: { root: 1, timestamp: 5, snapshot: 2, targets: 2 }, expires: iso(AT + 6 * DAY_MS) },
    lists: [{ uri: 'urn:lz:health:1', signed: iso(AT - HOUR_MS), expires: iso(AT + 6 * DAY_MS) }],
    listsHeld: 1,
    missingLists: [],
    scanners: [READY_SCANNER],
    droppedScans: 0,
    audit: { epoch: 'ab'.repeat(8), rows: 40, acknowledged: 38, unacknowledged: 2, oldestMs: AT - 100 },
    store: { level: 'ok', usedPercent: 3, setAside: 0 },
    disk: { freeBytes: 8_000_000_000, totalBytes: 16_000_000_000 },
    exposed: [],
    tasks: [
      { name: 'report', okAt: AT - 60_000, failedAt: null, failure: null },
      { name: 'trust', okAt: AT - 60_000, failedAt: AT - DAY_MS, failure: 'offline' },
    ],
    bridge: { clients: 1, listening: 1 },
    staff: { loggedIn: false },
    ...changes,
  };
}

export function iso(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
