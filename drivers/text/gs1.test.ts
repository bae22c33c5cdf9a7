import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gs1Elements, MAX_GS1_CHARACTERS } from './gs1.ts';

const GS = '\x1d';

test('the elements of a medicine are read, fixed and variable length, with dates', () => {
  const text = `0106921234567893172812311098ABC${GS}21SN0001`;
  expect(gs1Elements(']d2', text)).toEqual([
    { ai: '01', title: 'GTIN', value: '06921234567893' },
    { ai: '17', title: 'USE BY OR EXPIRY', value: '281231', date: '2028-12-31' },
    { ai: '10', title: 'BATCH/LOT', value: '98ABC' },
    { ai: '21', title: 'SERIAL', value: 'SN0001' },
  ]);
});

test('what is not GS1 data has no elements', () => {
  expect(gs1Elements(']Q1', '0106921234567893')).toBeUndefined();
});

test.each(['LZ1:6BF', '9', '0199', ''])('"%s" in a GS1 symbol is not guessed at', (text) => {
  expect(gs1Elements(']Q3', text) ?? []).toEqual([]);
});

test('no text makes it throw, and none beyond the limit reaches the library', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      gs1Elements(']C1', text);
    }),
    { numRuns: 200 },
  );
  expect(gs1Elements(']C1', '01'.repeat(MAX_GS1_CHARACTERS))).toBeUndefined();
});
