import { type CborMap, type CborValue, decodeCbor } from './cbor/decode.ts';
import { CODE_MAX_BYTES } from './cose/sign1.ts';

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
} as const;

export const LICENCE_CTI_BYTES = 16;
export const PRESENTATION_CTI_BYTES = 8;
/** COSE_Key (RFC 9052 §7, RFC 9053 §7.2): kty OKP, crv Ed25519, x. */
export const COSE_KEY = { kty: 1, crv: -1, x: -2, okp: 1, ed25519: 6 } as const;

export type FieldValue = string | number | boolean;

/** A licence as its issuer signed it. Times are unix seconds. */
export interface Licence {
  readonly iss: string;
  /** The licence identifier, in GB/T 36904 form where it has one. */
  readonly sub: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly cti: Uint8Array;
  /** The holder's raw Ed25519 key; a licence without one is a static code. */
  readonly holderKey?: Uint8Array;
  readonly status: { readonly idx: number; readonly uri: string };
  /** Catalogue name of what kind of licence it is. */
  readonly kind: string;
  /** Label to value; the catalogue names the labels of each kind. */
  readonly fields: ReadonlyMap<number, FieldValue>;
}

/** A holder's short-lived proof. */
export interface Presentation {
  readonly iat: number;
  readonly cti: Uint8Array;
  readonly aud?: string;
  readonly cnonce?: Uint8Array;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly detail: string };

/** Reads a licence's payload. Claims it doesn't know are ignored, as RFC 8392 asks. */
export function parseLicence(payload: Uint8Array): Parsed<Licence> {
  const claims = decodeClaims(payload);
  if (!claims) return fault('payload is not a CBOR map of the profile');
  const iss = text(claims, CLAIM.iss);
  const sub = text(claims, CLAIM.sub);
  const iat = time(claims, CLAIM.iat);
  const nbf = time(claims, CLAIM.nbf);
  const exp = time(claims, CLAIM.exp);
  const cti = bytes(claims, CLAIM.cti, LICENCE_CTI_BYTES);
  const kind = text(claims, CLAIM.kind);
  const status = parseStatus(claims.get(CLAIM.status));
  const fields = parseFields(claims.get(CLAIM.fields));
  if (iss === undefined || sub === undefined || kind === undefined) return fault('iss, sub or kind');
  if (iat === undefined || nbf === undefined || exp === undefined) return fault('iat, nbf or exp');
  if (cti === undefined) return fault('cti');
  if (status === undefined) return fault('status');
  if (fields === undefined) return fault('fields');
  const licence = { iss, sub, iat, nbf, exp, cti, status, kind, fields };
  if (!claims.has(CLAIM.cnf)) return { ok: true, value: licence };
  const holderKey = parseConfirmation(claims.get(CLAIM.cnf));
  return holderKey ? { ok: true, value: { ...licence, holderKey } } : fault('cnf');
}

/** Reads a presentation's payload. */
export function parsePresentation(payload: Uint8Array): Parsed<Presentation> {
  const claims = decodeClaims(payload);
  if (!claims) return fault('payload is not a CBOR map of the profile');
  const iat = time(claims, CLAIM.iat);
  const cti = bytes(claims, CLAIM.cti, PRESENTATION_CTI_BYTES);
  if (iat === undefined || cti === undefined) return fault('iat or cti');
  const aud = claims.get(CLAIM.aud);
  const cnonce = claims.get(CLAIM.cnonce);
  if (aud !== undefined && typeof aud !== 'string') return fault('aud');
  if (cnonce !== undefined && !(cnonce instanceof Uint8Array)) return fault('cnonce');
  return {
    ok: true,
    value: { iat, cti, ...(aud === undefined ? {} : { aud }), ...(cnonce === undefined ? {} : { cnonce }) },
  };
}

function decodeClaims(payload: Uint8Array): CborMap | undefined {
  const decoded = decodeCbor(payload, {
    maxBytes: CODE_MAX_BYTES,
    maxDepth: 8,
    maxItems: 256,
    tag18: 'none',
    sortedKeys: true,
  });
  return decoded.ok && decoded.value instanceof Map ? decoded.value : undefined;
}

function parseStatus(value: CborValue | undefined): Licence['status'] | undefined {
  const list = value instanceof Map ? value.get('status_list') : undefined;
  if (!(list instanceof Map)) return undefined;
  const idx = list.get('idx');
  const uri = list.get('uri');
  return typeof idx === 'number' && idx >= 0 && typeof uri === 'string' ? { idx, uri } : undefined;
}

function parseFields(value: CborValue | undefined): ReadonlyMap<number, FieldValue> | undefined {
  if (!(value instanceof Map)) return undefined;
  const fields = new Map<number, FieldValue>();
  for (const [label, field] of value) {
    if (typeof label !== 'number') return undefined;
    if (typeof field !== 'string' && typeof field !== 'number' && typeof field !== 'boolean')
      return undefined;
    fields.set(label, field);
  }
  return fields;
}

function parseConfirmation(value: CborValue | undefined): Uint8Array | undefined {
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

function text(claims: CborMap, label: number): string | undefined {
  const value = claims.get(label);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function time(claims: CborMap, label: number): number | undefined {
  const value = claims.get(label);
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

function bytes(claims: CborMap, label: number, length: number): Uint8Array | undefined {
  const value = claims.get(label);
  return value instanceof Uint8Array && value.length === length ? value : undefined;
}

function fault(detail: string): { readonly ok: false; readonly detail: string } {
  return { ok: false, detail };
}
