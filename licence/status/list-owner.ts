import { signatureFault } from '../checks/admitted-signature.ts';
import type { Sign1 } from '../cose/sign1.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import type { Issuer, OwnedStatusList } from '../trust/issuers.ts';

export type SignedByOwner =
  | { readonly ok: true; readonly owned: OwnedStatusList }
  | { readonly ok: false; readonly detail: string };

/**
 * The one rule of who may speak for a list, in full or by a delta: a status key, in its time, of the issuer that owns
 * the uri. @param iat when it says it was signed, unix seconds.
 */
export function signedByOwner(
  sign1: Sign1,
  { uri, iat }: { readonly uri: string; readonly iat: number },
  issuers: readonly Issuer[],
  verifier: SignatureVerifier,
): SignedByOwner {
  const owner = issuers.find((issuer) => issuer.statusLists.some((list) => list.uri === uri));
  const owned = owner?.statusLists.find((list) => list.uri === uri);
  if (!owner || !owned) return { ok: false, detail: 'no admitted issuer owns this uri' };
  // a foreign kid need not be ours, so every status key of the owner is tried
  const keys = owner.keys.filter((key) => key.uses.includes('status') && key.nbf <= iat && iat <= key.exp);
  const wrong = signatureFault('list', sign1, keys, verifier);
  if (!wrong) return { ok: true, owned };
  return { ok: false, detail: wrong.alarm ?? 'not signed by a status key of its owner' };
}
