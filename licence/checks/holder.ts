import { createHash } from 'node:crypto';
import type { Licence, Presentation } from '../claims.ts';
import type { Delegation } from '../delegation.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import { MAX_FRESHNESS_SECONDS, type Service } from '../trust/catalogue.ts';
import type { HolderProof, Refusal, RejectedReason } from '../verdict.ts';
import { signatureFault } from './admitted-signature.ts';
import type { Sealed } from './parse-code.ts';

export type HolderCheck =
  | { readonly ok: true; readonly proof?: HolderProof }
  | Refusal<RejectedReason | 'clock-untrusted'>;

/** A licence and what came with it. */
export interface Shown {
  readonly licence: Licence;
  readonly presentation: Sealed<Presentation> | undefined;
  /** Under which somebody else presents it; itself judged in check 11. */
  readonly delegation: Sealed<Delegation> | undefined;
  readonly service: Service;
  readonly verifier: SignatureVerifier;
  readonly alreadyUsed: (proofHash: Uint8Array) => boolean;
  /** unix seconds */
  readonly now: number;
  /** Whether the city has ever signed a time, so that `now` is known to be right. */
  readonly signedTime: boolean;
}

/** Check 10: whoever shows the licence holds the key it, or the delegation, was made out to; now, and for the first time. */
export function checkHolder(shown: Shown): HolderCheck {
  const { licence, presentation, delegation, service, verifier, alreadyUsed, now, signedTime } = shown;
  if (!presentation) {
    const bound = licence.holderKey !== undefined || service.holderProof === 'required';
    return bound
      ? refuse('holder-proof-missing', 'no presentation where a holder proof is needed')
      : { ok: true };
  }
  const presenterKey = delegation ? delegation.claims.delegateKey : licence.holderKey;
  if (!presenterKey) {
    return refuse('holder-proof-invalid', 'a presentation of a licence that names no holder key');
  }
  const { claims, sealed } = presentation;
  const fault = signatureFault('presentation', sealed, [{ x: presenterKey }], verifier);
  if (fault) return { ok: false, reason: 'holder-proof-invalid', ...fault };
  if (claims.aud !== undefined && claims.aud !== service.id) {
    return refuse('holder-proof-invalid', 'made for another service');
  }
  // this terminal asked for no nonce, so one was made for somebody else
  if (claims.cnonce !== undefined) return refuse('holder-proof-invalid', 'made for another challenge');
  const stale = staleness(claims.iat, now, service.freshnessSeconds);
  // whose clock is off nobody can say, and refreshing the code would never help
  if (stale && !signedTime) return refuse('clock-untrusted', `no signed time yet, and the code was ${stale}`);
  if (stale) return refuse('code-expired', stale);
  const hash = proofHash(presenterKey, claims.cti);
  if (alreadyUsed(hash)) return refuse('code-replayed', 'accepted before');
  // by the longest freshness there is: another service of this terminal may allow more
  return { ok: true, proof: { hash, until: (claims.iat + MAX_FRESHNESS_SECONDS) * 1000 } };
}

function staleness(iat: number, now: number, freshnessSeconds: number): string | undefined {
  if (iat < now - freshnessSeconds) return 'made too long ago';
  if (iat > now + freshnessSeconds) return 'made in the future: one clock is off';
  return undefined;
}

function proofHash(presenterKey: Uint8Array, cti: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(presenterKey).update(cti).digest());
}

function refuse(reason: RejectedReason | 'clock-untrusted', detail: string) {
  return { ok: false, reason, detail } as const;
}
