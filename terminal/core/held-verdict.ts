import type { Licence } from '../../licence/claims.ts';
import type { Delegation } from '../../licence/delegation.ts';
import type { Evidence, Outcome, Reason, Verified } from '../../licence/verdict.ts';
import type { ShownLicence } from './shown-licence.ts';

/** What is in memory of a verdict while it is on a screen or in a case; never on disk, never in a log. */
export interface HeldVerdict {
  readonly number: number;
  /** unix ms, best time */
  readonly at: number;
  /** monotonic ms */
  readonly shownAt: number;
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** Staff looked it up: nobody stands there with it, and no kiosk shows it. */
  readonly lookedUp?: true;
  /** Masked, for the screens. */
  readonly licence?: ShownLicence;
  /** Whole, for a business system; of an accepted verdict only. */
  readonly held?: HeldLicence;
  /** Where its row stands in the audit log. */
  readonly audit?: AuditPosition;
}

/** A licence that was accepted, and what its acceptance rests on. */
export interface HeldLicence {
  readonly licence: Verified<Licence>;
  /** As its issuer signed it (COSE_Sign1). */
  readonly signedLicence: Uint8Array;
  readonly evidence: Evidence;
  /** Under which somebody other than the holder showed it. */
  readonly delegation?: Verified<Delegation>;
}

/** Names one audit row for good. */
export interface AuditPosition {
  readonly epoch: Uint8Array;
  readonly seq: number;
}
