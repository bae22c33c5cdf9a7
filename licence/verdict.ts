import type { Licence } from './claims.ts';
import type { Delegation } from './delegation.ts';

/** Why a code was not accepted although it could be judged. Stable codes: screens, logs and the city use them. */
export const REJECTED = [
  'not-a-licence-code',
  'malformed',
  'unsupported',
  'unknown-issuer',
  'key-not-admitted',
  'bad-signature',
  'not-yet-valid',
  'expired',
  'revoked',
  'suspended',
  'code-expired',
  'code-replayed',
  'holder-proof-missing',
  'holder-proof-invalid',
  'delegation-invalid',
  'delegation-expired',
  'delegation-out-of-scope',
  'wrong-kind',
  'refused-by-service',
] as const;

/** Why a code could not be judged. Never shown as false, never as true. */
export const UNDETERMINED = [
  'clock-untrusted',
  'trust-expired',
  'status-unavailable',
  'status-stale',
  'needs-network',
  'city-unavailable',
  'city-error',
] as const;

export type RejectedReason = (typeof REJECTED)[number];
export type UndeterminedReason = (typeof UNDETERMINED)[number];
export type Reason = 'accepted' | RejectedReason | UndeterminedReason;
export type Outcome = 'accepted' | 'rejected' | 'undetermined';

declare const verified: unique symbol;
/** A value whose signature held under an admitted issuer key. Only `verify` makes one. */
export type Verified<T> = T & { readonly [verified]: true };

/** The holder's proof a replay memory must keep until `until` (unix ms), when it can't be fresh any more. */
export interface HolderProof {
  /** SHA-256 of (holder key ‖ presentation cti). */
  readonly hash: Uint8Array;
  readonly until: number;
}

/** What the verdict rests on, for the audit log and for a screen that says how old the evidence is. */
export interface Evidence {
  readonly issuer: string;
  /** unix seconds at which the status list used was signed; absent where the licence names none. */
  readonly statusIat?: number;
  /** unix seconds at which the city answered for a reference code; absent for a code that proves itself. */
  readonly resolvedIat?: number;
}

/** Two implementations of Ed25519 differ over a signature: a refusal, and somebody must look into it. */
export type Alarm = 'signature-disagreement';

/** Why a check failed, before it is known what may be shown with it. */
export interface Refusal<R> {
  readonly ok: false;
  readonly reason: R;
  readonly detail: string;
  readonly alarm?: Alarm;
}

/**
 * The answer to one shown code. `licence` is there only when its signature held (check 7 of licence-code.md),
 * so nothing of an unverified code can reach a screen or a log through a verdict.
 */
export type Verdict = Accepted | Rejected | Undetermined;

interface Accepted {
  readonly outcome: 'accepted';
  readonly reason: 'accepted';
  readonly licence: Verified<Licence>;
  /** The licence as its issuer signed it (COSE_Sign1), without the presentation it came in: for a case file. */
  readonly signedLicence: Uint8Array;
  readonly evidence: Evidence;
  readonly holderProof?: HolderProof;
  /** Under which somebody other than the holder showed it. */
  readonly delegation?: Verified<Delegation>;
}

interface Rejected {
  readonly outcome: 'rejected';
  readonly reason: RejectedReason;
  /** What exactly was wrong, in words of the standard; for operators, holds nothing of the code's content. */
  readonly detail: string;
  readonly licence?: Verified<Licence>;
  readonly evidence?: Evidence;
  readonly alarm?: Alarm;
}

interface Undetermined {
  readonly outcome: 'undetermined';
  readonly reason: UndeterminedReason;
  readonly detail: string;
  readonly licence?: Verified<Licence>;
  readonly evidence?: Evidence;
  readonly alarm?: Alarm;
}
