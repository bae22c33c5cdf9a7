import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { concat } from '../concat.ts';
import { type Discarded, discard, MAX_DISCARDED_SHOWN } from '../framing.ts';

const LF = 0x0a;

/** The current line so far. */
export interface LineSoFar {
  /** How many of its bytes have come through: MAX_SCAN_BYTES + 1 says that it is overlong. */
  readonly length: number;
  /** Its first bytes, for the report if it comes to nothing. */
  readonly head: Uint8Array;
}

export const NO_LINE: LineSoFar = { length: 0, head: new Uint8Array() };

export interface GuardedBytes {
  readonly line: LineSoFar;
  /** What may go on to the line parser: every line ended by one LF, no empty line, none longer than the cap + 1. */
  readonly passed: Uint8Array;
  readonly discarded: readonly Discarded[];
}

/**
 * Stands before the line parser, whose buffer is unbounded and which knows one terminator only.
 *
 * Every terminator becomes LF: scanners differ, and none of these bytes occurs inside a text code. Of an overlong line
 * one byte more than the cap passes, by which the reader behind the parser knows it; the rest is dropped up to its
 * terminator, and `too-long` is reported once, at the byte that was too many.
 */
export function guardLines(
  line: LineSoFar,
  chunk: Uint8Array,
  terminators: ReadonlySet<number>,
): GuardedBytes {
  const passed = new Uint8Array(chunk.length);
  const discarded: Discarded[] = [];
  let { length, head } = line;
  let end = 0;
  let lineFrom = 0;
  for (const byte of chunk) {
    if (terminators.has(byte)) {
      if (length > 0) passed[end++] = LF;
      length = 0;
      head = NO_LINE.head;
      lineFrom = end;
      continue;
    }
    if (isOverlong(length)) continue;
    passed[end++] = byte;
    length += 1;
    if (isOverlong(length)) {
      const detail = `a line without a terminator in ${MAX_SCAN_BYTES} bytes`;
      discarded.push(discard('too-long', extend(head, passed.subarray(lineFrom, end)), detail, length));
    }
  }
  return {
    line: { length, head: extend(head, passed.subarray(lineFrom, end)) },
    passed: passed.subarray(0, end),
    discarded,
  };
}

/** Whether a line of this many passed bytes is one the guard has cut and reported. */
export function isOverlong(lineLength: number): boolean {
  return lineLength > MAX_SCAN_BYTES;
}

function extend(head: Uint8Array, more: Uint8Array): Uint8Array {
  const room = MAX_DISCARDED_SHOWN - head.length;
  return room <= 0 || more.length === 0 ? head : concat([head, more.subarray(0, room)]);
}
