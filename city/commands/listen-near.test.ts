import { expect, test } from 'vitest';
import { addressOf } from './listen-near.ts';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8700'],
  ['::1', 'http://[::1]:8700'],
])('a server on %s is at %s', (host, address) => {
  expect(addressOf(host, 8700)).toBe(address);
  expect(URL.canParse(address)).toBe(true);
});
