import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceText, hexNumber, MAX_DEVICE_TEXT } from './device-text.ts';

test('a plain name stays as it is', () => {
  expect(deviceText('民德 CS2290\n')).toBe('民德 CS2290');
});

test('escape sequences, line ends and direction marks go', () => {
  expect(deviceText('\x1b[2J\r\nABC\u202eDEF\u2028G')).toBe('[2J ABC DEF G');
});

test('nothing, or nothing that can be shown, is nothing', () => {
  expect([undefined, '', ' \x00\n'].map(deviceText)).toEqual([undefined, undefined, undefined]);
});

const PIECES = [
  'a',
  'word',
  ' ',
  '证',
  '😀',
  '\n',
  '\x1b',
  '\x9b',
  '\u202e',
  '\u2028',
  '\ud800',
  '\udc00',
  '\ufeff',
];

test('whatever a device says, what is shown is short and has no control characters', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 200 }), (pieces) => {
      const shown = deviceText(pieces.join('')) ?? '';
      expect([...shown].length).toBeLessThanOrEqual(MAX_DEVICE_TEXT);
      expect(shown).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['0c2e\n', 0x0c2e],
  ['0C2E', 0x0c2e],
  ['c2e', 0x0c2e],
  ['10c2e', undefined],
  ['0x0c', undefined],
  ['-1', undefined],
  ['', undefined],
  [undefined, undefined],
])('%o is read as the id %o', (text, id) => {
  expect(hexNumber(text)).toBe(id);
});
