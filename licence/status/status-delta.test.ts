import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { HEADER } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { issueStatusDelta } from '../issue/issue-status-delta.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { type Changes, changedMap, EncodedItem, encodeAsListed } from '../testing/changed-map.ts';
import {
  admittedKey,
  demoIssuer,
  demoKey,
  demoStatusList,
  ISSUER_KEY,
  LIST_URI,
  NOW,
  STATUS_KEY,
} from '../testing/demo-issuer.ts';
import { hex, withBitFlipped } from '../testing/hex.ts';
import { headerOf, rawSign1 } from '../testing/raw-sign1.ts';
import { DELTA_CLAIM, MAX_DELTA_BYTES, MAX_DELTA_CHANGES, openStatusDelta } from './status-delta.ts';

const before = demoStatusList([1, 2]);
const after = demoStatusList([2, 300], { iat: NOW });

describe('a delta', () => {
  it('says which list it leads from, to which, and what changed', () => {
    expect(open(issueStatusDelta(before, after, STATUS_KEY))).toEqual({
      ok: true,
      value: {
        uri: LIST_URI,
        from: before.iat,
        iat: NOW,
        exp: after.exp,
        bits: 1,
        bitmapHash: hash(after.bitmap),
        changes: new Map([
          [0, Uint32Array.of(1)],
          [1, Uint32Array.of(300)],
        ]),
      },
    });
  });

  it('may say after how many seconds to refresh the list', () => {
    const token = issueStatusDelta(before, { ...after, ttl: 300 }, STATUS_KEY);
    expect(open(token)).toMatchObject({ ok: true, value: { ttl: 300 } });
  });

  it('without a change renews the times of a list', () => {
    const token = issueStatusDelta(before, { ...before, iat: NOW }, STATUS_KEY);
    expect(open(token)).toMatchObject({ ok: true, value: { iat: NOW, changes: new Map() } });
  });

  it('may carry claims this version doesn’t know', () => {
    expect(open(signed({ [-65599]: 'later' }))).toMatchObject({ ok: true });
  });

  it('has the payload a stranger would write from its description', () => {
    const written = Buffer.concat([
      hex('a7 02 71'), // a map of seven, keys in the order of their encoding
      Buffer.from(LIST_URI),
      hex('04 1a 6ab28d00 06 1a 6ab13b80'),
      hex('3a 00010021 1a 6ab13928'),
      hex('3a 00010022 01'),
      hex('3a 00010023 5820'),
      hash(after.bitmap),
      hex('3a 00010024 a2 00 41 01 01 42 ac02'), // cleared: 1; invalid: 300
    ]);
    expect(issueStatusDelta(before, after, STATUS_KEY)).toEqual(
      sealSign1(TYP.statusDelta, new Uint8Array(written), STATUS_KEY),
    );
  });
});

describe('who may sign a delta', () => {
  const token = signed({});

  it('nobody, for a uri that no admitted issuer owns', () => {
    expect(open(token, [demoIssuer({ statusLists: [] })])).toEqual(fault('no admitted issuer owns this uri'));
  });

  it('not another issuer, although it has a status key', () => {
    const owner = demoIssuer({ iss: 'owner', keys: [admittedKey(demoKey('owner'), { uses: ['status'] })] });
    expect(open(token, [demoIssuer({ statusLists: [] }), owner])).toEqual(fault(NOT_SIGNED));
  });

  it('not a licence key of its owner', () => {
    expect(open(signed({}, ISSUER_KEY))).toEqual(fault(NOT_SIGNED));
  });

  it('not a status key after its time', () => {
    const owner = demoIssuer({ keys: [admittedKey(STATUS_KEY, { uses: ['status'], exp: NOW - 1 })] });
    expect(open(token, [owner])).toEqual(fault(NOT_SIGNED));
  });
});

