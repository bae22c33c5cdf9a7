/** How a demo licence stands: the way to be accepted, and the ways to fail. */
export const CONDITIONS = [
  'valid',
  'revoked',
  'suspended',
  'expired',
  'not-yet-valid',
  /** Valid, but without a holder key: the code never changes, as if printed on paper. */
  'static',
  /** Signed by a key nobody admitted, under a name nobody knows. */
  'unknown-issuer',
  /** Signed by that same key, under the name of a real authority. */
  'forged',
] as const;

/** How it stands with somebody who shows a licence of another, the licence itself being valid. */
export const DELEGATION_CONDITIONS = [
  'valid',
  'delegation-expired',
  /** The delegation is for another kind, or for another service. */
  'delegation-out-of-scope',
  'delegation-revoked',
  /** A true delegation, but of another principal than the holder of the licence. */
  'delegation-of-another',
] as const;

export type Condition = (typeof CONDITIONS)[number];
export type DelegationCondition = (typeof DELEGATION_CONDITIONS)[number];

/** Of what a phone shows. */
export type ShownCondition = Condition | DelegationCondition;
