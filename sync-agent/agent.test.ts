import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AuditLog } from '../terminal/store/audit-log.ts';
import { AUDIT_POLL_MS, CLOCK_JUMP_MS, runAgent } from './agent.ts';
import { nodeNetwork } from './node-network.ts';
import { TASK_GAP_MS } from './task.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { LIST_URI, refuse } from './testing/fake-city.ts';
import { hurriedClock } from './testing/test-clock.ts';

const even = hurriedClock(20);
/** By how much somebody has set the system clock. */
let setByMs = 0;
const clock = { ...even, now: () => even.now() + setByMs };
let bench: Bench;
let running: Promise<void> = Promise.resolve();
beforeEach(async () => {
  bench = await openBench();
  setByMs = 0;
  bench.city.now = () => even.now();
});
afterEach(async () => {
  bench.stop.abort();
  await running;
  await bench.close();
});

const seconds = () => Math.floor(clock.now() / 1000);
const until = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 10 });
const task = (name: string) => bench.store.tasks().find((one) => one.name === name);

/** Until the agent has done what a start brings with it and asks for nothing more. */
async function quiet(): Promise<void> {
  for (let asked = -1; asked !== bench.city.asked.length; ) {
    asked = bench.city.asked.length;
    await clock.sleep(10 * TASK_GAP_MS, bench.signal);
  }
}

function start(): void {
  const network = nodeNetwork(clock);
  const silent = { debug: () => undefined, warn: () => undefined, error: () => undefined };
  const { folder, store, key, verifier } = bench;
  running = runAgent(
    { folder, store, key, verifier, clock, network, random: () => 0.1, log: silent, version: '1.0.0' },
    bench.signal,
  ).finally(() => network.close());
}

test('from an enrolment file to everything in step', async () => {
  const log = AuditLog.open(bench.folder.auditDb, bench.identity.terminalId);
  log.append({ event: 'start', unixMs: 0, public: new Map(), sealed: null });
  const { url, enrolmentCode } = bench.city;
  writeFileSync(bench.folder.enrolment, JSON.stringify({ city: url, code: enrolmentCode }));
  start();
  await until(() => {
    for (const name of ['enrolment', 'trust', 'time', 'lists', 'audit', 'report', 'hints']) {
      expect(task(name)?.okAt).toBeTypeOf('number');
    }
  });
  expect(bench.store.statusLists()).toHaveLength(1);
  expect(bench.store.signedTime()).toBeDefined();
  expect(bench.store.watermark(log.epoch)?.seq).toBe(1);
  log.close();
});

test('a hint has its list fetched', async () => {
  // a stream given up for its silence would have the list fetched too
  bench.city.heartbeatMs = 100;
  bench.enrolled();
  start();
  await until(() => expect(task('hints')?.okAt).toBeTypeOf('number'));
  await quiet();
  const iat = seconds();
  bench.city.publishList(iat);
  bench.city.hint('list', { uri: LIST_URI });
  await until(() => expect(bench.store.statusLists()[0]?.iat).toBe(iat));
});

test('a new audit row is pushed without being asked for', async () => {
  bench.enrolled();
  const log = AuditLog.open(bench.folder.auditDb, bench.identity.terminalId);
  start();
  await until(() => expect(task('audit')?.okAt).toBeTypeOf('number'));
  log.append({ event: 'scan', unixMs: 0, public: new Map(), sealed: null });
  await until(() => expect(bench.store.watermark(log.epoch)?.seq).toBe(1));
  log.close();
});

test('a refusal for the clock has the time asked for', async () => {
  bench.enrolled();
  let refused = false;
  bench.city.intercept = (request, response) => {
    if (refused || request.url !== '/v1/report') return false;
    refused = true;
    refuse(response, 401, 'clock');
    return true;
  };
  start();
  await until(() => expect(bench.city.count('POST /v1/time')).toBeGreaterThanOrEqual(2));
  await until(() => expect(bench.city.reports).toHaveLength(1));
  expect(task('report')?.failure).toBe('refused:clock');
});

test('a system clock that is set in small steps has the time asked for', async () => {
  bench.enrolled();
  start();
  await until(() => expect(task('time')?.okAt).toBeTypeOf('number'));
  await quiet();
  const before = bench.city.count('POST /v1/time');
  for (let step = 0; step < 2; step++) {
    setByMs += 0.75 * CLOCK_JUMP_MS;
    await clock.sleep(5 * AUDIT_POLL_MS, bench.signal);
  }
  await until(() => expect(bench.city.count('POST /v1/time')).toBeGreaterThan(before));
  await until(() => expect(bench.store.signedTime()?.offsetMs).toBeLessThan(-CLOCK_JUMP_MS / 2));
});

test('the window the city names is kept from the first answer on', async () => {
  bench.city.nextPoll = { fromSeconds: 5, toSeconds: 5 };
  bench.enrolled();
  start();
  await until(() => expect(bench.city.reports.length).toBeGreaterThanOrEqual(4));
});

test('a city that is down at first is reached once it is up', async () => {
  bench.enrolled();
  let down = true;
  bench.city.intercept = (_request, response) => {
    if (down) response.destroy();
    return down;
  };
  start();
  await until(() => expect(task('trust')?.failure).toBe('offline'));
  down = false;
  await until(() => expect(bench.city.reports).toHaveLength(1));
});

test('a city that is busy is not asked before its time', async () => {
  bench.enrolled();
  bench.city.intercept = (_request, response) => {
    refuse(response, 503, 'busy', { 'retry-after': '3600' });
    return true;
  };
  start();
  await until(() => expect(task('trust')?.failure).toBe('busy'));
  bench.stop.abort();
  await running;
  expect(bench.city.asked).toHaveLength(1);
});

test('an agent that waits for an enrolment file can be ended', async () => {
  start();
  bench.stop.abort();
  await expect(running).resolves.toBeUndefined();
});
