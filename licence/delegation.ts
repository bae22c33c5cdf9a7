import type { CborMap, CborValue } from './cbor/decode.ts';
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

/** Labels of the scope map. */
export const SCOPE = { licences: 1, kinds: 2, services: 3 } as const;

/** What a delegate may show: licences by cti, kinds, or both together; and, where `services` is there, only at these. */
export interface DelegationScope {
  readonly licences?: readonly Uint8Array[];
  readonly kinds?: readonly string[];
  readonly services?: readonly string[];
}

/** 法人授权: somebody may show licences of a principal with a key of their own. Times are unix seconds. */
export interface Delegation {
  readonly iss: string;
  /** The delegate's identifier. */
  readonly sub: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly cti: Uint8Array;
  /** The delegate's raw Ed25519 key, which signs the presentation. */
  readonly delegateKey: Uint8Array;
  readonly status: StatusReference;
  /** holderCode of the licences it is about. */
  readonly principal: string;
  readonly scope: DelegationScope;
}

/** Reads a delegation's payload. Claims it doesn't know are ignored, parts of a scope it doesn't know are not. */
export function parseDelegation(payload: Uint8Array): Parsed<Delegation> {
  const decoded = decodeClaims(payload);
  if (!decoded.ok) return decoded;
  const claims = decoded.value;
  const iss = textClaim(claims, CLAIM.iss);
  const sub = textClaim(claims, CLAIM.sub);
  const iat = timeClaim(claims, CLAIM.iat);
  const nbf = timeClaim(claims, CLAIM.nbf);
  const exp = timeClaim(claims, CLAIM.exp);
  const cti = bytesClaim(claims, CLAIM.cti, CTI_BYTES);
  const delegateKey = confirmationClaim(claims);
  const status = statusClaim(claims);
  const principal = textClaim(claims, CLAIM.principal);
  const scope = parseScope(claims.get(CLAIM.scope));
  if (iss === undefined || sub === undefined) return claimFault('iss or sub');
  if (iat === undefined || nbf === undefined || exp === undefined) return claimFault('iat, nbf or exp');
  if (cti === undefined) return claimFault('cti');
  if (delegateKey === undefined) return claimFault('cnf');
  if (status === undefined) return claimFault('status');
  if (principal === undefined) return claimFault('principal');
  if (scope === undefined) return claimFault('scope');
  return { ok: true, value: { iss, sub, iat, nbf, exp, cti, delegateKey, status, principal, scope } };
}

/** Whether the scope covers this licence at this service; else what it doesn't cover. */
export function outOfScope(
  scope: DelegationScope,
  licence: { readonly cti: Uint8Array; readonly kind: string },
  serviceId: string,
): 'licence' | 'service' | undefined {
  const named = scope.licences?.some((cti) => Buffer.compare(cti, licence.cti) === 0) ?? false;
  if (!named && !scope.kinds?.includes(licence.kind)) return 'licence';
  return scope.services && !scope.services.includes(serviceId) ? 'service' : undefined;
}

const SCOPE_LABELS: readonly (number | string)[] = Object.values(SCOPE);

/** A part this version doesn't know may narrow the scope, so the whole is refused. */
function parseScope(value: CborValue | undefined): DelegationScope | undefined {
  if (!(value instanceof Map)) return undefined;
  if ([...value.keys()].some((label) => !SCOPE_LABELS.includes(label))) return undefined;
  const licences = part(value, SCOPE.licences, isCti);
  const kinds = part(value, SCOPE.kinds, isText);
  const services = part(value, SCOPE.services, isText);
  if (licences === 'wrong' || kinds === 'wrong' || services === 'wrong') return undefined;
  if (!licences && !kinds) return undefined;
  return { ...(licences && { licences }), ...(kinds && { kinds }), ...(services && { services }) };
}

/** An array of which every item is of its sort and which holds at least one. */
function part<T extends CborValue>(
  map: CborMap,
  label: number,
  is: (item: CborValue) => item is T,
): readonly T[] | undefined | 'wrong' {
  const value = map.get(label);
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length === 0) return 'wrong';
  const items = (value as readonly CborValue[]).filter(is);
  return items.length === value.length ? items : 'wrong';
}

function isCti(item: CborValue): item is Uint8Array {
  return item instanceof Uint8Array && item.length === CTI_BYTES;
}

function isText(item: CborValue): item is string {
  return typeof item === 'string' && item !== '';
}
