import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateSigningKey } from '../licence/issue/signing-key.ts';
import { sealTimeAnswer } from '../licence/wire/time-answer.ts';
import type { Outcome } from './fault.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { send } from './testing/fake-city.ts';
import { askTime, MAX_ROUND_TRIP_MS } from './time.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.trusting();
});
afterEach(() => bench.close());

const ask = () => askTime(bench, bench.signal);
const name = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.fault.name);

function answer(make: (requestId: Uint8Array) => Uint8Array): void {
  bench.city.intercept = (_request, response, body) => {
    send(response, 200, 'application/cose', make(body));
    return true;
  };
}

test("the city's time against the middle of the round trip is the offset, and it is the floor", async () => {
  const cityTime = bench.clock.wall + 100_000;
  answer((requestId) => {
    bench.clock.advance(400);
    return sealTimeAnswer({ requestId, unixMs: cityTime }, bench.city.cityKey);
  });
  expect(await ask()).toEqual({ ok: true, value: 100_000 - 200 });
  expect(bench.store.signedTime()).toEqual({ offsetMs: 99_800, floorMs: cityTime });
});

test('an answer to another request is refused', async () => {
  const other = new Uint8Array(16);
  answer(() => sealTimeAnswer({ requestId: other, unixMs: bench.clock.wall }, bench.city.cityKey));
  expect(name(await ask())).toBe('not-signed');
  expect(bench.store.signedTime()).toBeUndefined();
});

test('an answer by a key that is not admitted for time is refused', async () => {
  answer((requestId) => sealTimeAnswer({ requestId, unixMs: bench.clock.wall }, generateSigningKey()));
  expect(name(await ask())).toBe('not-signed');
});

test('an answer after more than ten seconds is worth nothing', async () => {
  answer((requestId) => {
    bench.clock.advance(MAX_ROUND_TRIP_MS + 1);
    return sealTimeAnswer({ requestId, unixMs: bench.clock.wall }, bench.city.cityKey);
  });
  expect(name(await ask())).toBe('slow');
  expect(bench.store.signedTime()).toBeUndefined();
});