describe('a delta is refused', () => {
  it.each<[string, Changes, string]>([
    ['of another list', { 2: 'urn:demo:status:2' }, 'sub is not the uri it was asked for'],
    ['without iat', { 6: undefined }, 'iat, exp or from'],
    ['without exp, for its list would never stop', { 4: undefined }, 'iat, exp or from'],
    ['that doesn’t say where it starts', { [DELTA_CLAIM.from]: undefined }, 'iat, exp or from'],
    ['that starts before time', { [DELTA_CLAIM.from]: -1 }, 'iat, exp or from'],
    ['that leads nowhere', { [DELTA_CLAIM.from]: NOW }, 'iat is not after from'],
    ['that leads back', { [DELTA_CLAIM.from]: NOW + 1 }, 'iat is not after from'],
    ['with a ttl of no time', { 65534: 0 }, 'ttl'],
    ['with four bits per entry', { [DELTA_CLAIM.bits]: 4 }, 'bits'],
    ['with half a hash', { [DELTA_CLAIM.bitmapHash]: new Uint8Array(16) }, 'hash of the bitmap'],
    ['without changes', { [DELTA_CLAIM.changes]: undefined }, 'changes'],
    ['with changes in a list', { [DELTA_CLAIM.changes]: [] }, 'changes'],
    ['with a status its bits can’t say', groups([2, '05']), 'changes: no status of 1 bit'],
    ['with a status below zero', groups([-1, '05']), 'changes: no status of 1 bit'],
    ['with a status in words', { [DELTA_CLAIM.changes]: new Map([['1', hex('05')]]) }, NO_STATUS],
    ['with gaps that are no bytes', { [DELTA_CLAIM.changes]: new Map([[1, 5]]) }, NO_STATUS],
    ['with a group of nothing', groups([1, '']), 'changes to 1: empty'],
    ['with a gap of two forms', groups([1, '85 00']), 'changes to 1: not-shortest'],
    ['with a gap cut short', groups([1, '85']), 'changes to 1: truncated'],
    ['with one index twice', groups([1, '05 00']), 'changes to 1: zero-gap'],
    ['with one index under two values', groups([0, '05'], [1, '04 01']), 'changes: one index has two values'],
    ['with an index its issuer doesn’t own', groups([1, '80 08']), 'changes to 1: past-the-end'],
  ])('%s', (_, changes, detail) => {
    expect(open(signed(changes))).toEqual(fault(detail));
  });

  it('with more changes than it may carry, over all its values', () => {
    const steps = (count: number) => new Uint8Array(count).fill(2);
    const half = MAX_DELTA_CHANGES / 2;
    const odd = steps(half + 1);
    odd[0] = 1;
    const changes = new Map([
      [0, steps(half)],
      [1, odd],
    ]);
    const owner = demoIssuer({ statusLists: [{ uri: LIST_URI, entries: 2 ** 20 }] });
    expect(open(signed({ [DELTA_CLAIM.changes]: changes }), [owner])).toEqual(
      fault('changes to 1: too-many'),
    );
  });

  it('of another typ, such as a status list of the same issuer', () => {
    expect(open(sealSign1(TYP.statusList, payload({}), STATUS_KEY))).toEqual(fault('typ'));
  });

  it('with its claims in any other order than the encoding’s', () => {
    const unsorted = encodeAsListed([
      [4, NOW],
      [2, LIST_URI],
    ]);
    expect(open(sealSign1(TYP.statusDelta, unsorted, STATUS_KEY))).toEqual(fault(NO_MAP));
  });

  it('with a value twice in its changes', () => {
    const twice = new EncodedItem(hex('a2 01 41 05 01 41 06'));
    const unsorted = encodeAsListed([[DELTA_CLAIM.changes, twice]]);
    expect(open(sealSign1(TYP.statusDelta, unsorted, STATUS_KEY))).toEqual(fault(NO_MAP));
  });

  it('with an unprotected kid, which only lists of foreign issuers may have', () => {
    const header = headerOf(TYP.statusDelta, STATUS_KEY, { [HEADER.kid]: undefined });
    const unprotected = new Map([[HEADER.kid, STATUS_KEY.kid]]);
    expect(open(rawSign1({ header, payload: payload({}), unprotected }, STATUS_KEY))).toEqual(
      fault('the unprotected header is not empty'),
    );
  });

  it('without its tag, which only lists of foreign issuers may lack', () => {
    expect(open(signed({}).slice(1))).toEqual(fault('envelope: tag at byte 0'));
  });

  it('past its size, before anything is decoded', () => {
    expect(open(new Uint8Array(MAX_DELTA_BYTES + 1))).toEqual(
      fault(`envelope: too-large at byte ${MAX_DELTA_BYTES}`),
    );
  });

  it('once any single bit of it was turned', () => {
    const token = signed({});
    expect(open(token)).toMatchObject({ ok: true });
    const opened = Array.from({ length: token.length * 8 }, (_, bit) => bit).filter(
      (bit) => open(withBitFlipped(token, bit)).ok,
    );
    expect(opened).toEqual([]);
  });
});

const NOT_SIGNED = 'not signed by a status key of its owner';
const NO_MAP = 'payload is not a CBOR map of the profile';
const NO_STATUS = 'changes: no status of 1 bit';

function open(token: Uint8Array | undefined, issuers = [demoIssuer()]) {
  return openStatusDelta(token ?? new Uint8Array(0), LIST_URI, issuers, nativeVerifier());
}

function signed(changes: Changes, key = STATUS_KEY): Uint8Array {
  return sealSign1(TYP.statusDelta, payload(changes), key);
}

/** Claims of a true delta, with some changed. */
function payload(changes: Changes): Uint8Array {
  const map = new Map<number, CborValue>([
    [DELTA_CLAIM.sub, LIST_URI],
    [DELTA_CLAIM.exp, NOW + 60],
    [DELTA_CLAIM.iat, NOW],
    [DELTA_CLAIM.from, NOW - 600],
    [DELTA_CLAIM.bits, 1],
    [DELTA_CLAIM.bitmapHash, hash(after.bitmap)],
    [DELTA_CLAIM.changes, new Map([[1, hex('05')]])],
  ]);
  return encodeCbor(changedMap(map, changes));
}

/** Changes by status value, gaps in hex. */
function groups(...listed: readonly (readonly [number, string])[]): Changes {
  return { [DELTA_CLAIM.changes]: new Map(listed.map(([status, gaps]) => [status, hex(gaps)])) };
}

function hash(bitmap: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bitmap).digest());
}

function fault(detail: string) {
  return { ok: false, detail };
}
