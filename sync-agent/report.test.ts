import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_HEALTH_BYTES } from '../licence/wire/terminal-request.ts';
import type { StoredHealth } from '../terminal/store/health-document.ts';
import {
  boundedWindow,
  MAX_HEALTH_AGE_MS,
  MAX_POLL_SECONDS,
  MIN_POLL_SECONDS,
  pollDelayMs,
  sendReport,
} from './report.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { send } from './testing/fake-city.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.trusting();
});
afterEach(() => bench.close());

const report = (health?: StoredHealth) =>
  sendReport(
    {
      ...bench,
      version: '1.2.3',
      trust: () => bench.keeper.current()?.versions,
      queue: () => 4,
      health: () => health,
    },
    bench.signal,
  );

test('the city hears how the terminal is', async () => {
  bench.store.saveSignedTime({ offsetMs: -20, floorMs: 0 }, new Uint8Array(1));
  await report();
  expect(bench.city.reports).toEqual([
    {
      version: '1.2.3',
      clockOffsetMs: -20,
      queue: 4,
      trust: { root: 1, timestamp: 1, snapshot: 1, targets: 1 },
      lists: [],
    },
  ]);
});

test("the terminal's own account of its health goes along as it is", async () => {
  await report({ at: bench.clock.now(), json: '{"version":1,"screen":"inviting"}' });
  expect(bench.city.reports).toMatchObject([{ queue: 4, health: { version: 1, screen: 'inviting' } }]);
});

test.for<[string, (now: number) => StoredHealth]>([
  ['too old', (now) => ({ at: now - MAX_HEALTH_AGE_MS - 1, json: '{}' })],
  ['of a clock that was put back', (now) => ({ at: now + MAX_HEALTH_AGE_MS + 1, json: '{}' })],
  ['too large', (now) => ({ at: now, json: `{"a":"${'x'.repeat(MAX_HEALTH_BYTES)}"}` })],
  ['cut off', (now) => ({ at: now, json: '{"version":1' })],
  ['no object', (now) => ({ at: now, json: '[1]' })],
])('a health document that is %s is left out, and the report goes all the same', async ([, stored]) => {
  await report(stored(bench.clock.now()));
  expect(bench.city.reports).toHaveLength(1);
  expect(bench.city.reports[0]).not.toHaveProperty('health');
});

test('a health document there is no room for beside the lists is left out', async () => {
  for (let i = 0; i < 256; i++) {
    const uri = `https://city.example/lists/${'long/'.repeat(30)}${i}`;
    bench.store.saveStatusList({ uri, iat: i, token: new Uint8Array(1), etag: null });
  }
  const json = JSON.stringify({ filling: 'x'.repeat(MAX_HEALTH_BYTES - 100) });
  await report({ at: bench.clock.now(), json });
  expect(bench.city.reports[0]).not.toHaveProperty('health');
  expect(bench.city.reports[0]).toMatchObject({ queue: 4 });
});

test('the city names the next window', async () => {
  bench.city.nextPoll = { fromSeconds: 60, toSeconds: 120 };
  expect(await report()).toEqual({ ok: true, value: { fromSeconds: 60, toSeconds: 120 } });
});

test('an answer that is none is a fault', async () => {
  bench.city.intercept = (_request, response) => {
    send(response, 200, 'application/json', Buffer.from('{"nextPoll":"soon"}'));
    return true;
  };
  expect(await report()).toMatchObject({ fault: { name: 'malformed' } });
});

test("a request dated by a wrong clock is the city's to refuse, by a code", async () => {
  bench.city.now = () => bench.clock.wall + 301_000;
  expect(await report()).toMatchObject({ fault: { status: 401, code: 'clock' } });
});

test('a window is brought within bounds', () => {
  expect(boundedWindow({ fromSeconds: -5, toSeconds: 0 })).toEqual({
    fromSeconds: MIN_POLL_SECONDS,
    toSeconds: MIN_POLL_SECONDS,
  });
  expect(boundedWindow({ fromSeconds: 1e12, toSeconds: 1e13 })).toEqual({
    fromSeconds: MAX_POLL_SECONDS,
    toSeconds: MAX_POLL_SECONDS,
  });
  expect(boundedWindow({ fromSeconds: 100, toSeconds: 50 })).toEqual({ fromSeconds: 100, toSeconds: 100 });
});

test('the next poll is a uniform point in its window', () => {
  const window = { fromSeconds: 10, toSeconds: 20 };
  expect([0, 0.5, 0.9].map((drawn) => pollDelayMs(window, () => drawn))).toEqual([10_000, 15_000, 19_000]);
});
