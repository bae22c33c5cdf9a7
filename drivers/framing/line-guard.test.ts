import { expect, test } from 'vitest';
import { MAX_SCAN_BYTES } from '../scanner.ts';
import { guardLines } from './line-guard.ts';

test('the line parser is never given more than one byte above the limit without a terminator', () => {
  let lineLength = 0;
  let passed = 0;
  for (let i = 0; i < 50; i++) {
    const guarded = guardLines(lineLength, new Uint8Array(1_000).fill(0x41));
    lineLength = guarded.lineLength;
    passed += guarded.passed.length;
  }
  expect(passed).toBe(MAX_SCAN_BYTES + 1);
});

test('the length counts again from the terminator', () => {
  expect(guardLines(MAX_SCAN_BYTES, Buffer.from('\rAB')).lineLength).toBe(2);
});
