import { expect, test } from 'vitest';
import { CLOCK_TOLERANCE_MS } from '../../licence/best-time.ts';
import { TestClock } from './clock.ts';
import { TimeKeeper } from './time-keeper.ts';

const NOW = Date.UTC(2026, 5, 1);
const HOUR = 3_600_000;

test('a clock that runs evenly is believed', () => {
  const { clock, keeper } = keep();
  clock.advance(HOUR);
  expect(keeper.now(undefined)).toMatchObject({ trusted: true, unixMs: NOW + HOUR });
});

test('a clock put ahead is believed, since a device that slept looks the same', () => {
  const { clock, keeper } = keep();
  clock.jumpTo(NOW + HOUR);
  expect(keeper.now(undefined)).toMatchObject({ trusted: true, unixMs: NOW + HOUR });
});

test('a clock put ahead and back again is not believed', () => {
  const { clock, keeper } = keep();
  clock.jumpTo(NOW + HOUR);
  keeper.now(undefined);
  clock.jumpTo(NOW);
  expect(keeper.now(undefined)).toEqual({ trusted: false });
});

test('a small step back, as NTP makes it, is believed', () => {
  const { clock, keeper } = keep();
  keeper.now(undefined);
  clock.jumpTo(NOW - CLOCK_TOLERANCE_MS);
  expect(keeper.now(undefined)).toMatchObject({ trusted: true });
});

test('a clock that says less than the terminal lived through before it started is not believed', () => {
  const { keeper } = keep(NOW + HOUR);
  expect(keeper.now(undefined)).toEqual({ trusted: false });
});

test('a time the city signs now ends the doubt', () => {
  const { keeper } = keep(NOW + HOUR);
  const signed = { offsetMs: 0, floorMs: NOW - HOUR };
  expect(keeper.now(signed)).toEqual({ trusted: false });
  expect(keeper.now({ ...signed, floorMs: NOW })).toMatchObject({ trusted: true, unixMs: NOW });
});

test('a floor that fell, which no agent writes, takes nothing back', () => {
  const { clock, keeper } = keep();
  keeper.now({ offsetMs: 0, floorMs: NOW });
  expect(keeper.now({ offsetMs: -HOUR, floorMs: NOW - HOUR })).toEqual({ trusted: false });
  keeper.now({ offsetMs: 0, floorMs: NOW + HOUR });
  clock.advance(1);
  expect(keeper.now({ offsetMs: 0, floorMs: NOW })).toEqual({ trusted: false });
  expect(keeper.now({ offsetMs: HOUR, floorMs: NOW })).toMatchObject({ trusted: true });
});

test('what is dated while the clock is not believed is dated by the time that must have passed', () => {
  const { clock, keeper } = keep();
  keeper.now(undefined);
  clock.advance(HOUR);
  clock.jumpTo(0);
  expect(keeper.estimate(undefined)).toBe(NOW + HOUR);
});

function keep(lastKnownMs = 0) {
  const clock = new TestClock(NOW);
  return { clock, keeper: new TimeKeeper(clock, 0, lastKnownMs) };
}
