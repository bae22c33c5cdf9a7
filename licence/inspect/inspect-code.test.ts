import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { parseCode } from '../checks/parse-code.ts';
import { readCode, toCodeText } from '../code-text.ts';
import { HEADER } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { CLAIM } from '../cwt.ts';
import {
  delegatedCode,
  demoCode,
  demoKey,
  demoLicence,
  demoPresentation,
  HOLDER_KEY,
  ISSUER_KEY,
  licenceCode,
} from '../testing/demo-issuer.ts';
import { hex, withBitFlipped } from '../testing/hex.ts';
import { headerOf, rawSign1 } from '../testing/raw-sign1.ts';
import { inspectCode } from './inspect-code.ts';
import { inspectionText } from './inspection-text.ts';

describe('a well-formed code', () => {
  it('that a delegate shows is taken apart in five steps', () => {
    const { steps, wellFormed } = inspectCode(ascii(toCodeText(delegatedCode())));
    expect(wellFormed).toBe(true);
    expect(steps.map(({ title, found }) => `${title}: ${found}`)).toEqual([
      `text form: LZ1: and Base45, ${delegatedCode().length} bytes`,
      'CBOR envelope: in the strict profile',
      "COSE: presentation, kid h'3230e8f989dc0c8b'",
      "licence (in header 13): licence, kid h'4896f714d081bfcf'",
      "delegation (in header -65541): delegation, kid h'0f7bda543a99dd6d'",
    ]);
  });

  it('shows a licence with the names of its claims, and times to read', () => {
    const { steps } = inspectCode(licenceCode());
    const claims = steps.at(-1)?.shown.find(({ what }) => what === 'claims')?.notation;
    expect(claims).toContain('/ iss / 1: "demo-issuer"');
    expect(claims).toContain('/ exp / 4: 1818944000 / 2027-08-22T14:13:20Z /');
    expect(claims).toContain('/ holderName / 1: "张小明"');
  });

  it('shows what a presentation embeds once, in steps of their own', () => {
    const text = inspectionText(inspectCode(delegatedCode()));
    expect(text).toContain('/ kcwt / 13: ... / see its own step /');
    expect(text.split('张小明')).toHaveLength(2);
  });
});

