import { describe, expect, it } from 'vitest';
import { hex } from '../testing/hex.ts';
import { type CborFaultName, type CborProfile, scanCbor } from './scan.ts';

const PROFILE: CborProfile = { maxBytes: 64, maxDepth: 8, maxItems: 16, tag18: 'none', sortedKeys: true };

type Case = readonly [bytes: string, at: number, why: string];

/** Every fault, with the offset of the byte at which it was found. */
const FAULTS: Readonly<Record<CborFaultName, readonly Case[]>> = {
  'too-large': [['5840 '.padEnd(5 + 128, '0'), 64, '66 bytes where 64 are allowed']],
  truncated: [
    ['', 0, 'no byte at all'],
    ['18', 1, 'a head without its argument'],
    ['1b 00000001', 5, 'half an argument'],
    ['42 01', 1, 'a byte string that promises more than there is'],
    ['61', 1, 'a text that promises more than there is'],
    ['82 01', 2, 'an array that lacks an item'],
    ['a1 01', 2, 'a key without a value'],
    ['9b 0000000100000000', 9, 'an array of 4 billion items, none of which is there'],
  ],
  'trailing-bytes': [['00 00', 1, 'a second item']],
  reserved: [
    ['1c', 0, 'additional information 28'],
    ['1d', 0, '29'],
    ['1e', 0, '30'],
    ['81 5c', 1, 'the same for the length of a byte string'],
  ],
  'indefinite-length': [
    ['5f 4100 ff', 0, 'byte string'],
    ['7f 6161 ff', 0, 'text'],
    ['9f 01 ff', 0, 'array'],
    ['bf 01 01 ff', 0, 'map'],
    ['81 ff', 1, 'a break on its own'],
  ],
  'not-shortest': [
    ['18 17', 0, '23 in two bytes'],
    ['19 00ff', 0, '255 in three bytes'],
    ['1a 0000ffff', 0, '65,535 in five bytes'],
    ['1b 00000000ffffffff', 0, '2^32 − 1 in nine bytes'],
    ['38 17', 0, '−24 in two bytes'],
    ['58 01 00', 0, 'the length of a byte string'],
    ['78 01 61', 0, 'the length of a text'],
    ['98 01 00', 0, 'the length of an array'],
    ['b8 01 01 01', 0, 'the length of a map'],
    ['a1 1801 00', 1, 'a key: 1 would be there twice in two spellings'],
  ],
  'integer-range': [
    ['1b 0020000000000000', 0, '2^53, which a number no longer holds exactly'],
    ['3b 001fffffffffffff', 0, '−2^53'],
    ['1b ffffffffffffffff', 0, '2^64 − 1'],
    ['a1 3b001fffffffffffff 00', 1, '−2^53 as a key'],
  ],
  float: [
    ['f9 3c00', 0, 'half'],
    ['fa 3f800000', 0, 'single'],
    ['fb 3ff0000000000000', 0, 'double'],
  ],
  'simple-value': [
    ['f7', 0, 'undefined'],
    ['e0', 0, 'simple(0)'],
    ['f8 14', 0, 'false in two bytes'],
    ['f8 ff', 0, 'simple(255)'],
    ['fc', 0, 'a reserved one'],
  ],
  tag: [['c1 00', 0, 'any tag where none may stand']],
  'invalid-utf8': [
    ['61 ff', 0, 'a byte that never occurs'],
    ['62 c080', 0, 'an overlong form of U+0000'],
    ['63 eda080', 0, 'half a surrogate pair'],
    ['64 f4908080', 0, 'past U+10FFFF'],
    ['a1 61ff 00', 1, 'the same in a key'],
  ],
  'byte-order-mark': [
    ['63 efbbbf', 0, 'alone'],
    ['64 efbbbf61', 0, 'in front of a text'],
    ['a1 63efbbbf 00', 1, 'the same in a key'],
  ],
  'key-type': [
    ['a1 4100 00', 1, 'byte string'],
    ['a1 80 00', 1, 'array'],
    ['a1 a0 00', 1, 'map'],
    ['a1 f5 00', 1, 'true'],
    ['a1 f93c00 00', 1, '1.0, which collides with 1'],
    ['a1 c101 00', 1, 'tag'],
  ],
  'key-order': [
    ['a2 02 00 01 00', 3, '2 before 1'],
    ['a2 20 00 01 00', 3, 'a negative before a positive integer'],
    ['a2 6161 00 01 00', 4, 'text before an integer'],
    ['a2 626161 00 6162 00', 5, 'a longer text before a shorter one'],
  ],
  'duplicate-key': [
    ['a2 01 00 01 00', 3, 'an integer'],
    ['a2 6161 00 6161 00', 4, 'a text'],
  ],
  'too-deep': [
    ['818181818181818181 00', 9, 'an item nine levels down'],
    ['8181818181818181 a1 01 00', 9, 'a key nine levels down'],
  ],
  'too-many-items': [
    ['90 01020304050607080910111213141516', 16, 'an array and 16 items where 16 are allowed'],
    ['a8 0000 0100 0200 0300 0400 0500 0600 0700', 16, 'keys count as items'],
  ],
};

describe.each(Object.entries(FAULTS))('%s', (name, cases) => {
  it.each(cases)('%s is found at byte %i: %s', (bytes, at) => {
    expect(scanCbor(hex(bytes), PROFILE)).toEqual({ name, at });
  });
});

describe('what the profile holds', () => {
  it.each([
    ['00', 'zero'],
    ['1b 001fffffffffffff', 'the greatest integer, 2^53 − 1'],
    ['3b 001ffffffffffffe', 'the least integer, −(2^53 − 1)'],
    ['40', 'an empty byte string'],
    ['60', 'an empty text'],
    ['63 e4b8ad', 'a text in UTF-8'],
    ['80', 'an empty array'],
    ['a0', 'an empty map'],
    ['f4', 'false'],
    ['f5', 'true'],
    ['f6', 'null'],
    ['a4 01 00 20 00 6162 00 626161 00', 'keys in the order of their bytes'],
    ['8181818181818181 00', 'an item eight levels down'],
    ['8f 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15', 'sixteen items, the array among them'],
  ])('%s: %s', (bytes) => {
    expect(scanCbor(hex(bytes), PROFILE)).toBeUndefined();
  });

  it('key order starts anew in every map', () => {
    expect(scanCbor(hex('a2 01 a1 05 00 02 a1 01 00'), PROFILE)).toBeUndefined();
  });
});

describe('a profile without sorted keys, for tokens of foreign standards', () => {
  const foreign: CborProfile = { ...PROFILE, sortedKeys: false };

  it('takes keys in any order', () => {
    expect(scanCbor(hex('a3 6161 00 02 00 01 00'), foreign)).toBeUndefined();
  });

  it('still refuses a key that is there twice, near or far', () => {
    expect(scanCbor(hex('a3 02 00 01 00 02 00'), foreign)).toEqual({ name: 'duplicate-key', at: 5 });
  });

  it('lets the same key stand in two maps', () => {
    expect(scanCbor(hex('82 a1 01 00 a1 01 00'), foreign)).toBeUndefined();
  });
});
