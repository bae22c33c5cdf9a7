import { expect, test } from 'vitest';
import { quantile } from './quantile.ts';

test('the median, the 95th percentile and the largest of twenty values', () => {
  const values = Array.from({ length: 20 }, (_, i) => 20 - i);
  expect([0.5, 0.95, 1].map((share) => quantile(values, share))).toEqual([10, 19, 20]);
});
