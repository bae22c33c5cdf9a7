import { describe, expect, it } from 'vitest';
import { hex } from '../testing/hex.ts';
import { type CborProfile, scanCbor } from './scan.ts';

describe('tag 18 nowhere', () => {
  it.each([
    ['d2 80', 0, 'at the top'],
    ['a1 0d d2 80', 2, 'as a value'],
    ['81 d2 80', 1, 'in an array'],
  ])('%s is refused at byte %i: %s', (bytes, at) => {
    expect(scan(bytes, 'none')).toEqual({ name: 'tag', at });
  });
});

describe('tag 18 at the top', () => {
  it('passes', () => {
    expect(scan('d2 80', 'top')).toBeUndefined();
  });

  it.each([
    ['80', 0, 'no tag'],
    ['f6', 0, 'a simple value in its place'],
    ['d1 80', 0, 'tag 17, COSE_Mac0'],
    ['d9d9f7 d2 80', 0, 'the self-described CBOR tag around it'],
    ['d2 d2 80', 1, 'the tag twice'],
    ['d2 81 d2 80', 2, 'a second one inside'],
    ['d2 a1 0d d2 80', 3, 'a second one under key 13, which only a protected header may hold'],
  ])('%s is refused at byte %i: %s', (bytes, at) => {
    expect(scan(bytes, 'top')).toEqual({ name: 'tag', at });
  });

  it('in two bytes, d8 12, is not its shortest form', () => {
    expect(scan('d812 80', 'top')).toEqual({ name: 'not-shortest', at: 0 });
  });
});

describe('tag 18 under the keys 13 and −65541 of the top map', () => {
  const keys = [13, -65541];

  it.each([
    ['a1 0d d2 80', 'under 13'],
    ['a1 3a00010004 d2 80', 'under −65541'],
    ['a2 0d d2 80 3a00010004 d2 80', 'under both'],
    ['a1 0d 80', 'or not at all'],
  ])('%s passes: %s', (bytes) => {
    expect(scan(bytes, keys)).toBeUndefined();
  });

  it.each([
    ['d2 80', 0, 'at the top'],
    ['a1 0e d2 80', 2, 'under another key'],
    ['a1 2c d2 80', 2, 'under −13'],
    ['a1 610d d2 80', 3, 'under a text of the byte 13'],
    ['a2 0d 00 6161 d2 80', 5, 'under a text that comes after 13'],
    ['a1 0d 81 d2 80', 3, 'in an array under 13'],
    ['a1 0d a1 0d d2 80', 4, 'under the 13 of a map further in'],
    ['81 a1 0d d2 80', 3, 'under the 13 of a map that is not the top'],
    ['a1 0d d2 d2 80', 3, 'twice'],
    ['a1 0d d2 a1 0d d2 80', 5, 'under the 13 of what it tags'],
    ['a2 0d 00 0e d2 80', 4, 'one key too late'],
    ['a1 0d c1 00', 2, 'another tag in its place'],
  ])('%s is refused at byte %i: %s', (bytes, at) => {
    expect(scan(bytes, keys)).toEqual({ name: 'tag', at });
  });
});

function scan(bytes: string, tag18: CborProfile['tag18']) {
  return scanCbor(hex(bytes), { maxBytes: 64, maxDepth: 8, maxItems: 256, tag18, sortedKeys: true });
}
