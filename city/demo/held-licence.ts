import type { SigningKey } from '../../licence/issue/signing-key.ts';
import type { ShownCondition } from './condition.ts';
import type { DemoDelegated, DemoLicence } from './demo-person.ts';
import type { LicencePeriod } from './licence-period.ts';

/** A licence in somebody's phone. */
export interface HeldLicence {
  /** Stable name of what the phone shows. */
  readonly id: string;
  readonly condition: ShownCondition;
  readonly licence: DemoLicence;
  readonly period: LicencePeriod;
  /** COSE bytes */
  readonly code: Uint8Array;
  /** hex */
  readonly cti: string;
  /** Who shows it: the key of the holder, or of the delegate; a static code has none. */
  readonly presenter: SigningKey | undefined;
  /** Under which somebody else than the holder shows it. */
  readonly delegation?: HeldDelegation;
}

export interface HeldDelegation {
  readonly delegated: DemoDelegated;
  readonly period: LicencePeriod;
  /** COSE bytes */
  readonly code: Uint8Array;
  /** hex */
  readonly cti: string;
}
