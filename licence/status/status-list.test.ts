import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { ALG_EDDSA, HEADER } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { MAX_URI_BYTES } from '../cwt.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { issueStatusList } from '../issue/issue-status-list.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { type Changes, changedMap, EncodedItem, encodeAsListed } from '../testing/changed-map.ts';
import {
  admittedKey,
  demoIssuer,
  demoKey,
  demoStatusList,
  ISSUER_KEY,
  LIST_ENTRIES,
  LIST_URI,
  NOW,
  STATUS_KEY,
} from '../testing/demo-issuer.ts';
import { hex, withBitFlipped } from '../testing/hex.ts';
import { headerOf, rawSign1 } from '../testing/raw-sign1.ts';
import { MAX_TOKEN_BYTES, openStatusList, statusAt } from './status-list.ts';

describe('a status list token', () => {
  it.each([1, 2] as const)('of %i bit per entry opens into the inflated bitmap', (bits) => {
    const list = demoStatusList([], { bits, bitmap: new Uint8Array((LIST_ENTRIES * bits) / 8).fill(0x1b) });
    expect(open(issueStatusList(list, STATUS_KEY))).toEqual({ ok: true, list });
  });

  it('may say after how many seconds to refresh it', () => {
    const list = demoStatusList([], { ttl: 300 });
    expect(open(issueStatusList(list, STATUS_KEY))).toMatchObject({ ok: true, list: { ttl: 300 } });
  });

  it('may say where its issuer names all its lists', () => {
    const list = demoStatusList([], { aggregationUri: 'https://example.com/statuslists' });
    expect(open(issueStatusList(list, STATUS_KEY))).toEqual({ ok: true, list });
  });

  it('carries no tag, as the draft asks since -15', () => {
    expect(issueStatusList(demoStatusList(), STATUS_KEY)[0]).toBe(0x84);
  });

  it('may carry tag 18, as the draft’s examples did before', () => {
    expect(open(sealSign1(TYP.statusList, claims({}), STATUS_KEY))).toMatchObject({ ok: true });
  });

  it('may be shorter than the entries its issuer declared', () => {
    const list = demoStatusList([], { bitmap: new Uint8Array(4) });
    expect(open(issueStatusList(list, STATUS_KEY))).toMatchObject({ ok: true });
  });

  it('of a foreign issuer may have its claims and headers in any order, and a kid of its own unprotected', () => {
    const header = encodeAsListed([
      [HEADER.typ, TYP.statusList],
      [HEADER.alg, ALG_EDDSA],
    ]);
    const payload = encodeAsListed([
      [
        65533,
        new EncodedItem(
          encodeAsListed([
            ['lst', deflated(8)],
            ['bits', 1],
          ]),
        ),
      ],
      [6, NOW],
      [4, NOW + 9],
      [2, LIST_URI],
    ]);
    const unprotected = new Map([[HEADER.kid, hex('3132')]]);
    expect(open(rawSign1({ header, payload, unprotected }, STATUS_KEY))).toMatchObject({
      ok: true,
      list: { iat: NOW, exp: NOW + 9 },
    });
  });
});

describe('an entry', () => {
  it('past the end is undefined, never valid', () => {
    expect(statusAt(demoStatusList([]), LIST_ENTRIES)).toBeUndefined();
  });

  it('last of all is still an entry', () => {
    expect(statusAt(demoStatusList([LIST_ENTRIES - 1]), LIST_ENTRIES - 1)).toBe(1);
  });
});

describe('who may sign a list', () => {
  const token = issueStatusList(demoStatusList(), STATUS_KEY);

  it('nobody, for a uri that no admitted issuer owns', () => {
    expect(open(token, [demoIssuer({ statusLists: [] })])).toEqual(fault('no admitted issuer owns this uri'));
  });

  it('not another issuer, although it has a status key', () => {
    const owner = demoIssuer({ iss: 'owner', keys: [admittedKey(demoKey('owner'), { uses: ['status'] })] });
    const other = demoIssuer({ statusLists: [] });
    expect(open(token, [other, owner])).toEqual(fault(NOT_SIGNED));
  });

  it('not a licence key of its owner', () => {
    expect(open(issueStatusList(demoStatusList(), ISSUER_KEY))).toEqual(fault(NOT_SIGNED));
  });

  it('not a status key before its time', () => {
    expect(open(token, [withStatusKey({ nbf: NOW })])).toEqual(fault(NOT_SIGNED));
  });

  it('not a status key after its time', () => {
    expect(open(token, [withStatusKey({ exp: NOW - 601 })])).toEqual(fault(NOT_SIGNED));
  });

  it('any status key of its owner, whatever kid the token says', () => {
    const payload = claims({});
    const header = headerOf(TYP.statusList, STATUS_KEY, { [HEADER.kid]: hex('ff') });
    expect(open(rawSign1({ header, payload }, STATUS_KEY))).toMatchObject({ ok: true });
  });

  it('none, once a bit of it was turned', () => {
    expect(open(withBitFlipped(token, token.length * 8 - 1))).toEqual(fault(NOT_SIGNED));
  });
});

