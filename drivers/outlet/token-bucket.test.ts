import { expect, test } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const taken = (bucket: TokenBucket, times: number, now: number) =>
  Array.from({ length: times }, () => bucket.take(now)).filter((through) => through).length;

test('so many go through at once', () => {
  expect(taken(new TokenBucket(3, 1), 10, 1_000)).toBe(3);
});

test('then so many a second', () => {
  const bucket = new TokenBucket(3, 2);
  taken(bucket, 10, 1_000);
  expect(taken(bucket, 10, 1_999)).toBe(1);
  expect(taken(bucket, 10, 2_501)).toBe(2);
});

test('a long rest saves up no more than the first number', () => {
  const bucket = new TokenBucket(3, 2);
  taken(bucket, 10, 0);
  expect(taken(bucket, 10, 1_000_000)).toBe(3);
});
