import { expect, test } from 'vitest';
import { isGs1, symbologyName } from './symbology.ts';

test.each([
  [']Q1', 'QR code'],
  [']Q2', 'QR code with ECI'],
  [']d1', 'Data Matrix'],
  [']d2', 'GS1 DataMatrix'],
  [']C0', 'Code 128'],
  [']h1', 'Han Xin'],
  [']z0', 'Aztec'],
])('%s is %s', (identifier, name) => {
  expect(symbologyName(identifier)).toBe(name);
});

test.each(['', ']', 'Q1', ']Q', ']Q1x', ']k0', ']-1'])('"%s" has no name', (identifier) => {
  expect(symbologyName(identifier)).toBeUndefined();
});

test('GS1 data is told from other data of the same symbology', () => {
  expect([']C1', ']d2', ']Q3', ']e0'].every(isGs1)).toBe(true);
  expect([']C0', ']d1', ']Q1', ']Q5'].some(isGs1)).toBe(false);
});
