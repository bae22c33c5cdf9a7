import { describe, expect, it } from 'vitest';
import { type CborValue, TaggedSign1 } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { type Changes, encodeAsListed } from '../testing/changed-map.ts';
import { demoKey } from '../testing/demo-issuer.ts';
import { hex } from '../testing/hex.ts';
import { headerOf, rawSign1, taggedSign1 } from '../testing/raw-sign1.ts';
import { ALG_EDDSA, HEADER, parseSign1, readSign1 } from './sign1.ts';
import { TYP } from './typ.ts';

const KEY = demoKey('issuer');
const PAYLOAD = hex('a0');
const SIGNATURE = new Uint8Array(64);

describe('a COSE_Sign1 of this format', () => {
  it('parses into its typ, kid, payload and signature', () => {
    const parsed = parse(sealSign1(TYP.licence, PAYLOAD, KEY));
    expect(parsed).toMatchObject({
      ok: true,
      sign1: { typ: TYP.licence, kid: KEY.kid, payload: PAYLOAD },
    });
  });

  it('is signed over the Sig_structure of RFC 9052 §4.4, around the received bytes', () => {
    const header = headerOf(TYP.licence, KEY);
    const parsed = parse(rawSign1({ header, payload: PAYLOAD }, KEY));
    const signedBytes = encodeCbor(['Signature1', encodeCbor(header), new Uint8Array(0), PAYLOAD]);
    expect(parsed).toMatchObject({ ok: true, sign1: { signedBytes } });
  });

  it('may say EdDSA (−8) for its algorithm, which with these keys is Ed25519', () => {
    expect(withHeader({ [HEADER.alg]: ALG_EDDSA })).toMatchObject({ ok: true });
  });

  it('may be any of several types where several are expected', () => {
    const bytes = sealSign1(TYP.presentation, PAYLOAD, KEY);
    expect(parseSign1(bytes, [TYP.licence, TYP.presentation])).toMatchObject({
      sign1: { typ: TYP.presentation },
    });
  });
});

describe('the envelope', () => {
  it('outside the strict profile is malformed, with the fault and its offset', () => {
    expect(parse(hex('d2 9f ff'))).toEqual(malformed('envelope: indefinite-length at byte 1'));
  });

  it('without tag 18 is malformed', () => {
    expect(parse(hex('84 40 a0 40 40'))).toEqual(malformed('envelope: tag at byte 0'));
  });

  it('past its limit of bytes is malformed', () => {
    const bytes = sealSign1(TYP.licence, new Uint8Array(1536), KEY);
    expect(parse(bytes)).toEqual(malformed('envelope: too-large at byte 1536'));
  });

  it.each<[string, CborValue]>([
    ['no array', new Map()],
    ['three items', [hex('a0'), new Map(), PAYLOAD]],
    ['five items', [hex('a0'), new Map(), PAYLOAD, SIGNATURE, 0]],
  ])('of %s is malformed', (_, value) => {
    expect(parse(encodeCbor(new TaggedSign1(value)))).toEqual(malformed('not a tagged array of four'));
  });

  it.each<[string, CborValue]>([
    ['a protected header that is a map', [new Map(), new Map(), PAYLOAD, SIGNATURE]],
    ['an unprotected header that is bytes', [hex('a0'), hex('a0'), PAYLOAD, SIGNATURE]],
    ['a detached payload (null)', [hex('a0'), new Map(), null, SIGNATURE]],
  ])('with %s is malformed', (_, value) => {
    expect(parse(encodeCbor(new TaggedSign1(value)))).toEqual(malformed('not the shape of a COSE_Sign1'));
  });

  it.each([0, 63, 65])('with a signature of %i bytes is malformed', (length) => {
    const header = headerOf(TYP.licence, KEY);
    const bytes = rawSign1({ header, payload: PAYLOAD, signature: new Uint8Array(length) }, KEY);
    expect(parse(bytes)).toEqual(malformed('the signature is not 64 bytes'));
  });
});

describe('the protected header', () => {
  it('outside the strict profile is malformed, with the fault and its offset', () => {
    expect(parse(rawSign1({ header: hex('a2 04 00 01 00'), payload: PAYLOAD }, KEY))).toEqual(
      malformed('protected header: key-order at byte 3'),
    );
  });

  it('of no bytes is malformed, although COSE reads it as an empty map', () => {
    expect(parse(rawSign1({ header: new Uint8Array(0), payload: PAYLOAD }, KEY))).toEqual(
      malformed('protected header: truncated at byte 0'),
    );
  });

  it('that is no map is malformed', () => {
    expect(parse(rawSign1({ header: hex('80'), payload: PAYLOAD }, KEY))).toEqual(
      malformed('the protected header is not a map'),
    );
  });

  it('with a parameter this version does not know is unsupported, for it may be critical', () => {
    expect(withHeader({ 2: [1] })).toEqual(unsupported('header 2'));
  });

  it.each([
    ['ES256', -7],
    ['EdDSA with Ed448 (−53)', -53],
    ['the name of one', 'EdDSA'],
    ['none at all', undefined],
  ])('with %s for its algorithm is unsupported', (_, alg) => {
    expect(withHeader({ [HEADER.alg]: alg })).toEqual(unsupported('algorithm'));
  });

  it.each([
    ['of another object', TYP.presentation],
    ['as a text', '65001'],
    ['left out', undefined],
  ])('with a typ %s is unsupported: no object can pass for another', (_, typ) => {
    expect(withHeader({ [HEADER.typ]: typ })).toEqual(unsupported('typ'));
  });

  it.each([7, 9])('with a kid of %i bytes is malformed', (length) => {
    expect(withHeader({ [HEADER.kid]: new Uint8Array(length) })).toEqual(malformed('length of kid'));
  });

  it('without a kid is malformed', () => {
    expect(withHeader({ [HEADER.kid]: undefined })).toEqual(malformed('no kid'));
  });

  it('with a kid that is text is malformed', () => {
    expect(withHeader({ [HEADER.kid]: 'key-one!' })).toEqual(malformed('no kid'));
  });
});

