import type { FieldValue, Licence } from '../claims.ts';
import { type Delegation, outOfScope } from '../delegation.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import { COMMON_LABEL } from '../field-label.ts';
import type { StatusList } from '../status/status-list.ts';
import type { Service } from '../trust/catalogue.ts';
import type { Issuer } from '../trust/issuers.ts';
import type { Refusal, RejectedReason, UndeterminedReason } from '../verdict.ts';
import { admittedKeys, signatureFault } from './admitted-signature.ts';
import type { Sealed } from './parse-code.ts';
import { checkStatus } from './status.ts';

export type DelegationReason =
  | Extract<RejectedReason, `delegation-${string}`>
  | Extract<UndeterminedReason, `status-${string}`>;

/** What the delegation is held against. */
export interface Delegated {
  readonly licence: Licence;
  readonly service: Service;
  readonly trust: { readonly issuers: readonly Issuer[] };
  readonly verifier: SignatureVerifier;
  readonly statusList: (uri: string) => StatusList | undefined;
  /** unix seconds */
  readonly now: number;
}

/** Check 11: whoever signed the presentation may show this licence here, for its principal, now. */
export function checkDelegation(
  { claims, sealed }: Sealed<Delegation>,
  held: Delegated,
): { readonly ok: true } | Refusal<DelegationReason> {
  const { licence, service, trust, verifier, statusList, now } = held;
  const issuer = trust.issuers.find(({ iss }) => iss === claims.iss);
  if (!issuer) return invalid('iss is not among the admitted issuers');
  const purpose = { use: 'delegation', kind: licence.kind, iat: claims.iat, now } as const;
  const keys = admittedKeys(issuer, sealed.kid, purpose);
  if (typeof keys === 'string') return invalid(keys);
  const fault = signatureFault('delegation', sealed, keys, verifier);
  if (fault) return { ok: false, reason: 'delegation-invalid', ...fault };

  if (now < claims.nbf) return invalid('before nbf');
  if (now >= claims.exp) return refuse('delegation-expired', 'past exp');

  const status = checkStatus(claims.status, statusList, service, now);
  switch (status.state) {
    case 'valid':
      break;
    case 'revoked':
    case 'suspended':
      return invalid(status.state);
    default:
      return refuse(status.state, `delegation: ${status.detail}`);
  }

  if (claims.principal !== licence.fields.get(COMMON_LABEL.holderCode)) {
    return invalid('the principal is not the holder of the licence');
  }
  // a passport's number may be another person's of another country
  if (!UNIQUE_TYPES.includes(licence.fields.get(COMMON_LABEL.holderCodeType))) {
    return invalid('the holder code is of a type that does not name one holder');
  }
  const uncovered = outOfScope(claims.scope, licence, service.id);
  if (uncovered) return refuse('delegation-out-of-scope', `the scope does not cover the ${uncovered}`);
  return { ok: true };
}

/** Types of holder code that name one person or body: ID card, unified social credit code; or none said. */
const UNIQUE_TYPES: readonly (FieldValue | undefined)[] = ['111', '001', undefined];

function invalid(detail: string) {
  return refuse('delegation-invalid', detail);
}

function refuse(reason: DelegationReason, detail: string): Refusal<DelegationReason> {
  return { ok: false, reason, detail };
}
