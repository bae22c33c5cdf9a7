import type { CborValue } from './cbor/decode.ts';
import {
  bytesClaim,
  CLAIM,
  CTI_BYTES,
  claimFault,
  confirmationClaim,
  decodeClaims,
  type Parsed,
  type StatusReference,
  statusClaim,
  textClaim,
  timeClaim,
} from './cwt.ts';

export const PRESENTATION_CTI_BYTES = 8;

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
  readonly status: StatusReference;
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

/** Reads a licence's payload. Claims it doesn't know are ignored, as RFC 8392 asks. */
export function parseLicence(payload: Uint8Array): Parsed<Licence> {
  const decoded = decodeClaims(payload);
  if (!decoded.ok) return decoded;
  const claims = decoded.value;
  const iss = textClaim(claims, CLAIM.iss);
  const sub = textClaim(claims, CLAIM.sub);
  const iat = timeClaim(claims, CLAIM.iat);
  const nbf = timeClaim(claims, CLAIM.nbf);
  const exp = timeClaim(claims, CLAIM.exp);
  const cti = bytesClaim(claims, CLAIM.cti, CTI_BYTES);
  const kind = textClaim(claims, CLAIM.kind);
  const status = statusClaim(claims);
  const fields = parseFields(claims.get(CLAIM.fields));
  if (iss === undefined || sub === undefined || kind === undefined) return claimFault('iss, sub or kind');
  if (iat === undefined || nbf === undefined || exp === undefined) return claimFault('iat, nbf or exp');
  if (cti === undefined) return claimFault('cti');
  if (status === undefined) return claimFault('status');
  if (fields === undefined) return claimFault('fields');
  const licence = { iss, sub, iat, nbf, exp, cti, status, kind, fields };
  if (!claims.has(CLAIM.cnf)) return { ok: true, value: licence };
  const holderKey = confirmationClaim(claims);
  return holderKey ? { ok: true, value: { ...licence, holderKey } } : claimFault('cnf');
}

/** Reads a presentation's payload. */
export function parsePresentation(payload: Uint8Array): Parsed<Presentation> {
  const decoded = decodeClaims(payload);
  if (!decoded.ok) return decoded;
  const claims = decoded.value;
  const iat = timeClaim(claims, CLAIM.iat);
  const cti = bytesClaim(claims, CLAIM.cti, PRESENTATION_CTI_BYTES);
  if (iat === undefined || cti === undefined) return claimFault('iat or cti');
  const aud = claims.get(CLAIM.aud);
  const cnonce = claims.get(CLAIM.cnonce);
  if (aud !== undefined && typeof aud !== 'string') return claimFault('aud');
  if (cnonce !== undefined && !(cnonce instanceof Uint8Array)) return claimFault('cnonce');
  return {
    ok: true,
    value: { iat, cti, ...(aud === undefined ? {} : { aud }), ...(cnonce === undefined ? {} : { cnonce }) },
  };
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