describe('the unprotected header', () => {
  it.each([
    ['a kid', new Map([[HEADER.kid, KEY.kid]])],
    ['an algorithm', new Map([[HEADER.alg, -19]])],
    ['a parameter nobody knows', new Map([['x', 0]])],
  ])('with %s is malformed: what is not signed says nothing', (_, unprotected) => {
    const bytes = rawSign1({ header: headerOf(TYP.licence, KEY), payload: PAYLOAD, unprotected }, KEY);
    expect(parse(bytes)).toEqual(malformed('the unprotected header is not empty'));
  });
});

describe('an embedded COSE_Sign1', () => {
  it('is read from the value of a header', () => {
    const value = taggedSign1({ header: headerOf(TYP.licence, KEY), payload: PAYLOAD }, KEY);
    expect(readSign1(value, [TYP.licence])).toMatchObject({ ok: true, sign1: { kid: KEY.kid } });
  });

  it('reaches its reader through header 13 of another', () => {
    const inner = taggedSign1({ header: headerOf(TYP.licence, KEY), payload: PAYLOAD }, KEY);
    const sealed = sealSign1(TYP.presentation, PAYLOAD, KEY, [[HEADER.kcwt, inner]]);
    const outer = parseSign1(sealed, [TYP.presentation]);
    expect(outer.ok && readSign1(outer.sign1.header.get(HEADER.kcwt), [TYP.licence])).toMatchObject({
      ok: true,
    });
  });

  it.each([HEADER.kcwt, HEADER.delegation])(
    'in header %i of anything but a presentation is unsupported',
    (label) => {
      const inner = taggedSign1({ header: headerOf(TYP.licence, KEY), payload: PAYLOAD }, KEY);
      for (const typ of [TYP.licence, TYP.delegation, TYP.timeAnswer, TYP.statusList]) {
        const sealed = sealSign1(typ, PAYLOAD, KEY, [[label, inner]]);
        expect(parseSign1(sealed, [typ])).toEqual(unsupported(`header ${label}`));
      }
    },
  );

  it.each<[string, CborValue | undefined]>([
    ['is missing', undefined],
    ['lacks its tag', [hex('a0'), new Map(), PAYLOAD, SIGNATURE]],
    ['is a byte string', sealSign1(TYP.licence, PAYLOAD, KEY)],
  ])('that %s is malformed', (_, value) => {
    expect(readSign1(value, [TYP.licence])).toEqual(malformed('not a tagged array of four'));
  });
});

describe('a foreign token', () => {
  const foreign = { foreign: true };

  it('with a kid in both headers is malformed: RFC 9052 has a label once', () => {
    const unprotected = new Map([[HEADER.kid, KEY.kid]]);
    const bytes = rawSign1({ header: headerOf(TYP.licence, KEY), payload: PAYLOAD, unprotected }, KEY);
    expect(parseSign1(bytes, [TYP.licence], foreign)).toEqual(malformed('kid stands twice'));
  });

  it('may have its header keys in any order', () => {
    const header = encodeAsListed([...headerOf(TYP.licence, KEY)].toReversed());
    expect(parseSign1(rawSign1({ header, payload: PAYLOAD }, KEY), [TYP.licence], foreign)).toMatchObject({
      ok: true,
    });
  });

  it('may carry its kid unprotected', () => {
    const header = headerOf(TYP.licence, KEY, { [HEADER.kid]: undefined });
    const unprotected = new Map([[HEADER.kid, hex('3132')]]);
    expect(
      parseSign1(rawSign1({ header, payload: PAYLOAD, unprotected }, KEY), [TYP.licence], foreign),
    ).toMatchObject({ ok: true, sign1: { kid: hex('3132') } });
  });

  it('may have a kid of up to 64 bytes', () => {
    expect(withHeader({ [HEADER.kid]: new Uint8Array(64) }, foreign)).toMatchObject({ ok: true });
  });

  it('with a longer kid is malformed', () => {
    expect(withHeader({ [HEADER.kid]: new Uint8Array(65) }, foreign)).toEqual(malformed('length of kid'));
  });

  it('with anything but a kid unprotected is malformed', () => {
    const unprotected = new Map([[HEADER.alg, -19]]);
    const bytes = rawSign1({ header: headerOf(TYP.licence, KEY), payload: PAYLOAD, unprotected }, KEY);
    expect(parseSign1(bytes, [TYP.licence], foreign)).toEqual(
      malformed('the unprotected header is not empty'),
    );
  });
});

function parse(bytes: Uint8Array) {
  return parseSign1(bytes, [TYP.licence]);
}

function withHeader(changes: Changes, shape = {}) {
  const header = headerOf(TYP.licence, KEY, changes);
  return parseSign1(rawSign1({ header, payload: PAYLOAD }, KEY), [TYP.licence], shape);
}

function malformed(detail: string) {
  return { ok: false, reason: 'malformed', detail };
}

function unsupported(detail: string) {
  return { ok: false, reason: 'unsupported', detail };
}
