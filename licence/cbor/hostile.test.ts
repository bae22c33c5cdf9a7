import { describe, expect, it } from 'vitest';
import { hex } from '../testing/hex.ts';
import { decodeCbor } from './decode.ts';
import type { CborFaultName, CborProfile } from './scan.ts';

/*
 * What cbor-x does with hostile bytes, each measured once; the scan stands between the two. A code's limits, and the
 * place where a tag is allowed, so that only the tag's number can be what refuses it.
 */
const HEADER: CborProfile = {
  maxBytes: 1536,
  maxDepth: 8,
  maxItems: 256,
  tag18: [13],
  sortedKeys: true,
};

describe('never reaches cbor-x', () => {
  it.each<[string, string, CborFaultName]>([
    ['tag 51, packed: 278 bytes that end the process', 'a1 0d d833 84 80 80 80 81e0', 'tag'],
    ['tags 28 and 29: a value that contains itself', 'a1 0d d81c 81 d81d 00', 'tag'],
    ['tag 0xdfff, records: in spite of useRecords false', 'a1 0d d9dfff 83 8161 61 18 40 01', 'tag'],
    ['tag 105, records: repeats reach new Function', 'a1 0d d869 82 00 8161 61', 'tag'],
    ['tag 27: an object of the sender’s choice', 'a1 0d d81b 82 66526567457870 612e', 'tag'],
    ['tag 0: a Date from text', 'a1 0d c0 60', 'tag'],
    ['tag 1: a Date from a number', 'a1 0d c1 00', 'tag'],
    ['tag 2: a bignum', 'a1 0d c2 4101', 'tag'],
    ['tag 4: a fraction', 'a1 0d c4 82 00 01', 'tag'],
    ['tag 64: a typed array', 'a1 0d d840 4101', 'tag'],
    ['tag 258: a Set', 'a1 0d d90102 80', 'tag'],
    ['tag 259: a Map', 'a1 0d d90103 a0', 'tag'],
    ['a tag of eight bytes', 'a1 0d db 0000000100000000 00', 'tag'],
    ['a key twice: the last would win in silence', 'a2 0d 00 0d 01', 'duplicate-key'],
    ['1 and 1 in nine bytes: two keys', 'a2 01 00 1b0000000000000001 00', 'not-shortest'],
    ['1 and 1.0: one key', 'a2 01 00 f93c00 00', 'key-type'],
    ['an integer past 2^53: a bigint', 'a1 0d 1b0020000000000000', 'integer-range'],
    ['an indefinite array', 'a1 0d 9f ff', 'indefinite-length'],
    ['a text in indefinite chunks', 'a1 0d 7f 6161 6161 ff', 'indefinite-length'],
    ['false in two bytes', 'a1 0d f814', 'simple-value'],
    ['undefined', 'a1 0d f7', 'simple-value'],
    ['bad UTF-8: U+FFFD in silence', 'a1 0d 61ff', 'invalid-utf8'],
  ])('%s', (_, bytes, name) => {
    const decoded = decodeCbor(hex(bytes), HEADER);
    expect(decoded).toMatchObject({ ok: false, fault: { name } });
  });

  it('1,500 arrays in each other: the depth is the limit, not the stack', () => {
    expect(decodeCbor(new Uint8Array(1500).fill(0x81), HEADER)).toMatchObject({
      fault: { name: 'too-deep', at: 9 },
    });
  });

  it('an array head of 2^53 − 1 items, which nobody allocates', () => {
    expect(decodeCbor(hex('9b 001fffffffffffff'), HEADER)).toMatchObject({ fault: { name: 'truncated' } });
  });

  it('a text head of 2^53 − 1 bytes, which nobody allocates', () => {
    expect(decodeCbor(hex('7b 001fffffffffffff'), HEADER)).toMatchObject({ fault: { name: 'truncated' } });
  });

  it('257 empty arrays: the number of items is the limit, not the number of bytes', () => {
    expect(decodeCbor(hex(`990100${'80'.repeat(256)}`), HEADER)).toMatchObject({
      fault: { name: 'too-many-items' },
    });
  });
});
