import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex } from '../testing/hex.ts';
import { decodeGaps, encodeGaps, type GapsFault } from './index-gaps.ts';

const ENTRIES = 2 ** 20;

describe('gaps', () => {
  it('are the first index, then the steps', () => {
    expect(encodeGaps([0, 1, 128, 20_000])).toEqual(hex('00 01 7f a09b01'));
  });

  it('read back as the indices they were made of', () => {
    const indices = fc.uniqueArray(fc.nat(ENTRIES - 1), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(indices, (unsorted) => {
        const ascending = Uint32Array.from(unsorted).sort();
        const decoded = decodeGaps(encodeGaps(ascending), ENTRIES, 300);
        expect(decoded).toEqual({ ok: true, indices: ascending });
      }),
    );
  });

  it('of any bytes are refused, or are the only way to write their indices', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const decoded = decodeGaps(bytes, ENTRIES, 40);
        if (decoded.ok) expect(encodeGaps(decoded.indices)).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('may reach the last entry', () => {
    expect(decodeGaps(hex('ff07'), 1024, 1)).toEqual({ ok: true, indices: Uint32Array.of(1023) });
  });

  it.each<[string, string, GapsFault]>([
    ['nothing', '', 'empty'],
    ['a number that has no end', '05 80', 'truncated'],
    ['a zero in two bytes', '80 00', 'not-shortest'],
    ['a zero in five bytes', '80 80 80 80 00', 'not-shortest'],
    ['a one in two bytes', '81 00', 'not-shortest'],
    ['an index twice', '05 00', 'zero-gap'],
    ['the index past the last', '80 08', 'past-the-end'],
    ['a step past the last', 'ff07 01', 'past-the-end'],
    ['a number that never ends', 'ff ff ff ff ff ff', 'past-the-end'],
    ['a zero that never ends', '80 80 80 80 80 80', 'past-the-end'],
    ['one index too many', '00 01 01 01', 'too-many'],
  ])('that say %s are refused by name', (_, bytes, fault) => {
    expect(decodeGaps(hex(bytes), 1024, 3)).toEqual({ ok: false, fault });
  });

  it.each([
    ['descend', [5, 4]],
    ['stand twice', [5, 5]],
    ['are negative', [-1]],
    ['are no integers', [0.5]],
  ])('can’t be made of indices that %s', (_, indices) => {
    expect(() => encodeGaps(indices)).toThrow(RangeError);
  });
});
