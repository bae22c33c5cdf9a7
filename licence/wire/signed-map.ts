import { type CborMap, decodeCbor } from '../cbor/decode.ts';
import { signatureFault } from '../checks/admitted-signature.ts';
import { codeProfile, parseSign1 } from '../cose/sign1.ts';
import type { Typ } from '../cose/typ.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import type { Alarm } from '../verdict.ts';

export type Opened<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly detail: string; readonly alarm?: Alarm };

export interface SignedMap {
  readonly map: CborMap;
  readonly kid: Uint8Array;
}

/**
 * Opens a COSE_Sign1 whose payload is a CBOR map: strict scan, typ, signature under one of `keys`.
 *
 * @param maxBytes limit of the whole object.
 */
export function openSignedMap(
  bytes: Uint8Array,
  typ: Typ,
  keys: readonly Uint8Array[],
  verifier: SignatureVerifier,
  maxBytes: number,
): Opened<SignedMap> {
  const parsed = parseSign1(bytes, [typ], { maxBytes });
  if (!parsed.ok) return { ok: false, detail: parsed.detail };
  const { sign1 } = parsed;
  const candidates = keys.map((x) => ({ x }));
  const wrong = signatureFault('object', sign1, candidates, verifier);
  if (wrong) {
    const { alarm } = wrong;
    return { ok: false, detail: 'not signed by an admitted key', ...(alarm ? { alarm } : {}) };
  }
  const payload = decodeCbor(sign1.payload, { ...codeProfile('none'), maxBytes });
  if (!payload.ok) return { ok: false, detail: `payload: ${payload.fault.name} at byte ${payload.fault.at}` };
  if (!(payload.value instanceof Map)) return { ok: false, detail: 'payload is not a map' };
  return { ok: true, value: { map: payload.value, kid: sign1.kid } };
}

/** A byte string of exactly this length, or undefined. */
export function bytesOf(map: CborMap, label: number, length?: number): Uint8Array | undefined {
  const value = map.get(label);
  return value instanceof Uint8Array && (length === undefined || value.length === length) ? value : undefined;
}

/** A non-negative integer, or undefined. */
export function countOf(map: CborMap, label: number): number | undefined {
  const value = map.get(label);
  return typeof value === 'number' && value >= 0 ? value : undefined;
}