describe('a token is refused', () => {
  it.each<[string, Changes, string]>([
    ['whose sub is another uri', { 2: 'urn:demo:status:2' }, SUB],
    ['without sub', { 2: undefined }, SUB],
    ['without iat', { 6: undefined }, 'iat or exp'],
    ['without exp, for it would never stop', { 4: undefined }, 'iat or exp'],
    ['signed before time', { 6: -1 }, 'iat or exp'],
    ['with a ttl that is text', { 65534: '300' }, 'ttl'],
    ['with a ttl of no time', { 65534: 0 }, 'ttl'],
    ['without a list', { 65533: undefined }, 'bits or lst'],
    ['with four bits per entry', { 65533: list({ bits: 4 }) }, 'bits or lst'],
    ['with a list that is text', { 65533: list({ lst: 'eNrb' }) }, 'bits or lst'],
    ['with an empty aggregation_uri', { 65533: list({ aggregation_uri: '' }) }, 'aggregation_uri'],
    ['with an aggregation_uri too long', { 65533: list({ aggregation_uri: TOO_LONG }) }, 'aggregation_uri'],
    ['with an aggregation_uri that is no text', { 65533: list({ aggregation_uri: 1 }) }, 'aggregation_uri'],
    ['with a list that is no zlib', { 65533: list({ lst: hex('00') }) }, 'lst does not inflate: Z_BUF_ERROR'],
    ['with a list of noise', { 65533: list({ lst: hex('ffffffff') }) }, 'lst does not inflate: Z_DATA_ERROR'],
  ])('%s', (_, changes, detail) => {
    expect(open(sealSign1(TYP.statusList, claims(changes), STATUS_KEY))).toEqual(fault(detail));
  });

  it.each([1, 2])('that inflates past the declared entries, at %i bit: a bomb stops at its cap', (bits) => {
    const lst = deflated((LIST_ENTRIES * bits) / 8 + 1);
    expect(open(sealSign1(TYP.statusList, claims({ 65533: list({ bits, lst }) }), STATUS_KEY))).toEqual(
      fault('lst does not inflate: ERR_BUFFER_TOO_LARGE'),
    );
  });

  it('of another typ', () => {
    expect(open(sealSign1(TYP.licence, claims({}), STATUS_KEY))).toEqual(fault('typ'));
  });

  it('whose payload is no map', () => {
    expect(open(sealSign1(TYP.statusList, encodeCbor([]), STATUS_KEY))).toEqual(
      fault('payload is not a CBOR map of the profile'),
    );
  });

  it('with a claim twice, for two readers would read two lists', () => {
    const payload = hex('a2 02 00 02 00');
    expect(open(sealSign1(TYP.statusList, payload, STATUS_KEY))).toEqual(
      fault('payload is not a CBOR map of the profile'),
    );
  });

  it('past 264 KiB, before anything is decoded', () => {
    expect(open(new Uint8Array(MAX_TOKEN_BYTES + 1))).toEqual(
      fault(`envelope: too-large at byte ${MAX_TOKEN_BYTES}`),
    );
  });
});

const TOO_LONG = 'u'.repeat(MAX_URI_BYTES + 1);
const NOT_SIGNED = 'not signed by a status key of its owner';
const SUB = 'sub is not the uri it was asked for';

function open(token: Uint8Array, issuers = [demoIssuer()]) {
  return openStatusList(token, LIST_URI, issuers, nativeVerifier());
}

/** Claims of a true token, with some changed. */
function claims(changes: Changes): Uint8Array {
  const map = new Map<number, CborValue>([
    [2, LIST_URI],
    [4, NOW + 60],
    [6, NOW],
    [65533, list({})],
  ]);
  return encodeCbor(changedMap(map, changes));
}

function list(changes: Readonly<Record<string, CborValue>>): CborValue {
  return new Map<string, CborValue>(Object.entries({ bits: 1, lst: deflated(LIST_ENTRIES / 8), ...changes }));
}

/** That many zero bytes. */
function deflated(length: number): Uint8Array {
  return new Uint8Array(deflateSync(new Uint8Array(length)));
}

function withStatusKey(changes: Parameters<typeof admittedKey>[1]) {
  return demoIssuer({ keys: [admittedKey(STATUS_KEY, { uses: ['status'], ...changes })] });
}

function fault(detail: string) {
  return { ok: false, detail };
}
