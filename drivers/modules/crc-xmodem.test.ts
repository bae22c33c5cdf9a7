import { expect, test } from 'vitest';
import { crcXmodem } from './crc-xmodem.ts';

test('it gives the published check value', () => {
  expect(crcXmodem(Buffer.from('123456789'))).toBe(0x31c3);
});

test('of nothing it is zero', () => {
  expect(crcXmodem(new Uint8Array())).toBe(0);
});
