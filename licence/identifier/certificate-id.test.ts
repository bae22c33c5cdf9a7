import { mod37_36 } from 'cdigit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificateIdCheckCharacter, checkCertificateId } from './certificate-id.ts';
import { oneSlip } from './testing/one-slip.ts';

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const TYPE = '11100000000013338W011';
const GOOD = `1.2.156.3005.2.${TYPE}.11430000006122244L.20230000403.001.U`;

describe('a licence identifier (GB/T 36904)', () => {
  it.each([
    ['11100000000013338W011.11430000006122244L.20230000403.001', 'U'],
    ['11100000000013338W011.11430000006122244L.20230000403.002', 'S'],
    ['11100000MB03271699022.340100.000000016.001', '9'],
  ])('%s passes with the check character %s of the worked example', (body, check) => {
    expect(certificateIdCheckCharacter(body)).toBe(check);
    expect(checkCertificateId(`1.2.156.3005.2.${body}.${check}`)).toBe('ok');
  });

  it.each([
    ['', 'prefix'],
    ['1.2.156.3005.2', 'prefix'],
    [GOOD.replace('3005.2.', '3005.20.'), 'prefix'],
    [` ${GOOD}`, 'prefix'],
    ['1.2.156.3005.2.', 'parts'],
    ['1.2.156.3005.2.....', 'length'],
    [GOOD.slice(0, -2), 'parts'],
    [`${GOOD}.`, 'parts'],
    [GOOD.replace('11430000006122244L.', '11430000.006122244L.'), 'parts'],
    [GOOD.replace(TYPE, TYPE.slice(1)), 'length'],
    [GOOD.replace(TYPE, `0${TYPE}`), 'length'],
    [GOOD.replace('11430000006122244L', ''), 'length'],
    [GOOD.replace('20230000403', ''), 'length'],
    [GOOD.replace('.001.', '.01.'), 'length'],
    [GOOD.replace('.001.', '.0001.'), 'length'],
    [GOOD.slice(0, -1), 'length'],
    [`${GOOD}\n`, 'length'],
    [GOOD.replace('L', 'l'), 'alphabet'],
    [GOOD.replace('20230000403', '2023-000403'), 'alphabet'],
    [GOOD.replace('20230000403', '２０２３'), 'alphabet'],
    [GOOD.replace(/U$/, 'u'), 'alphabet'],
    [GOOD.replace(/U$/, '\n'), 'alphabet'],
    [GOOD.replace(/U$/, 'V'), 'check-character'],
    [GOOD.replace('.001.', '.002.'), 'check-character'],
  ] as const)('%j has a fault: %s', (text, fault) => {
    expect(checkCertificateId(text)).toBe(fault);
  });

  it.each([
    ['dots', '.'.repeat(1500)],
    ['one long part', 'A'.repeat(1500)],
  ])('of 1,500 characters more has a fault: %s', (_, tail) => {
    expect(checkCertificateId(`1.2.156.3005.2.${tail}`)).not.toBe('ok');
  });

  it.each(['', '...', 'a.b.c.d', '11100000MB03271699022.340100.0000 0016.001'])(
    'has no check character for the body %j',
    (body) => expect(certificateIdCheckCharacter(body)).toBeUndefined(),
  );
});

describe('a licence identifier, beside cdigit', () => {
  const text = (minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...ALPHANUMERIC), minLength, maxLength });
  const parts = fc.tuple(text(21, 21), text(1, 18), text(1, 18), text(3, 3));

  it('passes with the check character that cdigit gives', () => {
    fc.assert(
      fc.property(parts, (all) => {
        expect(checkCertificateId(dotted(all, mod37_36.compute(all.join(''))))).toBe('ok');
      }),
    );
  });

  it('passes after a slip if, and only if, it passes in cdigit', () => {
    const whole = text(51, 51).map((body) => mod37_36.generate(body));
    fc.assert(
      fc.property(oneSlip(whole, ALPHANUMERIC), (slip) => {
        const parts = [slip.slice(0, 21), slip.slice(21, 39), slip.slice(39, 48), slip.slice(48, 51)];
        expect(checkCertificateId(dotted(parts, slip.slice(51))) === 'ok').toBe(mod37_36.validate(slip));
      }),
    );
  });
});

function dotted(parts: readonly string[], check: string): string {
  return `1.2.156.3005.2.${parts.join('.')}.${check}`;
}
