import { inflateSync } from 'node:zlib';
import { type CborMap, decodeCbor } from '../cbor/decode.ts';
import { codeProfile, parseSign1, type Sign1 } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { isListUri, timeClaim } from '../cwt.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import { type Issuer, MAX_LIST_ENTRIES } from '../trust/issuers.ts';
import { signedByOwner } from './list-owner.ts';

/** A Token Status List whose signature held under a key of the issuer that owns its uri. Times are unix seconds. */
export interface StatusList {
  readonly uri: string;
  readonly iat: number;
  /** Hard stop. */
  readonly exp: number;
  /** Seconds after which it should be refreshed; a hint. */
  readonly ttl?: number;
  /** Where its issuer says all its lists are named; never dereferenced. */
  readonly aggregationUri?: string;
  readonly bits: StatusBits;
  /** The inflated list, nothing per entry. Its length is the issuer's choice, up to the entries it owns. */
  readonly bitmap: Uint8Array;
}

/** One bit says valid or not; two also say suspended. The standard's 4 and 8 have no use here. */
export type StatusBits = 1 | 2;

/** Values of the Status Types registry; 3 is left to applications, and this one gives it no meaning. */
export const STATUS = { valid: 0, invalid: 1, suspended: 2 } as const;

export type OpenedStatusList =
  | { readonly ok: true; readonly list: StatusList }
  | { readonly ok: false; readonly detail: string };

/** Room for the headers, the claims and what deflate adds to bytes it can't make smaller (some 100 bytes). */
const TOKEN_OVERHEAD_BYTES = 8 * 1024;
/** A full shard of two random bits per entry, which no compression makes smaller: 264 KiB. */
export const MAX_TOKEN_BYTES = (MAX_LIST_ENTRIES * 2) / 8 + TOKEN_OVERHEAD_BYTES;

/** CWT labels of a status list token (draft-ietf-oauth-status-list §5.2). */
export const LIST_CLAIM = { sub: 2, exp: 4, iat: 6, ttl: 65534, list: 65533 } as const;

/**
 * Opens a status list token in its CWT form. Its `exp`, which the draft only recommends, must be there: without it
 * nothing would stop a list that is never refreshed.
 *
 * @param uri the name it was asked for; its `sub` must be the same.
 */
export function openStatusList(
  token: Uint8Array,
  uri: string,
  issuers: readonly Issuer[],
  verifier: SignatureVerifier,
): OpenedStatusList {
  const parsed = parseToken(token);
  if (!parsed.ok) return parsed;
  const { sign1, claims } = parsed;
  const iat = timeClaim(claims, LIST_CLAIM.iat);
  const exp = timeClaim(claims, LIST_CLAIM.exp);
  const ttl = claims.get(LIST_CLAIM.ttl);
  if (claims.get(LIST_CLAIM.sub) !== uri) return fault('sub is not the uri it was asked for');
  if (iat === undefined || exp === undefined) return fault('iat or exp');
  if (ttl !== undefined && !isTtl(ttl)) return fault('ttl');

  const owner = signedByOwner(sign1, { uri, iat }, issuers, verifier);
  if (!owner.ok) return fault(owner.detail);
  return inflate(claims.get(LIST_CLAIM.list), owner.owned.entries, {
    uri,
    iat,
    exp,
    ...(ttl === undefined ? {} : { ttl }),
  });
}

/** @returns the entry's value, or undefined when the list is shorter. */
export function statusAt(list: StatusList, idx: number): number | undefined {
  const perByte = 8 / list.bits;
  const byte = list.bitmap[Math.floor(idx / perByte)];
  if (byte === undefined) return undefined;
  return (byte >> ((idx % perByte) * list.bits)) & ((1 << list.bits) - 1);
}

/** Writes an entry; those of a byte begin at its lowest bits (§4.1). @throws RangeError for a status the bits can't say. */
export function setStatusAt(bitmap: Uint8Array, bits: StatusBits, idx: number, status: number): void {
  if (status >= 1 << bits) throw new RangeError(`a list of ${bits} bit cannot say status ${status}`);
  const perByte = 8 / bits;
  const at = Math.floor(idx / perByte);
  const shift = (idx % perByte) * bits;
  const mask = ((1 << bits) - 1) << shift;
  bitmap[at] = ((bitmap[at] ?? 0) & ~mask) | (status << shift);
}

/** The name a token gives itself, to find out which list it may be; nothing of it is verified. */
export function statusListName(token: Uint8Array): string | undefined {
  const parsed = parseToken(token);
  const sub = parsed.ok ? parsed.claims.get(LIST_CLAIM.sub) : undefined;
  return typeof sub === 'string' ? sub : undefined;
}

/** The draft's §5.2: a positive number of seconds. */
export function isTtl(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}

function parseToken(
  token: Uint8Array,
): { readonly ok: true; readonly sign1: Sign1; readonly claims: CborMap } | ReturnType<typeof fault> {
  const parsed = parseSign1(tagged(token), [TYP.statusList], { maxBytes: MAX_TOKEN_BYTES, foreign: true });
  if (!parsed.ok) return fault(parsed.detail);
  const decoded = decodeCbor(parsed.sign1.payload, {
    ...codeProfile('none'),
    maxBytes: MAX_TOKEN_BYTES,
    sortedKeys: false,
  });
  if (!decoded.ok || !(decoded.value instanceof Map))
    return fault('payload is not a CBOR map of the profile');
  return { ok: true, sign1: parsed.sign1, claims: decoded.value };
}

const TAG_18 = 0xd2;
const ARRAY_OF_FOUR = 0x84;

/** The draft's examples carry tag 18 up to -14, and from -15 on it forbids the tag: both are read. */
function tagged(token: Uint8Array): Uint8Array {
  if (token[0] !== ARRAY_OF_FOUR || token.length > MAX_TOKEN_BYTES) return token;
  const bytes = new Uint8Array(token.length + 1);
  bytes[0] = TAG_18;
  bytes.set(token, 1);
  return bytes;
}

function inflate(
  value: unknown,
  entries: number,
  rest: Omit<StatusList, 'bits' | 'bitmap'>,
): OpenedStatusList {
  if (!(value instanceof Map)) return fault('bits or lst');
  const bits = value.get('bits');
  const lst = value.get('lst');
  const aggregationUri = value.get('aggregation_uri');
  if ((bits !== 1 && bits !== 2) || !(lst instanceof Uint8Array)) return fault('bits or lst');
  if (aggregationUri !== undefined && !isListUri(aggregationUri)) return fault('aggregation_uri');
  const shown = aggregationUri === undefined ? rest : { ...rest, aggregationUri };
  const maxBytes = Math.ceil((entries * bits) / 8);
  try {
    // one chunk that holds it all: with the default of 16 KiB the same list takes three times as long
    const bitmap = inflateSync(lst, { maxOutputLength: maxBytes, chunkSize: maxBytes + MIN_CHUNK_BYTES });
    // a copy of just its size, where zlib hands out a piece of a larger buffer
    return { ok: true, list: { ...shown, bits, bitmap: new Uint8Array(bitmap) } };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return fault(`lst does not inflate: ${error.code}`);
    throw error;
  }
}

/** The least zlib accepts; on top of a whole list, so that it sees the end within the chunk. */
const MIN_CHUNK_BYTES = 64;

function fault(detail: string): { readonly ok: false; readonly detail: string } {
  return { ok: false, detail };
}
