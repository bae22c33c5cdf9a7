import { expect, test } from 'vitest';
import { readRoute, writeRoute } from './phone-route.ts';

test.each(['#zh', '#en', '#en/lin-xiaotong', '#zh/lin-xiaotong/lin-insurance'])(
  '%s comes back as it was',
  (hash) => {
    expect(writeRoute(readRoute(hash))).toBe(hash);
  },
);

test('an address without a place is the list of people in Chinese', () => {
  expect(readRoute('')).toEqual({ language: 'zh' });
});
