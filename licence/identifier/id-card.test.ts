import { mod11_2 } from 'cdigit';
import fc from 'fast-check';
import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import { checkIdCard, idCardCheckCharacter } from './id-card.ts';
import { oneSlip } from './testing/one-slip.ts';

describe('an ID card number (GB 11643)', () => {
  it('passes with the check character X of the worked example', () => {
    expect(checkIdCard('11010519491231002X')).toBe('ok');
  });

  it('passes for a birth on 29 February of a leap year', () => {
    expect(checkIdCard(withCheck('99010020000229003'))).toBe('ok');
  });

  it('passes with a birth still to come: there is no clock here', () => {
    expect(checkIdCard(withCheck('99010029991231003'))).toBe('ok');
  });

  it.each([
    ['', 'length'],
    ['11010519491231002', 'length'],
    ['11010519491231002X0', 'length'],
    ['110105491231002', 'length'],
    ['11010519491231002X\n', 'length'],
    ['11010519491231002x', 'alphabet'],
    ['1101051949123100X2', 'alphabet'],
    ['110105 9491231002X', 'alphabet'],
    ['１10105194912310023', 'alphabet'],
    ['11010519491231002\n', 'alphabet'],
    ['110105194912310021', 'check-character'],
    ['110105194912310029', 'check-character'],
  ] as const)('%j has a fault: %s', (text, fault) => {
    expect(checkIdCard(text)).toBe(fault);
  });

  it.each([
    ['19490229', '29 February of a common year'],
    ['19000229', '29 February of a century that is none of 400'],
    ['20010431', '31 April'],
    ['20011301', 'month 13'],
    ['20010001', 'month 0'],
    ['20010100', 'day 0'],
    ['20010132', 'day 32'],
  ])('born on %s has the fault date: %s', (born) => {
    expect(checkIdCard(withCheck(`990100${born}003`))).toBe('date');
  });

  it.each(['1101051949123100', '110105194912310021', '1101051949123100X', ''])(
    'has no check character for the body %j',
    (body) => expect(idCardCheckCharacter(body)).toBeUndefined(),
  );
});

describe('an ID card number, beside cdigit and stdnum', () => {
  // stdnum looks at the clock, so nobody in here is born in the future
  const born = fc
    .date({ min: new Date('1900-01-02'), max: new Date('2025-12-30'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
  const digits = (count: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count });
  const body = fc.tuple(digits(6), born, digits(3)).map((parts) => parts.join(''));

  it('ends in the character both expect', () => {
    fc.assert(
      fc.property(body, (text) => {
        expect(idCardCheckCharacter(text)).toBe(mod11_2.compute(text));
        expect(checkIdCard(withCheck(text))).toBe('ok');
        expect(passesStdnum(withCheck(text))).toBe(true);
      }),
    );
  });

  it('passes with no wrong character and no two exchanged, as in stdnum', () => {
    fc.assert(
      fc.property(oneSlip(body.map(withCheck), '0123456789X'), (slip) => {
        expect(checkIdCard(slip)).not.toBe('ok');
        expect(passesStdnum(slip)).toBe(false);
      }),
    );
  });
});

function withCheck(body: string): string {
  return `${body}${idCardCheckCharacter(body)}`;
}

function passesStdnum(text: string): boolean | undefined {
  return stdnum.CN?.ric?.validate(text).isValid;
}
