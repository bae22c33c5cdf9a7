import { type CborMap, type CborValue, decodeCbor } from '../cbor/decode.ts';
import { codeProfile, parseSign1 } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { bytesClaim, claimFault, type Parsed, timeClaim } from '../cwt.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import type { Issuer } from '../trust/issuers.ts';
import { decodeGaps } from './index-gaps.ts';
import { signedByOwner } from './list-owner.ts';
import { isTtl, LIST_CLAIM, type StatusBits } from './status-list.ts';

/**
 * What changed in a status list between two of its tokens, signed like the list itself. Times are unix seconds.
 *
 * On the wire a COSE_Sign1 under tag 18, typ 65004, of deterministic CBOR as strict as a code's; its payload:
 *
 * ```cddl
 * delta = {
 *   2: tstr,                      ; sub: the uri of the list
 *   4: uint,                      ; exp of the resulting list
 *   6: uint,                      ; iat of the resulting list, after `from`
 *   ? 65534: uint,                ; ttl of the resulting list, not 0
 *   -65570: uint,                 ; from: iat of the token it starts from
 *   -65571: 1 / 2,                ; bits per entry, of both
 *   -65572: bstr .size 32,        ; SHA-256 of the resulting inflated bitmap, all its bytes and none added
 *   -65573: { * 0..3 => bstr }    ; by new status value, the entries that have it now
 * }
 * ```
 *
 * Status 0 is an entry cleared; one bit has no value past 1. Each byte string of -65573 lists ascending indices as
 * gaps (see `decodeGaps`), at least one. No index stands twice in the whole delta, and none past the list: the
 * bitmap keeps its length, and one that has to grow needs a new token. An empty map renews `iat` and `exp` alone.
 * Claims a reader doesn't know are ignored, as RFC 8392 asks.
 */
export interface StatusDelta {
  readonly uri: string;
  /** iat of the list it is for. */
  readonly from: number;
  readonly iat: number;
  /** Hard stop. */
  readonly exp: number;
  /** Seconds after which the result should be refreshed; a hint. */
  readonly ttl?: number;
  readonly bits: StatusBits;
  /** SHA-256 of the resulting bitmap. */
  readonly bitmapHash: Uint8Array;
  /** New status value to the indices that have it now, ascending. */
  readonly changes: ReadonlyMap<number, Uint32Array>;
}

/** Labels of the payload; those of a list where it has them. */
export const DELTA_CLAIM = {
  sub: LIST_CLAIM.sub,
  exp: LIST_CLAIM.exp,
  iat: LIST_CLAIM.iat,
  ttl: LIST_CLAIM.ttl,
  from: -65570,
  bits: -65571,
  bitmapHash: -65572,
  changes: -65573,
} as const;

const BITMAP_HASH_BYTES = 32;

/** As many make a delta of some 19 KB, two thirds of the compressed list: past it the list itself is fetched. */
export const MAX_DELTA_CHANGES = 2 ** 14;
/**
 * Two bytes for each change, and 4 KiB for the claims and for the longer gaps: over all four values no more than 256
 * of three bytes fit into 2^20 entries.
 */
export const MAX_DELTA_BYTES = 2 * MAX_DELTA_CHANGES + 4 * 1024;

/** Opens a delta. @param uri the list it was asked for; its `sub` must be the same. */
export function openStatusDelta(
  token: Uint8Array,
  uri: string,
  issuers: readonly Issuer[],
  verifier: SignatureVerifier,
): Parsed<StatusDelta> {
  const parsed = parseSign1(token, [TYP.statusDelta], { maxBytes: MAX_DELTA_BYTES });
  if (!parsed.ok) return claimFault(parsed.detail);
  const { sign1 } = parsed;
  const decoded = decodeCbor(sign1.payload, { ...codeProfile('none'), maxBytes: MAX_DELTA_BYTES });
  if (!decoded.ok || !(decoded.value instanceof Map)) {
    return claimFault('payload is not a CBOR map of the profile');
  }
  const claims: CborMap = decoded.value;
  const iat = timeClaim(claims, DELTA_CLAIM.iat);
  const exp = timeClaim(claims, DELTA_CLAIM.exp);
  const from = timeClaim(claims, DELTA_CLAIM.from);
  const ttl = claims.get(DELTA_CLAIM.ttl);
  const bits = claims.get(DELTA_CLAIM.bits);
  const bitmapHash = bytesClaim(claims, DELTA_CLAIM.bitmapHash, BITMAP_HASH_BYTES);
  if (claims.get(DELTA_CLAIM.sub) !== uri) return claimFault('sub is not the uri it was asked for');
  if (iat === undefined || exp === undefined || from === undefined) return claimFault('iat, exp or from');
  if (iat <= from) return claimFault('iat is not after from');
  if (ttl !== undefined && !isTtl(ttl)) return claimFault('ttl');
  if (bits !== 1 && bits !== 2) return claimFault('bits');
  if (!bitmapHash) return claimFault('hash of the bitmap');

  const owner = signedByOwner(sign1, { uri, iat }, issuers, verifier);
  if (!owner.ok) return claimFault(owner.detail);
  const changes = readChanges(claims.get(DELTA_CLAIM.changes), bits, owner.owned.entries);
  if (!changes.ok) return changes;
  const times = ttl === undefined ? { from, iat, exp } : { from, iat, exp, ttl };
  return { ok: true, value: { uri, ...times, bits, bitmapHash, changes: changes.value } };
}

function readChanges(
  value: CborValue | undefined,
  bits: StatusBits,
  entries: number,
): Parsed<ReadonlyMap<number, Uint32Array>> {
  if (!(value instanceof Map)) return claimFault('changes');
  const changes = new Map<number, Uint32Array>();
  let room = MAX_DELTA_CHANGES;
  for (const [status, gaps] of value) {
    if (typeof status !== 'number' || status < 0 || status >= 1 << bits || !(gaps instanceof Uint8Array)) {
      return claimFault(`changes: no status of ${bits} bit`);
    }
    const decoded = decodeGaps(gaps, entries, room);
    if (!decoded.ok) return claimFault(`changes to ${status}: ${decoded.fault}`);
    room -= decoded.indices.length;
    changes.set(status, decoded.indices);
  }
  return hasSharedIndex([...changes.values()])
    ? claimFault('changes: one index has two values')
    : { ok: true, value: changes };
}

function hasSharedIndex(groups: readonly Uint32Array[]): boolean {
  const all = Uint32Array.from(groups.flatMap((group) => [...group])).sort();
  return all.some((index, at) => at > 0 && index === all[at - 1]);
}