describe('where a code stops being well formed', () => {
  it.each([
    ['nothing of ours', 'https://example.org/', 'text form', 'not-a-licence-code: no LZ1: prefix'],
    [
      'a character that Base45 lacks',
      'LZ1:BB8aBB8',
      'text form',
      'malformed: not Base45 from character 7 on',
    ],
    ['a group over its value', 'LZ1:BB8:::', 'text form', 'malformed: not Base45 from character 7 on'],
    [
      'a length that promises more',
      toCodeText(hex('d2845840')),
      'CBOR envelope',
      'malformed: truncated at byte 4',
    ],
    [
      'a code cut short',
      toCodeText(demoCode().subarray(0, 200)),
      'CBOR envelope',
      'malformed: truncated at byte 5',
    ],
    ['an empty array', toCodeText(hex('d280')), 'COSE', 'malformed: not a tagged array of four'],
  ])('%s', (_, text, title, fault) => {
    const { steps, wellFormed } = inspectCode(ascii(text));
    expect(wellFormed).toBe(false);
    expect(steps.at(-1)).toMatchObject({ title, fault });
  });

  it('in the protected header is named with its byte, and shown as far as it goes', () => {
    const header = hex('a3 01 32 04 fa00000000 10 19fde9');
    const { steps } = inspectCode(rawSign1({ header, payload: hex('a0') }, ISSUER_KEY));
    expect(steps.at(-1)?.fault).toBe('malformed: protected header: float at byte 4');
    expect(steps.at(-1)?.shown[0]?.notation).toContain('/ kid / 4: / !! float at byte 4 / 0.0');
  });

  it('in the claims is named with its byte', () => {
    const header = headerOf(TYP.licence, ISSUER_KEY);
    const { steps } = inspectCode(rawSign1({ header, payload: hex('a101 f93c00') }, ISSUER_KEY));
    expect(steps.at(-1)?.fault).toBe('malformed: claims: float at byte 2');
  });

  it('at a claim that is not there names it', () => {
    const payload = encodeCbor(new Map([[CLAIM.iss, 'demo-issuer']]));
    const code = rawSign1({ header: headerOf(TYP.licence, ISSUER_KEY), payload }, ISSUER_KEY);
    expect(inspectCode(code).steps.at(-1)?.fault).toBe('malformed: iss, sub or kind');
  });

  it('at an object that is no code names what it is', () => {
    const code = rawSign1(
      { header: headerOf(TYP.resolveAnswer, ISSUER_KEY), payload: hex('a0') },
      ISSUER_KEY,
    );
    const step = inspectCode(code).steps.at(-1);
    expect(step).toMatchObject({ fault: 'unsupported: typ' });
    expect(step?.found).toContain('resolve answer');
  });

  it('at a licence that embeds something says so', () => {
    const header = headerOf(TYP.licence, ISSUER_KEY, { [HEADER.kcwt]: null });
    const code = rawSign1({ header, payload: hex('a0') }, ISSUER_KEY);
    expect(inspectCode(code).steps.at(-1)?.fault).toBe('unsupported: header 13');
  });

  it('at a presentation without a licence names the licence', () => {
    const { iat, cti } = demoPresentation();
    const payload = encodeCbor(
      new Map<number, CborValue>([
        [CLAIM.iat, iat],
        [CLAIM.cti, cti],
      ]),
    );
    const code = rawSign1({ header: headerOf(TYP.presentation, HOLDER_KEY), payload }, HOLDER_KEY);
    expect(inspectCode(code).steps.at(-1)).toMatchObject({
      title: 'licence (in header 13)',
      fault: 'malformed: not a tagged array of four',
    });
  });
});

describe('any bytes', () => {
  it('are well formed exactly when a verdict finds them so', () => {
    const codes = [delegatedCode(), demoCode(), licenceCode()];
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.nat(), fc.nat({ max: 3 }), (code, bit, flips) => {
        let bytes = code;
        for (let i = 0; i < flips; i++) bytes = withBitFlipped(bytes, (bit * (i + 1)) % (code.length * 8));
        const read = readCode(bytes);
        expect(inspectCode(bytes).wellFormed).toBe(read.ok && parseCode(read.bytes).ok);
      }),
      { numRuns: 300 },
    );
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        inspectionText(inspectCode(Uint8Array.of(0xd2, ...bytes)));
        inspectionText(inspectCode(ascii(toCodeText(bytes))));
      }),
    );
  });
});

describe('the text of an inspection', () => {
  it('says first and last that nothing was verified', () => {
    for (const code of [delegatedCode(), hex('d2ff'), ascii('12')]) {
      const lines = inspectionText(inspectCode(code)).trimEnd().split('\n');
      expect(lines.at(0)).toMatch(/^UNVERIFIED.*personal data/);
      expect(lines.at(-1)).toMatch(/^UNVERIFIED/);
    }
  });

  it('holds none of what a header calls itself', () => {
    const key = demoKey('nobody');
    const header = new Map<number | string, CborValue>([...headerOf(TYP.licence, key), ['\u001b[2J', 1]]);
    const text = inspectionText(inspectCode(rawSign1({ header, payload: encodeCbor(new Map()) }, key)));
    expect(text).toContain('!! unsupported: a text header');
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });

  it('holds no character that could steer a terminal', () => {
    const fields = new Map([[1, '\u001b]0;owned\u0007\u009b2J\u202e\r']]);
    const text = inspectionText(inspectCode(licenceCode(demoLicence({ fields }))));
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(text).toContain('\\u001b]0;owned\\u0007');
  });
});

function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
