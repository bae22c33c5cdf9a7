import { describe, expect, it } from 'vitest';
import type { CborValue } from './cbor/decode.ts';
import { decodeCbor } from './cbor/decode.ts';
import { encodeCbor } from './cbor/encode.ts';
import { parseLicence, parsePresentation } from './claims.ts';
import { parseSign1 } from './cose/sign1.ts';
import { TYP } from './cose/typ.ts';
import { CLAIM } from './cwt.ts';
import { type Changes, changedMap } from './testing/changed-map.ts';
import { demoLicence, HOLDER_KEY, licenceCode, NOW, staticLicence } from './testing/demo-issuer.ts';

const X = HOLDER_KEY.publicKey;

describe('the claims of a licence', () => {
  it('are read as the issuer wrote them', () => {
    expect(licenceWith({})).toEqual({ ok: true, value: demoLicence() });
  });

  it('without cnf make a static code, which has no holder key', () => {
    expect(licenceWith({ [CLAIM.cnf]: undefined })).toEqual({ ok: true, value: staticLicence() });
  });

  it('that this version does not know are passed over (RFC 8392 §3)', () => {
    expect(licenceWith({ [-70_000]: 'later' })).toMatchObject({ ok: true });
  });

  it('hold fields of text, integers and truth values', () => {
    const fields = new Map<number, string | number | boolean>([
      [1, '张小明'],
      [20, 12],
      [21, true],
    ]);
    expect(licenceWith({ [CLAIM.fields]: fields })).toMatchObject({ ok: true, value: { fields } });
  });
});

describe('a licence is refused', () => {
  it.each<[string, Changes, string]>([
    ['without iss', { [CLAIM.iss]: undefined }, 'iss, sub or kind'],
    ['with an empty iss', { [CLAIM.iss]: '' }, 'iss, sub or kind'],
    ['with an iss that is a number', { [CLAIM.iss]: 1 }, 'iss, sub or kind'],
    ['without sub', { [CLAIM.sub]: undefined }, 'iss, sub or kind'],
    ['without kind', { [CLAIM.kind]: undefined }, 'iss, sub or kind'],
    ['without iat', { [CLAIM.iat]: undefined }, 'iat, nbf or exp'],
    ['without nbf', { [CLAIM.nbf]: undefined }, 'iat, nbf or exp'],
    ['without exp', { [CLAIM.exp]: undefined }, 'iat, nbf or exp'],
    ['with a negative exp', { [CLAIM.exp]: -1 }, 'iat, nbf or exp'],
    ['with an exp that is text', { [CLAIM.exp]: '2027-01-01' }, 'iat, nbf or exp'],
    ['without cti', { [CLAIM.cti]: undefined }, 'cti'],
    ['with a cti of 15 bytes', { [CLAIM.cti]: new Uint8Array(15) }, 'cti'],
    ['with a cti that is text', { [CLAIM.cti]: '0123456789abcdef' }, 'cti'],
    ['without status: one that can’t be revoked', { [CLAIM.status]: undefined }, 'status'],
    ['with a status of another mechanism', { [CLAIM.status]: new Map([['status_url', 'x']]) }, 'status'],
    ['with a status without idx', { [CLAIM.status]: status({ uri: 'u' }) }, 'status'],
    ['with a negative idx', { [CLAIM.status]: status({ uri: 'u', idx: -1 }) }, 'status'],
    ['with a uri past 512 bytes', { [CLAIM.status]: status({ uri: '单'.repeat(171), idx: 1 }) }, 'status'],
    ['with an empty uri', { [CLAIM.status]: status({ uri: '', idx: 1 }) }, 'status'],
    ['with a status without uri', { [CLAIM.status]: status({ idx: 1 }) }, 'status'],
    ['without fields', { [CLAIM.fields]: undefined }, 'fields'],
    ['with fields that are a list', { [CLAIM.fields]: ['张小明'] }, 'fields'],
    ['with a field under a text label', { [CLAIM.fields]: new Map([['name', '张小明']]) }, 'fields'],
    ['with a field of bytes', { [CLAIM.fields]: new Map([[1, new Uint8Array(1)]]) }, 'fields'],
    ['with a field that is null', { [CLAIM.fields]: new Map([[1, null]]) }, 'fields'],
    ['with an empty cnf: not the same as none', { [CLAIM.cnf]: new Map() }, 'cnf'],
    ['with a cnf that is null', { [CLAIM.cnf]: null }, 'cnf'],
    ['with a holder key of another type', { [CLAIM.cnf]: cnf({ 1: 2, [-1]: 6, [-2]: X }) }, 'cnf'],
    ['with a holder key of another curve', { [CLAIM.cnf]: cnf({ 1: 1, [-1]: 4, [-2]: X }) }, 'cnf'],
    ['with a holder key of 31 bytes', { [CLAIM.cnf]: cnf({ 1: 1, [-1]: 6, [-2]: X.slice(1) }) }, 'cnf'],
  ])('%s', (_, changes, detail) => {
    expect(licenceWith(changes)).toEqual({ ok: false, detail });
  });

  it.each([
    ['a payload that is no map', encodeCbor([1]), 'claims that are not a map'],
    ['a payload outside the profile', Uint8Array.of(0xbf, 0xff), 'claims: indefinite-length at byte 0'],
    ['a payload of no bytes', new Uint8Array(0), 'claims: truncated at byte 0'],
  ])('with %s', (_, payload, detail) => {
    expect(parseLicence(payload)).toEqual({ ok: false, detail });
  });
});

