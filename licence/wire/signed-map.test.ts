import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { demoKey } from '../testing/demo-issuer.ts';
import { hex, withBitFlipped } from '../testing/hex.ts';
import { bytesOf, countOf, openSignedMap } from './signed-map.ts';

const KEY = demoKey('city');
const PAYLOAD = encodeCbor(new Map([[1, 'one']]));

describe('a signed map', () => {
  it('opens under the key that signed it', () => {
    expect(open(seal(PAYLOAD))).toEqual({
      ok: true,
      value: { map: new Map([[1, 'one']]), kid: KEY.kid },
    });
  });

  it('opens under any of several keys', () => {
    expect(open(seal(PAYLOAD), [demoKey('another').publicKey, KEY.publicKey])).toMatchObject({ ok: true });
  });

  it.each([
    ['under another key', [demoKey('another').publicKey]],
    ['under no key', []],
  ])('does not open %s', (_, keys) => {
    expect(open(seal(PAYLOAD), keys)).toEqual({ ok: false, detail: 'not signed by an admitted key' });
  });

  it('does not open once a bit of it was turned', () => {
    const bytes = seal(PAYLOAD);
    expect(open(withBitFlipped(bytes, bytes.length * 8 - 1))).toMatchObject({ ok: false });
  });

  it.each(Object.entries(TYP).filter(([, typ]) => typ !== TYP.timeAnswer))(
    'of typ %s can’t pass for another',
    (_, typ) => {
      expect(open(sealSign1(typ, PAYLOAD, KEY))).toEqual({ ok: false, detail: 'typ' });
    },
  );

  it('past its limit of bytes is refused before anything else', () => {
    expect(open(seal(encodeCbor(new Map([[1, new Uint8Array(512)]]))))).toEqual({
      ok: false,
      detail: 'envelope: too-large at byte 512',
    });
  });

  it('whose payload is no map is refused', () => {
    expect(open(seal(encodeCbor([])))).toEqual({ ok: false, detail: 'payload is not a map' });
  });

  it('whose payload is outside the profile is refused, with the fault and its offset', () => {
    expect(open(seal(hex('a2 01 00 01 00')))).toEqual({
      ok: false,
      detail: 'payload: duplicate-key at byte 3',
    });
  });
});

describe('a member of a signed map', () => {
  const map = new Map<number, Uint8Array | number | string>([
    [1, new Uint8Array(4)],
    [2, 7],
    [3, -7],
    [4, 'text'],
  ]);

  it('is a byte string of the length asked for', () => {
    expect(bytesOf(map, 1, 4)).toEqual(new Uint8Array(4));
  });

  it.each([
    [1, 'of another length'],
    [2, 'that is a number'],
    [5, 'that is not there'],
  ])('%i, %s, is no byte string of five bytes', (label) => {
    expect(bytesOf(map, label, 5)).toBeUndefined();
  });

  it('is a count', () => {
    expect(countOf(map, 2)).toBe(7);
  });

  it.each([
    [3, 'which is negative'],
    [4, 'which is text'],
    [5, 'which is not there'],
  ])('%i, %s, is no count', (label) => {
    expect(countOf(map, label)).toBeUndefined();
  });
});

function seal(payload: Uint8Array): Uint8Array {
  return sealSign1(TYP.timeAnswer, payload, KEY);
}

function open(bytes: Uint8Array, keys = [KEY.publicKey]) {
  return openSignedMap(bytes, TYP.timeAnswer, keys, nativeVerifier(), 512);
}
