import { describe, expect, it } from 'vitest';
import { TYP } from '../cose/typ.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { EncodedItem, encodeAsListed } from '../testing/changed-map.ts';
import { demoIssuer, LIST_URI, NOW, STATUS_KEY } from '../testing/demo-issuer.ts';
import { hex } from '../testing/hex.ts';
import { openStatusList, type StatusList, statusAt } from './status-list.ts';

/* The encodings printed in draft-ietf-oauth-status-list, as facts. */

describe('the byte arrays of §4.1, as the CBOR of §4.3,', () => {
  it('of one bit', () => {
    const list = opened(ONE_BIT);
    expect(list.bitmap).toEqual(hex('b9 a3'));
    expect(values(list, 16)).toEqual([1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]);
  });

  it('of two bits', () => {
    const list = opened(TWO_BITS);
    expect(list.bitmap).toEqual(hex('c9 44 f9'));
    expect(values(list, 12)).toEqual([1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
  });
});

describe('the test vectors of appendix C: 2^20 entries', () => {
  it('of one bit', () => {
    expect(statuses(opened(LONG_ONE_BIT))).toEqual(
      new Map(
        [0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345].map((i) => [i, 1]),
      ),
    );
  });

  it('of two bits', () => {
    expect(statuses(opened(LONG_TWO_BITS))).toEqual(
      new Map([
        [0, 1],
        [1993, 2],
        [25460, 1],
        [159495, 3],
        [495669, 1],
        [554353, 1],
        [645645, 2],
        [723232, 1],
        [854545, 1],
        [934534, 2],
        [1000345, 3],
      ]),
    );
  });
});

describe('the token of §5.2', () => {
  const uri = 'https://example.com/statuslists/1';
  const owner = demoIssuer({
    keys: [{ ...STATUS_KEY, x: STATUS_KEY.publicKey, nbf: 0, exp: NOW, uses: ['status'], kinds: [] }],
    statusLists: [{ uri, entries: 16 }],
  });

  it('is refused for its algorithm, ES256', () => {
    expect(openStatusList(TOKEN, uri, [owner], nativeVerifier())).toEqual({ ok: false, detail: 'algorithm' });
  });

  it('has claims that open, once an admitted key has signed them', () => {
    const claims = TOKEN.subarray(CLAIMS_AT, CLAIMS_AT + CLAIMS_BYTES);
    const token = sealSign1(TYP.statusList, claims, STATUS_KEY);
    expect(openStatusList(token, uri, [owner], nativeVerifier())).toEqual({
      ok: true,
      list: { uri, iat: 1686920170, exp: 2291720170, ttl: 43200, bits: 1, bitmap: hex('b9 a3') },
    });
  });
});

const ONE_BIT = hex('a2646269747301636c73744a78dadbb918000217015d');
const TWO_BITS = hex('a2646269747302636c73744b78da3be9f2130003df0207');

const LONG_ONE_BIT = hex(
  'a2646269747301636c737458bd78daeddc010dc0200c0041a88249400ad2903e0f4b' +
    'ba00bd93f002beb7a2a2010000a91e09000000000000000000000000000000807296' +
    '04000000000000000000000000000000000000000000000000000000000000000000' +
    '000000000000005c6f4800000000000000fc2c240000000000000000000000be1b12' +
    '000000000000000000ecaa4b000000000000000000000000000000009b0b09000000' +
    '00000000000038de9400000000000000002a30cc010000000080642f0bd8011b',
);

const LONG_TWO_BITS = hex(
  'a2646269747302636c737459013d78daeddb310d00211000412ea1a04004fe5520ed' +
    '357c28c81d3312b6df68bc65480000000000406e2101000000000000000000000000' +
    '0000000000000000000000000000000000000040795b020000000000000000000000' +
    '00000000000000000000000000000000000000000000000000000000000000000000' +
    '00000000000000000000000000000000000000000000000000000000000000000000' +
    '0080f4ba0400000000000000000000000000406d764a000000000000000000000000' +
    '000000000000000000e0922101000000000000000000000000000000000000fc1312' +
    '00000000000000000000000000000000000000000000000000000000000000c0912e' +
    '01000000000000000000000000000000000000c07d4b020000000000000000000000' +
    '00000000a8614a0000000000000000000000406a1fcd60010c',
);

/** Tagged, as the examples were up to -14. */
const TOKEN = hex(
  'd2845820a2012610781a6170706c69636174696f6e2f7374617475736c6973742b63' +
    '7774a1044231325850a502782168747470733a2f2f6578616d706c652e636f6d2f73' +
    '74617475736c697374732f31061a648c5bea041a8898dfea19fffe19a8c019fffda2' +
    '646269747301636c73744a78dadbb918000217015d584093fa4d01032b18c35e2fe1' +
    '101b77fd6cc9440022caa4694450c4e4e9feab4e99d1fa6d9772ce2bf3a12e0323de' +
    'd7c982c5e101a5e67f0cbc1e2b6f57ce99c279',
);
/** Behind tag, array, protected header, unprotected header and the head of the payload. */
const CLAIMS_AT = 2 + 2 + 0x20 + 5 + 2;
const CLAIMS_BYTES = 0x50;

/** What a signed list of this encoding opens into. */
function opened(encoding: Uint8Array): StatusList {
  const claims = encodeAsListed([
    [2, LIST_URI],
    [6, NOW],
    [4, NOW + 60],
    [65533, new EncodedItem(encoding)],
  ]);
  const owner = demoIssuer({ statusLists: [{ uri: LIST_URI, entries: 2 ** 20 }] });
  const token = sealSign1(TYP.statusList, claims, STATUS_KEY);
  const list = openStatusList(token, LIST_URI, [owner], nativeVerifier());
  if (!list.ok) throw new Error(list.detail);
  return list.list;
}

function values(list: StatusList, count: number) {
  return Array.from({ length: count }, (_, idx) => statusAt(list, idx));
}

/** All entries that aren't valid. */
function statuses(list: StatusList): Map<number, number> {
  const found = new Map<number, number>();
  for (let idx = 0; idx < 2 ** 20; idx++) {
    const status = statusAt(list, idx);
    if (status !== undefined && status > 0) found.set(idx, status);
  }
  return found;
}
