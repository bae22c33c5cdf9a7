import { expect, test } from 'vitest';
import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { MAX_DISCARDED_SHOWN } from '../framing.ts';
import { LINE_ENDS, LINE_ENDS_AND_TAB } from './line-framing.ts';
import { guardLines, type LineSoFar, NO_LINE } from './line-guard.ts';

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

test('the line parser is never given more than one byte above the limit without a terminator', () => {
  let line: LineSoFar = NO_LINE;
  let passed = 0;
  for (let i = 0; i < 50; i++) {
    const guarded = guardLines(line, new Uint8Array(1_000).fill(0x41), LINE_ENDS);
    line = guarded.line;
    passed += guarded.passed.length;
  }
  expect(passed).toBe(MAX_SCAN_BYTES + 1);
});

test('the length counts again from the terminator', () => {
  const full = { length: MAX_SCAN_BYTES, head: new Uint8Array() };
  const { line } = guardLines(full, Buffer.from('\rAB'), LINE_ENDS);
  expect(line.length).toBe(2);
  expect(latin1(line.head)).toBe('AB');
});

test('every terminator goes on as one LF, and those without a line before them not at all', () => {
  const { passed } = guardLines(NO_LINE, Buffer.from('\n\r\nA\r\n\tB\t'), LINE_ENDS_AND_TAB);
  expect(latin1(passed)).toBe('A\nB\n');
});

test('of the current line its first bytes are kept, however many it has', () => {
  let line: LineSoFar = NO_LINE;
  for (let i = 0; i < 300; i++) line = guardLines(line, Buffer.from('ABC'), LINE_ENDS).line;
  expect(latin1(line.head)).toBe('ABC'.repeat(100).slice(0, MAX_DISCARDED_SHOWN));
  expect(line.length).toBe(900);
});

test('a line that is too long is reported with its first bytes, once', () => {
  const first = guardLines(NO_LINE, Buffer.from('START'), LINE_ENDS);
  const second = guardLines(first.line, new Uint8Array(MAX_SCAN_BYTES).fill(0x41), LINE_ENDS);
  const third = guardLines(second.line, Buffer.from('MORE'), LINE_ENDS);
  const [report] = second.discarded;
  expect(report).toMatchObject({ why: 'too-long', count: MAX_SCAN_BYTES + 1 });
  expect(latin1(report?.bytes ?? new Uint8Array()).slice(0, 6)).toBe('STARTA');
  expect([...first.discarded, ...third.discarded]).toEqual([]);
});
