import { MAX_SCAN_BYTES, type ScannerFault } from '../scanner.ts';

const CR = 0x0d;
const LF = 0x0a;

/** How many bytes of the current line have come through: MAX_SCAN_BYTES + 1 says that it is overlong. */
export type LineLength = number;

export interface GuardedBytes {
  readonly lineLength: LineLength;
  /** What may go on to the line parser: every line ended by one LF, no empty line, none longer than the cap + 1. */
  readonly passed: Uint8Array;
  readonly faults: readonly ScannerFault[];
}

/**
 * Stands before the line parser, whose buffer is unbounded and which knows one terminator only.
 *
 * CR, LF and CRLF all become LF: scanners differ, and neither byte occurs inside a text code. Of an overlong line
 * one byte more than the cap passes, by which the reader behind the parser knows it; the rest is dropped up to its
 * terminator, and `too-long` is reported once, at the byte that was too many.
 */
export function guardLines(lineLength: LineLength, chunk: Uint8Array): GuardedBytes {
  const passed = new Uint8Array(chunk.length);
  const faults: ScannerFault[] = [];
  let length = lineLength;
  let end = 0;
  for (const byte of chunk) {
    if (byte === CR || byte === LF) {
      if (length > 0) passed[end++] = LF;
      length = 0;
      continue;
    }
    if (isOverlong(length)) continue;
    passed[end++] = byte;
    length += 1;
    if (isOverlong(length)) {
      faults.push({ name: 'too-long', detail: `a line without a terminator in ${MAX_SCAN_BYTES} bytes` });
    }
  }
  return { lineLength: length, passed: passed.subarray(0, end), faults };
}

/** Whether a line of this many passed bytes is one the guard has cut and reported. */
export function isOverlong(lineLength: LineLength): boolean {
  return lineLength > MAX_SCAN_BYTES;
}
