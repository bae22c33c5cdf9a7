import fc from 'fast-check';
import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import { organisationCheckCharacter } from './organisation-code.ts';
import { oneSlip } from './testing/one-slip.ts';
import { checkUscc, usccCheckCharacter } from './uscc.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('a unified social credit code (GB 32100)', () => {
  it.each(['91350100M000100Y43', '11100000000013338W', '11430000006122244L', '11100000MB03271699'])(
    '%s, as published, passes',
    (text) => expect(checkUscc(text)).toBe('ok'),
  );

  it('passes with letters for registering body and type, which stdnum refuses', () => {
    const code = assembled('N2990100', 'MA7DEM01');
    expect(checkUscc(code)).toBe('ok');
    expect(passesStdnum(code)).toBe(false);
  });

  it.each([
    ['', 'length'],
    ['91350100M000100Y4', 'length'],
    ['91350100M000100Y433', 'length'],
    ['91350100M000100Y43\n', 'length'],
    ['91350100m000100Y43', 'alphabet'],
    ['91350100I000100Y43', 'alphabet'],
    ['91350100O000100Y43', 'alphabet'],
    ['91350100S000100Y43', 'alphabet'],
    ['91350100V000100Y43', 'alphabet'],
    ['91350100Z000100Y43', 'alphabet'],
    ['9135010AM000100Y43', 'alphabet'],
    ['91350100M000100Y4Z', 'alphabet'],
    ['91350100M000100Y4\n', 'alphabet'],
    ['91350100M000100Y44', 'check-character'],
    ['91350100M000100Y53', 'check-character'],
  ] as const)('%j has a fault: %s', (text, fault) => {
    expect(checkUscc(text)).toBe(fault);
  });

  it('has the fault organisation-check-character if only the code inside is wrong', () => {
    const body = '91350100M000100Y5';
    expect(checkUscc(`${body}${usccCheckCharacter(body)}`)).toBe('organisation-check-character');
  });

  it.each(['', '91350100M000100Y', '91350100M000100Y43', '91350100Z000100Y4'])(
    'has no check character for the body %j',
    (body) => expect(usccCheckCharacter(body)).toBeUndefined(),
  );
});

describe('a unified social credit code, beside stdnum', () => {
  const of = (alphabet: string, count: number) =>
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: count, maxLength: count });
  const code = fc.tuple(of('0123456789', 8), of(ALPHABET, 8)).map((parts) => assembled(...parts));

  it('passes in both, if it ends in anything but 0', () => {
    const others = code.filter((text) => !text.endsWith('0'));
    fc.assert(
      fc.property(others, (text) => {
        expect(checkUscc(text)).toBe('ok');
        expect(passesStdnum(text)).toBe(true);
      }),
    );
  });

  // stdnum takes 31 - 0 for a place in an alphabet of 31; codes in use end in 0 there
  it('passes where the sum leaves nothing and the check character is 0, which stdnum refuses', () => {
    expect(assembled('91990100', 'MA7DEM55')).toBe('91990100MA7DEM5500');
    expect(checkUscc('91990100MA7DEM5500')).toBe('ok');
    expect(passesStdnum('91990100MA7DEM5500')).toBe(false);
  });

  it('passes with no wrong character and no two exchanged, as in stdnum', () => {
    fc.assert(
      fc.property(oneSlip(code, ALPHABET), (slip) => {
        expect(checkUscc(slip)).not.toBe('ok');
        expect(passesStdnum(slip)).toBe(false);
      }),
    );
  });
});

/** @param front registering body, type and division. @param body 8 characters of the organisation code. */
function assembled(front: string, body: string): string {
  const text = front + body + organisationCheckCharacter(body);
  return `${text}${usccCheckCharacter(text)}`;
}

function passesStdnum(text: string): boolean | undefined {
  return stdnum.CN?.uscc?.validate(text).isValid;
}
