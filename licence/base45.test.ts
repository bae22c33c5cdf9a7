import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase45, encodeBase45 } from './base45.ts';

describe('Base45 (RFC 9285)', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('writes and reads the example %s of its §4', (plain, text) => {
    const bytes = new TextEncoder().encode(plain);
    expect(encodeBase45(bytes)).toBe(text);
    expect(decodeBase45(text)).toEqual(bytes);
  });

  it('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes);
      }),
    );
  });

  it('reads no two texts as the same bytes', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:') });
    fc.assert(
      fc.property(text, (candidate) => {
        const bytes = decodeBase45(candidate);
        if (bytes) expect(encodeBase45(bytes)).toBe(candidate);
      }),
    );
  });

  it('reads the greatest group of three, FGW, as 65,535', () => {
    expect(decodeBase45('FGW')).toEqual(Uint8Array.of(0xff, 0xff));
  });

  it('reads the greatest group of two, U5, as 255', () => {
    expect(decodeBase45('U5')).toEqual(Uint8Array.of(0xff));
  });

  it.each([
    ['GGW', 'one past 65,535'],
    ['::::::', 'groups far past 65,535'],
    ['V5', 'one past 255'],
    ['::', 'a last group far past 255'],
    ['A', 'a single character left over'],
    ['a', 'a single character left over'],
    ['BB8B', 'a single character left over after a group'],
    ['bb8', 'lower case'],
    ['BB_', 'a foreign character in third place'],
    ['B_8', 'a foreign character in second place'],
    ['_B8', 'a foreign character in first place'],
    ['BB8\n', 'a line end'],
    ['ＢＢ８', 'full-width forms'],
  ])('refuses %j: %s', (text) => {
    expect(decodeBase45(text)).toBeUndefined();
  });
});
