import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cborValue } from '../testing/cbor-value.ts';
import { toHex } from '../testing/hex.ts';
import { type CborMap, type CborValue, TaggedSign1 } from './decode.ts';
import { byteStringHead, encodeCbor } from './encode.ts';
import { scanCbor } from './scan.ts';

describe('deterministic encoding (RFC 8949 §4.2.1)', () => {
  it.each<[CborValue, string]>([
    [0, '00'],
    [23, '17'],
    [24, '1818'],
    [255, '18ff'],
    [256, '190100'],
    [65_535, '19ffff'],
    [65_536, '1a00010000'],
    [2 ** 32 - 1, '1affffffff'],
    [2 ** 32, '1b0000000100000000'],
    [Number.MAX_SAFE_INTEGER, '1b001fffffffffffff'],
    [-1, '20'],
    [-(2 ** 32), '3affffffff'],
    [-(2 ** 32) - 1, '3b0000000100000000'],
    [Number.MIN_SAFE_INTEGER, '3b001ffffffffffffe'],
    [-0, '00'],
    ['亮证', '66e4baaee8af81'],
    [Uint8Array.of(1, 2), '420102'],
    [[], '80'],
    [new Map(), 'a0'],
    [false, 'f4'],
    [true, 'f5'],
    [null, 'f6'],
    [new TaggedSign1([]), 'd280'],
  ])('%j is %s', (value, bytes) => {
    expect(toHex(encodeCbor(value))).toBe(bytes);
  });

  it('puts map keys in the order of their bytes, integers before texts, shorter before longer', () => {
    const map: CborMap = new Map<number | string, number>([
      ['aa', 0],
      ['b', 0],
      [-1, 0],
      [100, 0],
      [10, 0],
    ]);
    expect(toHex(encodeCbor(map))).toBe('a5 0a00 186400 2000 616200 62616100'.replaceAll(' ', ''));
  });

  it('writes the same map to the same bytes whatever order it was filled in', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.maxSafeInteger(), fc.boolean()), { selector: ([key]) => key });
    fc.assert(
      fc.property(entries, (filled) => {
        const forwards = encodeCbor(new Map(filled));
        const backwards = encodeCbor(new Map(filled.toReversed()));
        expect(forwards).toEqual(backwards);
      }),
    );
  });

  it('sorts maps inside of maps as well', () => {
    const inner = new Map([
      [2, 0],
      [1, 0],
    ]);
    expect(toHex(encodeCbor(new Map([[1, inner]])))).toBe('a101a201000200');
  });

  it('whatever it writes passes the strict profile', () => {
    const profile = {
      maxBytes: 64 * 1024,
      maxDepth: 16,
      maxItems: 4096,
      tag18: 'none',
      sortedKeys: true,
    } as const;
    fc.assert(
      fc.property(cborValue(), (value) => {
        expect(scanCbor(encodeCbor(value), profile)).toBeUndefined();
      }),
    );
  });

  it('hands out bytes of its own, which the next call does not touch', () => {
    const first = encodeCbor('first');
    encodeCbor('later');
    expect(toHex(first)).toBe('656669727374');
  });

  it('writes U+FFFD for half a surrogate pair, as every UTF-8 encoder does', () => {
    expect(toHex(encodeCbor('\ud800'))).toBe('63efbfbd');
  });

  it('throws for a text that begins with U+FEFF, which decoders read differently', () => {
    expect(() => encodeCbor('\ufeffa')).toThrow(RangeError);
    expect(toHex(encodeCbor('a\ufeff'))).toBe('6461efbbbf');
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'throws for %d, which is no exact integer',
    (n) => {
      expect(() => encodeCbor(n)).toThrow(RangeError);
    },
  );
});

describe('the head of a byte string', () => {
  it.each([0, 23, 24, 255, 256, 65_535, 65_536, 300_000])(
    'of %i bytes is the one the encoder writes',
    (length) => {
      const encoded = encodeCbor(new Uint8Array(length));
      expect(byteStringHead(length)).toEqual([...encoded.subarray(0, encoded.length - length)]);
    },
  );
});
