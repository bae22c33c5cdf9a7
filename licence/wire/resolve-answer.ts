import type { CborMap, CborValue } from '../cbor/decode.ts';
import { TYP } from '../cose/typ.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import { LABEL, REQUEST_ID_BYTES } from './label.ts';
import { bytesOf, countOf, type Opened, openSignedMap } from './signed-map.ts';

/** Why the city has no licence for a reference. */
export const RESOLVE_REASONS = ['unknown', 'expired', 'refused', 'unavailable'] as const;
export type ResolveReason = (typeof RESOLVE_REASONS)[number];

/** How a licence stands at the city when it answers. */
const RESOLVED_STATES = ['valid', 'revoked', 'suspended'] as const;
export type ResolvedState = (typeof RESOLVED_STATES)[number];

/** A licence the city handed out: COSE bytes as its issuer signed them, and the city's word on it. */
export interface ResolvedLicence {
  readonly code: Uint8Array;
  readonly state: ResolvedState;
}

/** The city's answer to a reference code or a number (typ 65005), bound to the id of the request. */
export type ResolveAnswer = {
  readonly requestId: Uint8Array;
  /** unix seconds, the city's time */
  readonly iat: number;
} & (
  | { readonly reason: ResolveReason }
  /** At least one. */
  | { readonly reason?: undefined; readonly licences: readonly ResolvedLicence[] }
);

/** One holder's licences of one service: the widest of the pilot's services takes twelve kinds. */
export const MAX_RESOLVED_LICENCES = 16;
export const MAX_RESOLVE_ANSWER_BYTES = 16 * 1024;

/** @param keys the city's keys with use `resolve`. The licences in it are still to be judged: `verifyResolved`. */
export function openResolveAnswer(
  bytes: Uint8Array,
  requestId: Uint8Array,
  keys: readonly Uint8Array[],
  verifier: SignatureVerifier,
): Opened<ResolveAnswer> {
  const opened = openSignedMap(bytes, TYP.resolveAnswer, keys, verifier, MAX_RESOLVE_ANSWER_BYTES);
  if (!opened.ok) return opened;
  const { map } = opened.value;
  const answered = bytesOf(map, LABEL.cti, REQUEST_ID_BYTES);
  const iat = countOf(map, LABEL.iat);
  if (!answered || iat === undefined) return { ok: false, detail: 'not a resolve answer' };
  if (Buffer.compare(answered, requestId) !== 0) return { ok: false, detail: 'answers another request' };
  const about = { requestId: answered, iat };
  const reason = RESOLVE_REASONS.find((one) => one === map.get(LABEL.reason));
  if (reason && !map.has(LABEL.licences)) return { ok: true, value: { ...about, reason } };
  const licences = readLicences(map);
  return licences
    ? { ok: true, value: { ...about, licences } }
    : { ok: false, detail: 'neither licences nor a reason' };
}

function readLicences(map: CborMap): readonly ResolvedLicence[] | undefined {
  const value = map.get(LABEL.licences);
  if (map.has(LABEL.reason) || !isArray(value)) return undefined;
  if (value.length === 0 || value.length > MAX_RESOLVED_LICENCES) return undefined;
  const licences = value.map(readLicence).filter((licence) => licence !== undefined);
  return licences.length === value.length ? licences : undefined;
}

function readLicence(item: CborValue): ResolvedLicence | undefined {
  const [code, stated, ...rest] = isArray(item) ? item : [];
  const state = RESOLVED_STATES.find((one) => one === stated);
  return code instanceof Uint8Array && state && rest.length === 0 ? { code, state } : undefined;
}

function isArray(value: CborValue | undefined): value is readonly CborValue[] {
  return Array.isArray(value);
}
