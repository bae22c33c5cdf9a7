import { openAuditReceipt } from '../audit/receipt.ts';
import type { SignatureVerifier } from '../ed25519/signature-verifier.ts';
import type { CityKeys, CityKeyUse } from '../trust/city-keys.ts';
import type { Opened } from './signed-map.ts';
import { openKeptTimeAnswer } from './time-answer.ts';

/**
 * The time in an object the city signed, a time answer or an audit receipt. Which request it answered is no matter
 * here: an old one only says an earlier time. @returns unix ms.
 */
export function openSignedTime(
  proof: Uint8Array,
  city: Pick<CityKeys, 'keys'>,
  verifier: SignatureVerifier,
): Opened<number> {
  const keys = (use: CityKeyUse) => city.keys.filter(({ uses }) => uses.includes(use)).map(({ x }) => x);
  const answer = openKeptTimeAnswer(proof, keys('time'), verifier);
  if (answer.ok) return { ok: true, value: answer.value.unixMs };
  const receipt = openAuditReceipt(proof, keys('receipt'), verifier);
  return receipt.ok ? { ok: true, value: receipt.value.unixMs } : receipt;
}
