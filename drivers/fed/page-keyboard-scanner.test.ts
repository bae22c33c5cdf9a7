import { expect, test } from 'vitest';
import { describeScannerContract } from '../testing/scanner-contract.ts';
import { recordScanner } from '../testing/scanner-record.ts';
import { MAX_TYPED_CHARACTERS, PageKeyboardScanner } from './page-keyboard-scanner.ts';

const now = () => performance.now();

describeScannerContract('page keyboard', () => {
  const scanner = new PageKeyboardScanner(now);
  return { scanner, show: (code) => void scanner.typed(code), close: () => undefined };
});

function claimedScanner() {
  const scanner = new PageKeyboardScanner(now);
  const record = recordScanner(scanner);
  scanner.claim();
  return { scanner, record };
}

test('the longest text is scanned', () => {
  const { scanner, record } = claimedScanner();
  expect(scanner.typed('A'.repeat(MAX_TYPED_CHARACTERS))).toBe('scanned');
  expect(record.codes[0]).toHaveLength(MAX_TYPED_CHARACTERS);
});

test('one character more is dropped and reported as too long', () => {
  const { scanner, record } = claimedScanner();
  expect(scanner.typed('A'.repeat(MAX_TYPED_CHARACTERS + 1))).toBe('too-long');
  expect(record.faults).toMatchObject([{ name: 'too-long' }]);
  expect(record.scans).toEqual([]);
});

test('few characters of many bytes are too long as well', () => {
  const { scanner, record } = claimedScanner();
  expect(scanner.typed('证'.repeat(MAX_TYPED_CHARACTERS))).toBe('too-long');
  expect(record.faults).toMatchObject([{ name: 'too-long' }]);
});

test('text typed while it is not running is answered with not-ready, however long', () => {
  const scanner = new PageKeyboardScanner(now);
  const record = recordScanner(scanner);
  expect(scanner.typed('A'.repeat(MAX_TYPED_CHARACTERS + 1))).toBe('not-ready');
  expect(record.faults).toEqual([]);
});
