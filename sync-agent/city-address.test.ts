import { expect, test } from 'vitest';
import { parseCityAddress } from './city-address.ts';

test('https is taken, without slashes at the end', () => {
  expect(parseCityAddress('https://city.example/base//')).toBe('https://city.example/base');
});

test.each(['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:1'])(
  'plain http is taken on loopback: %s',
  (address) => {
    expect(parseCityAddress(address)).toBe(address);
  },
);

test.each([
  'http://city.example',
  'http://10.0.0.1',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example',
  'ftp://city.example',
  'https://user:secret@city.example',
  'https://city.example/?a=b',
  'city.example',
])('refused: %s', (address) => {
  expect(parseCityAddress(address)).toBeUndefined();
});
