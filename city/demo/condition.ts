/** How a demo licence stands: the way to be accepted, and the ways to fail. */
export const CONDITIONS = [
  'valid',
  'revoked',
  'expired',
  'not-yet-valid',
  /** Valid, but without a holder key: the code never changes, as if printed on paper. */
  'static',
  /** Signed by a key nobody admitted, under a name nobody knows. */
  'unknown-issuer',
  /** Signed by that same key, under the name of a real authority. */
  'forged',
] as const;

export type Condition = (typeof CONDITIONS)[number];
