import type { Sign1 } from '../cose/sign1.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import type { Issuer, IssuerKey, KeyUse } from '../trust/issuers.ts';
import type { Alarm } from '../verdict.ts';

/** What a key must be admitted for. Times are unix seconds. */
export interface Purpose {
  readonly use: Extract<KeyUse, 'licence' | 'delegation'>;
  readonly kind: string;
  /** When the object says it was signed. */
  readonly iat: number;
  readonly now: number;
}

/** Keys of this kid that may sign for this purpose; else why there is none. A kid may collide, so there may be several. */
export function admittedKeys(
  issuer: Issuer,
  kid: Uint8Array,
  { use, kind, iat, now }: Purpose,
): readonly IssuerKey[] | string {
  const ofKid = issuer.keys.filter((key) => Buffer.compare(key.kid, kid) === 0);
  if (ofKid.length === 0) return 'the issuer has no key of this kid';
  const ofUse = ofKid.filter((key) => key.uses.includes(use));
  if (ofUse.length === 0) return `the key is not admitted for ${use}s`;
  const ofKind = ofUse.filter((key) => key.kinds.includes(kind));
  if (ofKind.length === 0) return 'the key is not admitted for this kind';
  const inTime = ofKind.filter((key) => key.nbf <= iat && iat <= key.exp && key.nbf <= now);
  return inTime.length > 0 ? inTime : 'the key was not in its time';
}

/**
 * Whether one of the keys signed it. @returns what is wrong otherwise; a disagreement over any of the keys outlives
 * the refusals, so that it is heard of.
 */
export function signatureFault(
  what: string,
  { signature, signedBytes }: Sign1,
  keys: readonly Pick<IssuerKey, 'x'>[],
  verifier: SignatureVerifier,
): { readonly detail: string; readonly alarm?: Alarm } | undefined {
  let disagreed = false;
  for (const { x } of keys) {
    const check = verifier.check(signature, signedBytes, x);
    if (check === 'valid') return undefined;
    disagreed ||= check === 'disagreement';
  }
  return disagreed
    ? { detail: `${what} signature: disagreement`, alarm: 'signature-disagreement' }
    : { detail: `${what} signature: invalid` };
}
