import { describe, expect, it } from 'vitest';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { admittedKey, demoIssuer, ISSUER_KEY } from '../testing/demo-issuer.ts';
import { smallOrderKeys } from '../testing/ed25519-vectors.ts';
import { hex, toHex } from '../testing/hex.ts';
import {
  encodeIssuers,
  type Issuer,
  kidOf,
  MAX_ISSUER_KEYS,
  MAX_LIST_ENTRIES,
  parseIssuers,
} from './issuers.ts';

describe('issuers.cbor', () => {
  it('reads back as it was written', () => {
    const issuers = [demoIssuer(), demoIssuer({ iss: 'another', statusLists: [] })];
    expect(parseIssuers(encodeIssuers(issuers))).toEqual(issuers);
  });

  it('may name no issuer at all', () => {
    expect(parseIssuers(encodeIssuers([]))).toEqual([]);
  });

  it('a use that this version does not know is no use it grants', () => {
    const bytes = encodeIssuer({ keys: [encodeKey({ uses: ['licence', 'timestamping'] })] });
    expect(parseIssuers(bytes)).toMatchObject([{ keys: [{ uses: ['licence'] }] }]);
  });

  it('a kid is the first 8 bytes of SHA-256 of the raw public key', () => {
    // sha256 of 32 zero bytes
    expect(toHex(kidOf(new Uint8Array(32)))).toBe('66687aadf862bd77');
  });
});

it('issuers.cbor with more keys than a province has is refused before they are looked at', () => {
  const one = admittedKey(ISSUER_KEY);
  const issuers = [demoIssuer({ keys: Array.from({ length: MAX_ISSUER_KEYS + 1 }, () => one) })];
  expect(parseIssuers(encodeIssuers(issuers))).toBe('issuers.cbor: more than 2048 keys');
});

describe('issuers.cbor is refused when a name stands twice, since the first would speak for the second', () => {
  it('an issuer', () => {
    const twice = [demoIssuer({ iss: 'a', statusLists: [] }), demoIssuer({ iss: 'a', statusLists: [] })];
    expect(parseIssuers(encodeIssuers(twice))).toBe('issuers.cbor: a stands twice');
  });

  it('a status list', () => {
    const twice = [demoIssuer({ iss: 'a' }), demoIssuer({ iss: 'b' })];
    expect(parseIssuers(encodeIssuers(twice))).toMatch(/ stands twice$/);
  });
});

describe('issuers.cbor is refused, with a sentence on the first thing wrong', () => {
  it.each([
    ['no bytes', new Uint8Array(0), 'issuers.cbor: truncated at byte 0'],
    ['indefinite length', hex('9fff'), 'issuers.cbor: indefinite-length at byte 0'],
    ['no array', hex('a0'), 'issuers.cbor: not an array'],
    ['an entry that is no map', hex('8100'), 'issuers.cbor: entry 0 is not an issuer'],
    ['more than 1 MiB', new Uint8Array(1024 * 1024 + 1), 'issuers.cbor: too-large at byte 1048576'],
  ])('%s', (_, bytes, sentence) => {
    expect(parseIssuers(bytes)).toBe(sentence);
  });

  it.each<[string, Readonly<Record<string, CborValue>>]>([
    ['an iss that is a number', { iss: 1 }],
    ['no Chinese name', { zh: null }],
    ['keys that are a map', { keys: new Map() }],
    ['a key that is no map', { keys: [0] }],
    ['a kid that is text', { keys: [encodeKey({ kid: 'k' })] }],
    ['a kid of 9 bytes', { keys: [encodeKey({ kid: new Uint8Array(9) })] }],
    ['a key whose x is text', { keys: [encodeKey({ x: 'x' })] }],
    ['a key without its time', { keys: [encodeKey({ nbf: null })] }],
    ['uses that are text', { keys: [encodeKey({ uses: 'licence' })] }],
    ['kinds that are numbers', { keys: [encodeKey({ kinds: [1] })] }],
    ['a status list without a uri', { status: [new Map([['entries', 8]])] }],
    ['a status list without a name', { status: [statusList(8, '')] }],
    ['a status list with a name past 512 characters', { status: [statusList(8, 'u'.repeat(513))] }],
    ['a status list of no entries', { status: [statusList(0)] }],
    ['a status list past 2^20 entries', { status: [statusList(MAX_LIST_ENTRIES + 1)] }],
  ])('%s', (_, changes) => {
    expect(parseIssuers(encodeIssuer(changes))).toBe('issuers.cbor: entry 0 is not an issuer');
  });

  it('and the entry it is in', () => {
    const bytes = encodeCbor([issuerMap({}), issuerMap({ iss: 1 })]);
    expect(parseIssuers(bytes)).toBe('issuers.cbor: entry 1 is not an issuer');
  });
});

describe('a weak key is refused when it is admitted', () => {
  const sentence = 'issuers.cbor: demo-issuer has a key that is not a sound Ed25519 key';

  it.each(smallOrderKeys().map(toHex))('of small order: %s', (x) => {
    expect(parseIssuers(encodeIssuers([withKey(hex(x))]))).toBe(sentence);
  });

  it('of 31 bytes', () => {
    expect(parseIssuers(encodeIssuers([withKey(ISSUER_KEY.publicKey.slice(1))]))).toBe(sentence);
  });

  it('that is no point', () => {
    expect(parseIssuers(encodeIssuers([withKey(hex('02'.padEnd(64, '0')))]))).toBe(sentence);
  });
});

function withKey(x: Uint8Array): Issuer {
  return demoIssuer({ keys: [admittedKey(ISSUER_KEY), admittedKey(ISSUER_KEY, { x })] });
}

/** The demo issuer as it stands in the file, with some of it changed. */
function issuerMap(changes: Readonly<Record<string, CborValue>>): CborValue {
  const issuer = { iss: 'demo-issuer', zh: '示例', en: 'Demo', keys: [encodeKey({})], status: [] };
  return new Map<string, CborValue>(Object.entries({ ...issuer, ...changes }));
}

function encodeIssuer(changes: Readonly<Record<string, CborValue>>): Uint8Array {
  return encodeCbor([issuerMap(changes)]);
}

function encodeKey(changes: Readonly<Record<string, CborValue>>): CborValue {
  const { kid, x, nbf, exp } = admittedKey(ISSUER_KEY);
  return new Map<string, CborValue>(
    Object.entries({ kid, x, nbf, exp, uses: ['licence'], kinds: [], ...changes }),
  );
}

function statusList(entries: number, uri = 'u'): CborValue {
  return new Map<string, CborValue>([
    ['uri', uri],
    ['entries', entries],
  ]);
}
