import { describe, expect, it } from 'vitest';
import { MAX_REFERENCE_CHARACTERS, referenceCode } from './reference-code.ts';
import { demoCode, demoService } from './testing/demo-issuer.ts';
import type { ReferencePattern } from './trust/catalogue.ts';

const DIGITS_28 = '1234567890123456789012345678';
const QR = ']Q1';

function found(text: string, references?: readonly ReferencePattern[], symbology?: string) {
  const service = demoService(references ? { references: [...references] } : {});
  return referenceCode(new Uint8Array(Buffer.from(text)), service, symbology);
}

describe('a service that does not say otherwise', () => {
  it('takes the 28 digits of the medical-insurance code', () => {
    expect(found(DIGITS_28)).toEqual({ pattern: 'medical-insurance', value: DIGITS_28 });
  });

  it('takes LZR: and a token', () => {
    expect(found('LZR:7Q4X-2M9K')).toEqual({ pattern: 'token', value: 'LZR:7Q4X-2M9K' });
  });

  it.each(['\r', '\n', '\r\n'])('takes it with one terminator %j, which is no part of it', (terminator) => {
    expect(found(DIGITS_28 + terminator)).toEqual({ pattern: 'medical-insurance', value: DIGITS_28 });
  });

  it.each([
    ['27 digits', DIGITS_28.slice(1)],
    ['29 digits', `${DIGITS_28}0`],
    ['18 digits, a payment code', '280123456789012345'],
    ['20 digits, a drug trace code', '81234567890123456789'],
    ['full-width digits', '１２３４５６７８９０１２３４５６７８９０１２３４５６７８'],
    ['a space in front', ` ${DIGITS_28}`],
    ['two terminators', `${DIGITS_28}\r\r`],
    ['a token too short', 'LZR:1234567'],
    ['a token too long', `LZR:${'A'.repeat(65)}`],
    ['a token in lower case', 'LZR:abcdefgh'],
    ['an address', 'https://ticket.example/abc'],
    ['nothing', ''],
  ])('takes nothing else: %s', (_, text) => {
    expect(found(text, undefined, QR)).toBeUndefined();
  });

  it('takes no licence code', () => {
    expect(referenceCode(demoCode(), demoService(), QR)).toBeUndefined();
  });
});

describe('digits, where a service switches them on', () => {
  const references = [{ pattern: 'digits', length: 20 }] as const;
  const digits = '81234567890123456789';

  it('are taken from a QR code', () => {
    expect(found(digits, references, QR)).toEqual({ pattern: 'digits', value: digits });
  });

  it.each([']C0', ']E0', ']d2', undefined])('are not taken from %s', (symbology) => {
    expect(found(digits, references, symbology)).toBeUndefined();
  });

  it('are not taken in another length', () => {
    expect(found(digits.slice(1), references, QR)).toBeUndefined();
  });
});

describe('an address, where a service switches its host on', () => {
  const references = [{ pattern: 'url', host: 'code.city.example' }] as const;

  it('is taken from a QR code', () => {
    const url = 'https://code.city.example/l?t=8Q';
    expect(found(url, references, QR)).toEqual({ pattern: 'url', value: url });
  });

  it.each([
    ['of another host', 'https://evil.example/code.city.example'],
    ['of a host it is the beginning of', 'https://code.city.example.evil.example/'],
    ['of a host it is the end of', 'https://xcode.city.example/'],
    ['with a name that looks like the host', 'https://code.city.example@evil.example/'],
    ['with a name before the host', 'https://a@code.city.example/'],
    ['of another port', 'https://code.city.example:8443/'],
    ['without encryption', 'http://code.city.example/'],
    ['with a space', 'https://code.city.example/ '],
    ['that is none', 'https:'],
    ['whose backslash another parser takes for part of a name', 'https://code.city.example\\@evil.example/'],
    ['with a port that is the usual one', 'https://code.city.example:443/'],
    ['with a port that is empty', 'https://code.city.example:/'],
    ['with a name that is empty', 'https://@code.city.example/'],
    ['without slashes', 'https:code.city.example/'],
    ['with backslashes', 'https:\\\\code.city.example/'],
    ['with too many slashes', 'https:////code.city.example/'],
    ['with a dot that is escaped', 'https://code%2ecity.example/'],
    ['with a dot behind', 'https://code.city.example./'],
    ['in upper case, which is no address of a licence', 'HTTPS://CODE.CITY.EXAMPLE/'],
  ])('is not taken %s', (_, url) => {
    expect(found(url, references, QR)).toBeUndefined();
  });

  it('is not taken without a symbology', () => {
    expect(found('https://code.city.example/', references)).toBeUndefined();
  });

  it('is not taken past the length of an address', () => {
    const url = `https://code.city.example/${'a'.repeat(MAX_REFERENCE_CHARACTERS)}`;
    expect(found(url, references, QR)).toBeUndefined();
  });
});

it('a service that switches all of them off sends nothing anywhere', () => {
  expect(found(DIGITS_28, [])).toBeUndefined();
});
