import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENROLMENT_SECRET_BYTES, formatEnrolmentCode, parseEnrolmentCode } from './enrolment-code.ts';

const CODE = {
  secret: Uint8Array.from({ length: ENROLMENT_SECRET_BYTES }, (_, i) => i * 25),
  rootFingerprint: Uint8Array.from({ length: 16 }, (_, i) => 255 - i),
};
const TEXT = formatEnrolmentCode(CODE);

describe('an enrolment code', () => {
  it('is seven groups of six characters that can be read out: none of I, L, O, U', () => {
    expect(TEXT).toMatch(/^([0-9A-HJKMNP-TV-Z]{6}-){6}[0-9A-HJKMNP-TV-Z]{6}$/);
  });

  it('gives back any secret and any fingerprint', () => {
    const secret = fc.uint8Array({ minLength: 10, maxLength: 10 });
    const rootFingerprint = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(fc.record({ secret, rootFingerprint }), (code) => {
        expect(parseEnrolmentCode(formatEnrolmentCode(code))).toEqual(code);
      }),
    );
  });
});

describe('reading what a person typed', () => {
  it.each([
    ['in lower case', TEXT.toLowerCase()],
    ['without dashes', TEXT.replaceAll('-', '')],
    ['with spaces for dashes', TEXT.replaceAll('-', ' ')],
    ['with white space and a line end around it', `  ${TEXT}\r\n`],
    ['with O for 0', TEXT.replaceAll('0', 'O')],
    ['with I for 1', TEXT.replaceAll('1', 'I')],
    ['with a small l for 1', TEXT.replaceAll('1', 'l')],
  ])('%s', (_, text) => {
    expect(parseEnrolmentCode(text)).toEqual(CODE);
  });

  it.each([
    ['nothing', ''],
    ['a character too few', TEXT.slice(0, -1)],
    ['a character too many', `${TEXT}0`],
    ['a U, which the alphabet leaves out', `U${TEXT.slice(1)}`],
    ['a foreign character', `é${TEXT.slice(1)}`],
    ['bits past the last byte', `${TEXT.slice(0, -1)}Z`],
    ['a licence code', 'LZ1:ABCDEF'],
  ])('%s is none', (_, text) => {
    expect(parseEnrolmentCode(text)).toBeUndefined();
  });
});
