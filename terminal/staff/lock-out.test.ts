import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  charged,
  FIRST_LOCK_MS,
  FREE_FAILURES,
  type LockOut,
  lockMs,
  MAX_LOCK_MS,
  waitMs,
} from './lock-out.ts';

const MINUTE = 60_000;
const AT = { unixMs: 1_800_000_000_000, monotonicMs: 1000 };
const NONE: LockOut = { failures: 0, lockedUntil: 0 };

test('the fifth failure in a row locks for five minutes, each one more for twice as long, up to an hour', () => {
  const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000].map((failures) => lockMs(failures) / MINUTE);
  expect(minutes).toEqual([0, 0, 0, 0, 5, 10, 20, 40, 60, 60, 60]);
});

test('before the fifth nobody waits', () => {
  expect(waitMs(afterFailures(FREE_FAILURES - 1), AT, undefined)).toBe(0);
});

test('the lock ends when its time is over', () => {
  const lock = afterFailures(FREE_FAILURES);
  expect(waitMs(lock, AT, undefined)).toBe(FIRST_LOCK_MS);
  expect(waitMs(lock, later(FIRST_LOCK_MS - 1), undefined)).toBe(1);
  expect(waitMs(lock, later(FIRST_LOCK_MS), undefined)).toBe(0);
});

test('a wall clock put ahead ends no lock that began in this process', () => {
  const ahead = { ...AT, unixMs: AT.unixMs + 365 * 24 * 60 * MINUTE };
  expect(waitMs(afterFailures(FREE_FAILURES), ahead, AT.monotonicMs + FIRST_LOCK_MS)).toBe(FIRST_LOCK_MS);
});

test('a wall clock put back locks for no longer than the lock was', () => {
  const back = { ...AT, unixMs: AT.unixMs - 365 * 24 * 60 * MINUTE };
  expect(waitMs(afterFailures(FREE_FAILURES), back, undefined)).toBe(FIRST_LOCK_MS);
});

test('a lock that was taken off holds nobody, whatever was held in memory', () => {
  expect(waitMs(NONE, AT, AT.monotonicMs + MAX_LOCK_MS)).toBe(0);
});

test('whatever the clocks do, nobody waits for a fraction of a ms, for less than nothing, or for more than an hour', () => {
  const lock = fc.record({ failures: fc.nat(10_000), lockedUntil: fc.maxSafeNat() });
  const ms = fc.double({ min: 0, max: 1e15, noNaN: true });
  const now = fc.record({ unixMs: ms, monotonicMs: ms });
  fc.assert(
    fc.property(lock, now, fc.option(ms, { nil: undefined }), (state, moment, held) => {
      const wait = waitMs(state, moment, held);
      expect(Number.isInteger(wait) && wait >= 0 && wait <= MAX_LOCK_MS).toBe(true);
    }),
  );
});

function afterFailures(count: number): LockOut {
  let lock = NONE;
  for (let i = 0; i < count; i++) lock = charged(lock, AT);
  return lock;
}

function later(ms: number) {
  return { unixMs: AT.unixMs + ms, monotonicMs: AT.monotonicMs + ms };
}
