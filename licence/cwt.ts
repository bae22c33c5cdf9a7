import { type CborMap, type CborValue, decodeCbor } from './cbor/decode.ts';
import { codeProfile } from './cose/sign1.ts';

/** Claim labels: CWT (RFC 8392), cnf (RFC 8747), status (Token Status List), and this format's private ones. */
export const CLAIM = {
  iss: 1,
  sub: 2,
  aud: 3,
  exp: 4,
  nbf: 5,
  iat: 6,
  cti: 7,
  cnf: 8,
  cnonce: 39,
  status: 65535,
  kind: -65537,
  fields: -65538,
  scope: -65539,
  principal: -65540,
} as const;

/** Length of the cti of a licence and of a delegation. */
export const CTI_BYTES = 16;
/** COSE_Key (RFC 9052 §7, RFC 9053 §7.2): kty OKP, crv Ed25519, x. */
export const COSE_KEY = { kty: 1, crv: -1, x: -2, okp: 1, ed25519: 6 } as const;

/** The longest name of a status list, bytes of UTF-8; a licence that names one must fit a code. */
export const MAX_URI_BYTES = 512;

/** Whether a text may be the name of a status list. */
export function isListUri(text: unknown): text is string {
  return typeof text === 'string' && text !== '' && Buffer.byteLength(text) <= MAX_URI_BYTES;
}

/** Where the state of a licence or a delegation stands: an entry of a named list. */
export interface StatusReference {
  readonly idx: number;
  readonly uri: string;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly detail: string };

/** A payload as a claims set. */
export function decodeClaims(payload: Uint8Array): Parsed<CborMap> {
  const decoded = decodeCbor(payload, codeProfile('none'));
  if (!decoded.ok) return claimFault(`claims: ${decoded.fault.name} at byte ${decoded.fault.at}`);
  return decoded.value instanceof Map
    ? { ok: true, value: decoded.value }
    : claimFault('claims that are not a map');
}

/** A text that isn't empty. */
export function textClaim(claims: CborMap, label: number): string | undefined {
  const value = claims.get(label);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** unix seconds */
export function timeClaim(claims: CborMap, label: number): number | undefined {
  const value = claims.get(label);
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

export function bytesClaim(claims: CborMap, label: number, length: number): Uint8Array | undefined {
  const value = claims.get(label);
  return value instanceof Uint8Array && value.length === length ? value : undefined;
}

/** The `status` claim of the Token Status List standard. */
export function statusClaim(claims: CborMap): StatusReference | undefined {
  const value = claims.get(CLAIM.status);
  const list = value instanceof Map ? value.get('status_list') : undefined;
  if (!(list instanceof Map)) return undefined;
  const idx = list.get('idx');
  const uri = list.get('uri');
  if (typeof idx !== 'number' || idx < 0) return undefined;
  return isListUri(uri) ? { idx, uri } : undefined;
}

/** The raw Ed25519 key of the `cnf` claim (RFC 8747 §3.2). */
export function confirmationClaim(claims: CborMap): Uint8Array | undefined {
  const value: CborValue | undefined = claims.get(CLAIM.cnf);
  const key = value instanceof Map ? value.get(1) : undefined;
  if (
    !(key instanceof Map) ||
    key.get(COSE_KEY.kty) !== COSE_KEY.okp ||
    key.get(COSE_KEY.crv) !== COSE_KEY.ed25519
  ) {
    return undefined;
  }
  const x = key.get(COSE_KEY.x);
  return x instanceof Uint8Array && x.length === 32 ? x : undefined;
}

export function claimFault(detail: string): { readonly ok: false; readonly detail: string } {
  return { ok: false, detail };
}
