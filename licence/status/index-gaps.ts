/** What is wrong with a run of gaps. */
export type GapsFault =
  /** No index at all: a group that says nothing has no place. */
  | 'empty'
  /** The last number lacks its end. */
  | 'truncated'
  | 'not-shortest'
  /** An index twice. */
  | 'zero-gap'
  | 'past-the-end'
  | 'too-many';

export type DecodedGaps =
  | { readonly ok: true; readonly indices: Uint32Array }
  | { readonly ok: false; readonly fault: GapsFault };

/**
 * Reads ascending indices written as gaps: the first index, then each difference to the one before (at least 1), each
 * as an unsigned LEB128 number: seven bits a byte, the lowest first, the high bit set on every byte but the last, no
 * byte more than needed. A day's 1,000 changes of 2^20 entries take 1.9 bytes each, against 2.7 in a CBOR array.
 *
 * @param entries every index is less. @param maxCount how many indices at most.
 */
export function decodeGaps(bytes: Uint8Array, entries: number, maxCount: number): DecodedGaps {
  if (bytes.length === 0) return { ok: false, fault: 'empty' };
  const indices: number[] = [];
  let index = 0;
  let gap = 0;
  let unit = 1;
  for (const byte of bytes) {
    gap += (byte & LOW_BITS) * unit;
    if (index + gap >= entries) return { ok: false, fault: 'past-the-end' };
    if (byte & CONTINUES) {
      unit *= 0x80;
      if (unit > MAX_UNIT) return { ok: false, fault: 'past-the-end' };
      continue;
    }
    if (byte === 0 && unit > 1) return { ok: false, fault: 'not-shortest' };
    if (gap === 0 && indices.length > 0) return { ok: false, fault: 'zero-gap' };
    if (indices.length === maxCount) return { ok: false, fault: 'too-many' };
    index += gap;
    indices.push(index);
    gap = 0;
    unit = 1;
  }
  return unit > 1 ? { ok: false, fault: 'truncated' } : { ok: true, indices: Uint32Array.from(indices) };
}

/** @param indices ascending, each once. @throws RangeError where they aren't. */
export function encodeGaps(indices: Iterable<number>): Uint8Array {
  const bytes: number[] = [];
  let previous = -1;
  for (const index of indices) {
    if (!Number.isSafeInteger(index) || index <= previous) throw new RangeError(`${index} after ${previous}`);
    let gap = previous < 0 ? index : index - previous;
    for (; gap > LOW_BITS; gap = Math.floor(gap / 0x80)) bytes.push((gap & LOW_BITS) | CONTINUES);
    bytes.push(gap);
    previous = index;
  }
  return Uint8Array.from(bytes);
}

/** What the fifth byte counts in: past the end of any list, and well within what a number holds exactly. */
const MAX_UNIT = 2 ** 28;
const LOW_BITS = 0x7f;
const CONTINUES = 0x80;
