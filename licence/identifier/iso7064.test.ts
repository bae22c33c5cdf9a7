import { mod11_2, mod37_36 } from 'cdigit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mod11by2, mod37by36 } from './iso7064.ts';

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 40 });
const alphanumeric = fc.string({
  unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  minLength: 1,
  maxLength: 80,
});

describe('ISO 7064 MOD 11-2', () => {
  it('gives the check character that cdigit gives', () => {
    fc.assert(
      fc.property(digits, (text) => {
        expect(mod11by2(text)).toBe(mod11_2.compute(text));
      }),
    );
  });

  it.each(['', '07A4', '07X', '07 9', '０７９', '07９'])('has none for %j', (text) => {
    expect(mod11by2(text)).toBeUndefined();
  });
});

describe('ISO 7064 MOD 37,36', () => {
  it('gives the check character that cdigit gives', () => {
    fc.assert(
      fc.property(alphanumeric, (text) => {
        expect(mod37by36(text)).toBe(mod37_36.compute(text));
      }),
    );
  });

  it.each(['', 'a1', 'A*', 'A 1', 'Ａ１', 'A.1'])('has none for %j', (text) => {
    expect(mod37by36(text)).toBeUndefined();
  });
});
