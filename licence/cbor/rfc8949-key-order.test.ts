import { describe, expect, it } from 'vitest';
import { hex, toHex } from '../testing/hex.ts';
import { encodeCbor } from './encode.ts';
import { type CborProfile, scanCbor } from './scan.ts';

const PROFILE: CborProfile = { maxBytes: 64, maxDepth: 8, maxItems: 32, tag18: 'none', sortedKeys: true };

/** RFC 8949 §4.2.1: "sorted correctly" are 10, 100, -1, "z", "aa", [100], [-1], false; each has the value 0 here. */
const OF_THE_PROFILE = ['0a', '1864', '20', '617a', '626161'];
const OF_OTHER_TYPES = ['811864', '8120', 'f4'];

describe('the key order example of RFC 8949 §4.2.1', () => {
  it('is how a map is written, as far as the profile has such keys', () => {
    const map = new Map<number | string, number>([
      ['aa', 0],
      [100, 0],
      ['z', 0],
      [-1, 0],
      [10, 0],
    ]);
    expect(toHex(encodeCbor(map))).toBe(toHex(mapOf(OF_THE_PROFILE)));
  });

  it('is the only order that is read: any two neighbours swapped are refused', () => {
    expect(scanCbor(mapOf(OF_THE_PROFILE), PROFILE)).toBeUndefined();
    const faults = OF_THE_PROFILE.slice(1).map((_, i) => scanCbor(mapOf(swapped(i)), PROFILE)?.name);
    expect(faults).toEqual(faults.map(() => 'key-order'));
  });

  it('is refused from its sixth key on, which is no integer and no text', () => {
    for (const key of OF_OTHER_TYPES) {
      expect(scanCbor(mapOf([...OF_THE_PROFILE, key]), PROFILE)).toMatchObject({ name: 'key-type' });
    }
  });

  it('is not the length-first order of RFC 7049, which put -1 before 100', () => {
    expect(scanCbor(mapOf(['0a', '20', '1864']), PROFILE)).toMatchObject({ name: 'key-order' });
  });
});

function mapOf(keys: readonly string[]): Uint8Array {
  return hex(`a${keys.length.toString(16)}${keys.map((key) => `${key}00`).join('')}`);
}

function swapped(at: number): string[] {
  const [first = '', second = ''] = OF_THE_PROFILE.slice(at);
  return OF_THE_PROFILE.toSpliced(at, 2, second, first);
}
