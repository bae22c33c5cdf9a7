import { afterEach, beforeEach, expect, test } from 'vitest';
import { boundedWindow, MAX_POLL_SECONDS, MIN_POLL_SECONDS, pollDelayMs, sendReport } from './report.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { send } from './testing/fake-city.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.trusting();
});
afterEach(() => bench.close());

const report = () =>
  sendReport(
    { ...bench, version: '1.2.3', trust: () => bench.keeper.current()?.versions, queue: () => 4 },
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
