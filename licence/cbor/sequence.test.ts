import { describe, expect, it } from 'vitest';
import { hex } from '../testing/hex.ts';
import { type CborProfile, splitCborSequence } from './scan.ts';

const ROW: CborProfile = { maxBytes: 8, maxDepth: 2, maxItems: 4, tag18: 'none', sortedKeys: true };

describe('a CBOR sequence (RFC 8742)', () => {
  it('splits into its items as they stand', () => {
    expect(splitCborSequence(hex('82 01 02 61 61 f6'), ROW, 3)).toEqual({
      ok: true,
      items: [hex('82 01 02'), hex('61 61'), hex('f6')],
    });
  });

  it('may be empty', () => {
    expect(splitCborSequence(new Uint8Array(0), ROW, 3)).toEqual({ ok: true, items: [] });
  });

  it('counts the limits anew for every item', () => {
    expect(splitCborSequence(hex('83 01 02 03 83 01 02 03'), ROW, 3)).toMatchObject({ ok: true });
  });
});

describe('a sequence is refused', () => {
  it.each([
    ['00 00 00 00', 'too-many-items', 3, 'for more rows than allowed'],
    ['00 48 0102030405060708', 'too-large', 1, 'for one row over its size'],
    ['00 84 01 02 03 04', 'too-many-items', 5, 'for one row over its items'],
    ['00 818181 00', 'too-deep', 4, 'for one row too deep'],
    ['00 82 01', 'truncated', 3, 'for a last row cut off'],
    ['00 d2 80', 'tag', 1, 'for a tag'],
    ['00 1817', 'not-shortest', 1, 'for a row that is not canonical'],
    ['00 ff', 'indefinite-length', 1, 'for a break between rows'],
  ])('%s is %s at byte %i: %s', (bytes, name, at) => {
    expect(splitCborSequence(hex(bytes), ROW, 3)).toEqual({ ok: false, fault: { name, at } });
  });
});
