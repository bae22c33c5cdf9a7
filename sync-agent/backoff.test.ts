import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BACKOFF_MAX_MS, backoffMs, RETRY_AFTER_MAX_MS } from './backoff.ts';

const JUST_BELOW_ONE = 1 - Number.EPSILON;

test('the ceiling doubles from one second and stops at five minutes', () => {
  const ceilings = [0, 1, 2, 8, 9, 5000].map((n) => Math.round(backoffMs(n, () => JUST_BELOW_ONE)));
  expect(ceilings).toEqual([1000, 2000, 4000, 256_000, BACKOFF_MAX_MS, BACKOFF_MAX_MS]);
});

test('every point from nothing to the ceiling can be drawn', () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.double({ min: 0, max: JUST_BELOW_ONE, noNaN: true }), (n, drawn) => {
      const wait = backoffMs(n, () => drawn);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(Math.min(BACKOFF_MAX_MS, 1000 * 2 ** n));
    }),
  );
});

test('a Retry-After is waited out before the jitter begins', () => {
  expect(backoffMs(0, () => 0, 30_000)).toBe(30_000);
  expect(backoffMs(0, () => 0.5, 30_000)).toBe(30_500);
});

test('a Retry-After of a year is an hour', () => {
  expect(backoffMs(0, () => 0, 365 * 86_400_000)).toBe(RETRY_AFTER_MAX_MS);
});
