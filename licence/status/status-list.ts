import { inflateSync } from 'node:zlib';
import { type CborMap, decodeCbor } from '../cbor/decode.ts';
import { parseSign1 } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import type { Issuer } from '../trust/issuers.ts';

/** A Token Status List whose signature held under a key of the issuer that owns its uri. Times are unix seconds. */
export interface StatusList {
  readonly uri: string;
  readonly iat: number;
  /** Hard stop. */
  readonly exp: number;
  /** Seconds after which it should be refreshed; a hint. */
  readonly ttl?: number;
  readonly bits: 1 | 2;
  /** The inflated list, nothing per entry. */
  readonly bitmap: Uint8Array;
}

/** Values of the Status Types registry. */
export const STATUS = { valid: 0, invalid: 1, suspended: 2 } as const;

export type OpenedStatusList =
  | { readonly ok: true; readonly list: StatusList }
  | { readonly ok: false; readonly detail: string };

/** A full shard of random bits plus the claims around it. */
export const MAX_TOKEN_BYTES = 512 * 1024;

/** CWT labels of a status list token (draft-ietf-oauth-status-list §5.2). */
const CLAIM = { sub: 2, exp: 4, iat: 6, ttl: 65534, list: 65533 } as const;

/** Opens a status list token in its CWT form. @param uri the name it was asked for; its `sub` must be the same. */
export function openStatusList(
  token: Uint8Array,
  uri: string,
  issuers: readonly Issuer[],
  verifier: SignatureVerifier,
): OpenedStatusList {
  const parsed = parseSign1(token, [TYP.statusList], { maxBytes: MAX_TOKEN_BYTES, foreign: true });
  if (!parsed.ok) return fault(parsed.detail);
  const { sign1 } = parsed;
  const decoded = decodeCbor(sign1.payload, {
    maxBytes: MAX_TOKEN_BYTES,
    maxDepth: 8,
    maxItems: 256,
    tag18: 'none',
    sortedKeys: false,
  });
  if (!decoded.ok || !(decoded.value instanceof Map))
    return fault('payload is not a CBOR map of the profile');
  const claims: CborMap = decoded.value;
  const iat = claims.get(CLAIM.iat);
  const exp = claims.get(CLAIM.exp);
  const ttl = claims.get(CLAIM.ttl);
  if (claims.get(CLAIM.sub) !== uri) return fault('sub is not the uri it was asked for');
  if (typeof iat !== 'number' || typeof exp !== 'number') return fault('iat or exp');
  if (ttl !== undefined && typeof ttl !== 'number') return fault('ttl');

  const owner = issuers.find((issuer) => issuer.statusLists.some((owned) => owned.uri === uri));
  const owned = owner?.statusLists.find((list) => list.uri === uri);
  if (!owner || !owned) return fault('no admitted issuer owns this uri');
  // a foreign kid need not be ours, so every status key of the owner is tried
  const keys = owner.keys.filter((key) => key.uses.includes('status') && key.nbf <= iat && iat <= key.exp);
  if (!keys.some((key) => verifier.check(sign1.signature, sign1.signedBytes, key.x) === 'valid')) {
    return fault('not signed by a status key of its owner');
  }
  return inflate(claims.get(CLAIM.list), owned.entries, {
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

function inflate(
  value: unknown,
  entries: number,
  rest: Omit<StatusList, 'bits' | 'bitmap'>,
): OpenedStatusList {
  const bits = value instanceof Map ? value.get('bits') : undefined;
  const lst = value instanceof Map ? value.get('lst') : undefined;
  if ((bits !== 1 && bits !== 2) || !(lst instanceof Uint8Array)) return fault('bits or lst');
  try {
    const bitmap = inflateSync(lst, { maxOutputLength: Math.ceil((entries * bits) / 8) });
    return { ok: true, list: { ...rest, bits, bitmap: new Uint8Array(bitmap) } };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return fault(`lst does not inflate: ${error.code}`);
    throw error;
  }
}

function fault(detail: string): OpenedStatusList {
  return { ok: false, detail };
}
