import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cborValue } from '../testing/cbor-value.ts';
import { hex } from '../testing/hex.ts';
import { decodeCbor, TaggedSign1 } from './decode.ts';
import { encodeCbor } from './encode.ts';
import type { CborProfile } from './scan.ts';

const PROFILE: CborProfile = {
  maxBytes: 64 * 1024,
  maxDepth: 16,
  maxItems: 4096,
  tag18: 'none',
  sortedKeys: true,
};

describe('decoding', () => {
  it.each([
    ['00', 0],
    ['20', -1],
    ['1b 001fffffffffffff', Number.MAX_SAFE_INTEGER],
    ['3b 001ffffffffffffe', Number.MIN_SAFE_INTEGER],
    ['1b 0000000100000000', 2 ** 32],
    ['43 010203', Uint8Array.of(1, 2, 3)],
    ['66 e4ba aee8 af81', '亮证'],
    ['82 01 80', [1, []]],
    ['f4', false],
    ['f5', true],
    ['f6', null],
  ])('%s is %j', (bytes, value) => {
    expect(decodeCbor(hex(bytes), PROFILE)).toEqual({ ok: true, value });
  });

  it('a map keeps integer and text keys apart', () => {
    const value = new Map<number | string, number>([
      [1, 10],
      ['1', 20],
    ]);
    expect(decodeCbor(hex('a2 01 0a 6131 14'), PROFILE)).toEqual({ ok: true, value });
  });

  it('an integer key past 2^32 is a number like any other', () => {
    expect(decodeCbor(hex('a1 1b0000000100000000 00'), PROFILE)).toEqual({
      ok: true,
      value: new Map([[2 ** 32, 0]]),
    });
  });

  it('a text key __proto__ is nothing but a key', () => {
    const decoded = decodeCbor(hex('a1 695f5f70726f746f5f5f 00'), PROFILE);
    expect(decoded).toEqual({ ok: true, value: new Map([['__proto__', 0]]) });
  });

  it('tag 18 becomes a TaggedSign1', () => {
    const decoded = decodeCbor(hex('d2 81 01'), { ...PROFILE, tag18: 'top' });
    expect(decoded).toEqual({ ok: true, value: new TaggedSign1([1]) });
  });

  it('byte strings are copies: what happens to the input later does not change them', () => {
    const input = hex('43 010203');
    const decoded = decodeCbor(input, PROFILE);
    input.fill(0xff);
    expect(decoded).toEqual({ ok: true, value: Uint8Array.of(1, 2, 3) });
  });

  it('a fault is handed on as the scan names it', () => {
    expect(decodeCbor(hex('82 01 c1 00'), PROFILE)).toEqual({ ok: false, fault: { name: 'tag', at: 2 } });
  });

  it('gives back any value the profile holds', () => {
    fc.assert(
      fc.property(cborValue(), (value) => {
        expect(decodeCbor(encodeCbor(value), PROFILE)).toEqual({ ok: true, value });
      }),
    );
  });

  it('decodes and encodes whatever passes the scan to the very same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const decoded = decodeCbor(bytes, PROFILE);
        if (decoded.ok) expect(encodeCbor(decoded.value)).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
