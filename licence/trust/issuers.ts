import { createHash } from 'node:crypto';
import { type CborMap, type CborValue, decodeCbor } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import type { CborProfile } from '../cbor/scan.ts';
import { KID_BYTES } from '../cose/sign1.ts';
import { isListUri } from '../cwt.ts';
import { isSoundPublicKey } from '../ed25519/noble-verifier.ts';
import { repeated } from './repeated.ts';

export const KEY_USES = ['licence', 'delegation', 'status'] as const;
export type KeyUse = (typeof KEY_USES)[number];

/** A key an issuer may sign with, and for what. Times are unix seconds and bound when it may have signed. */
export interface IssuerKey {
  readonly kid: Uint8Array;
  readonly x: Uint8Array;
  readonly nbf: number;
  readonly exp: number;
  readonly uses: readonly KeyUse[];
  /** Kinds it may sign; an empty list means none. */
  readonly kinds: readonly string[];
}

/** A status list an issuer owns, and how many entries it may have at most. */
export interface OwnedStatusList {
  readonly uri: string;
  readonly entries: number;
}

export interface Issuer {
  readonly iss: string;
  readonly names: { readonly zh: string; readonly en: string };
  readonly keys: readonly IssuerKey[];
  readonly statusLists: readonly OwnedStatusList[];
}

/** kid of a key: first 8 bytes of SHA-256 of the raw public key. It may collide, so all keys of a kid are tried. */
export function kidOf(publicKey: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(publicKey).digest().subarray(0, KID_BYTES));
}

/** An entry count past this would let one list eat the terminal's memory (2^20 is the format's shard size). */
export const MAX_LIST_ENTRIES = 2 ** 20;

/** A province's issuers with room. Looking at a key takes an eighth of a millisecond, in which nobody is served. */
export const MAX_ISSUER_KEYS = 2048;

/** Limits of `issuers.cbor`: a province's issuers with room. */
const ISSUERS_PROFILE: CborProfile = {
  maxBytes: 1024 * 1024,
  maxDepth: 8,
  maxItems: 100_000,
  tag18: 'none',
  sortedKeys: true,
};

/**
 * Reads the trust target `issuers.cbor`. Small-order or non-canonical keys are refused here, at admission, so that no
 * later check depends on how an implementation treats them.
 *
 * @returns a sentence on the first thing wrong, instead of issuers.
 */
export function parseIssuers(bytes: Uint8Array): readonly Issuer[] | string {
  const decoded = decodeCbor(bytes, ISSUERS_PROFILE);
  if (!decoded.ok) return `issuers.cbor: ${decoded.fault.name} at byte ${decoded.fault.at}`;
  if (!Array.isArray(decoded.value)) return 'issuers.cbor: not an array';
  const issuers: Issuer[] = [];
  let keys = 0;
  for (const item of decoded.value as readonly CborValue[]) {
    const issuer = item instanceof Map ? readIssuer(item) : undefined;
    if (!issuer) return `issuers.cbor: entry ${issuers.length} is not an issuer`;
    keys += issuer.keys.length;
    if (keys > MAX_ISSUER_KEYS) return `issuers.cbor: more than ${MAX_ISSUER_KEYS} keys`;
    const weak = issuer.keys.find((key) => !isSoundPublicKey(key.x));
    if (weak) return `issuers.cbor: ${issuer.iss} has a key that is not a sound Ed25519 key`;
    issuers.push(issuer);
  }
  const twice = repeated(issuers.map(({ iss }) => iss)) ?? repeated(allUris(issuers));
  return twice === undefined ? issuers : `issuers.cbor: ${twice} stands twice`;
}

function allUris(issuers: readonly Issuer[]): string[] {
  return issuers.flatMap(({ statusLists }) => statusLists.map(({ uri }) => uri));
}

/** The other direction, for the city. */
export function encodeIssuers(issuers: readonly Issuer[]): Uint8Array {
  return encodeCbor(
    issuers.map(
      (issuer) =>
        new Map<string, CborValue>([
          ['iss', issuer.iss],
          ['zh', issuer.names.zh],
          ['en', issuer.names.en],
          [
            'keys',
            issuer.keys.map(
              (key) =>
                new Map<string, CborValue>([
                  ['kid', key.kid],
                  ['x', key.x],
                  ['nbf', key.nbf],
                  ['exp', key.exp],
                  ['uses', [...key.uses]],
                  ['kinds', [...key.kinds]],
                ]),
            ),
          ],
          [
            'status',
            issuer.statusLists.map(
              (list) =>
                new Map<string, CborValue>([
                  ['uri', list.uri],
                  ['entries', list.entries],
                ]),
            ),
          ],
        ]),
    ),
  );
}

function readIssuer(map: CborMap): Issuer | undefined {
  const iss = map.get('iss');
  const zh = map.get('zh');
  const en = map.get('en');
  const keys = readAll(map.get('keys'), readKey);
  const statusLists = readAll(map.get('status'), readStatusList);
  if (typeof iss !== 'string' || typeof zh !== 'string' || typeof en !== 'string') return undefined;
  return keys && statusLists ? { iss, names: { zh, en }, keys, statusLists } : undefined;
}

function readKey(map: CborMap): IssuerKey | undefined {
  const kid = map.get('kid');
  const x = map.get('x');
  const nbf = map.get('nbf');
  const exp = map.get('exp');
  const uses = readTexts(map.get('uses'));
  const kinds = readTexts(map.get('kinds'));
  if (!(kid instanceof Uint8Array) || !(x instanceof Uint8Array) || !uses || !kinds) return undefined;
  if (kid.length !== KID_BYTES) return undefined;
  if (typeof nbf !== 'number' || typeof exp !== 'number') return undefined;
  // a use this version doesn't know is no use it may grant
  return { kid, x, nbf, exp, uses: KEY_USES.filter((use) => uses.includes(use)), kinds };
}

function readStatusList(map: CborMap): OwnedStatusList | undefined {
  const uri = map.get('uri');
  const entries = map.get('entries');
  if (!isListUri(uri) || typeof entries !== 'number') return undefined;
  return entries > 0 && entries <= MAX_LIST_ENTRIES ? { uri, entries } : undefined;
}

function readTexts(value: CborValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = (value as readonly CborValue[]).filter((item) => typeof item === 'string');
  return texts.length === value.length ? texts : undefined;
}

function readAll<T>(
  value: CborValue | undefined,
  read: (map: CborMap) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const all: T[] = [];
  for (const item of value as readonly CborValue[]) {
    const one = item instanceof Map ? read(item) : undefined;
    if (one === undefined) return undefined;
    all.push(one);
  }
  return all;
}
