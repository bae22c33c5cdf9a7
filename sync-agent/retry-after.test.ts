import { expect, test } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

test('seconds become ms', () => {
  expect(parseRetryAfter('120', undefined)).toBe(120_000);
});

test("a date counts from the answer's own date, whatever the terminal's clock says", () => {
  const date = 'Fri, 31 Dec 1999 23:59:00 GMT';
  expect(parseRetryAfter('Fri, 31 Dec 1999 23:59:59 GMT', date)).toBe(59_000);
});

test('nonsense is no wait at all', () => {
  for (const header of ['soon', '-5', '1e9', '']) expect(parseRetryAfter(header, undefined)).toBeUndefined();
});