describe('the claims of a presentation', () => {
  const cti = new Uint8Array(8);

  it('are a time and eight random bytes', () => {
    expect(presentationOf({ 6: NOW, 7: cti })).toEqual({ ok: true, value: { iat: NOW, cti } });
  });

  it('may say for whom it was made, and for which challenge', () => {
    const cnonce = Uint8Array.of(1, 2);
    expect(presentationOf({ 3: 'a-service', 6: NOW, 7: cti, 39: cnonce })).toEqual({
      ok: true,
      value: { iat: NOW, cti, aud: 'a-service', cnonce },
    });
  });

  it.each<[string, Record<number, CborValue>, string]>([
    ['without iat', { 7: cti }, 'iat or cti'],
    ['without cti', { 6: NOW }, 'iat or cti'],
    ['with a cti of 16 bytes', { 6: NOW, 7: new Uint8Array(16) }, 'iat or cti'],
    ['with an aud that is a list', { 6: NOW, 7: cti, 3: ['a-service'] }, 'aud'],
    ['with a cnonce that is text', { 6: NOW, 7: cti, 39: 'n' }, 'cnonce'],
  ])('are refused %s', (_, claims, detail) => {
    expect(presentationOf(claims)).toEqual({ ok: false, detail });
  });

  it('are refused when they are no map', () => {
    expect(parsePresentation(encodeCbor(0))).toMatchObject({ ok: false });
  });
});

/** The demo licence as its issuer signed it, with some claims changed. */
function licenceWith(changes: Changes) {
  const code = parseSign1(licenceCode(), [TYP.licence]);
  if (!code.ok) throw new Error(code.detail);
  const profile = { maxBytes: 2048, maxDepth: 8, maxItems: 256, tag18: 'none', sortedKeys: true } as const;
  const decoded = decodeCbor(code.sign1.payload, profile);
  if (!decoded.ok || !(decoded.value instanceof Map)) throw new Error('no claims');
  return parseLicence(encodeCbor(changedMap(decoded.value, changes)));
}

function presentationOf(claims: Record<number, CborValue>) {
  return parsePresentation(encodeCbor(numbered(claims)));
}

function status(list: Record<string, CborValue>): CborValue {
  return new Map([['status_list', new Map(Object.entries(list))]]);
}

function cnf(key: Record<number, CborValue>): CborValue {
  return new Map([[1, numbered(key)]]);
}

function numbered(claims: Record<number, CborValue>): Map<number, CborValue> {
  return new Map(Object.entries(claims).map(([label, value]) => [Number(label), value]));
}
