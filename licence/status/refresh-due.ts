import type { StatusList } from './status-list.ts';

/**
 * Whether a list should be fetched anew: once its ttl has passed since it was (draft-ietf-oauth-status-list §8.3), or,
 * where its issuer gave no ttl, half of the time from iat to exp. A hint: until `exp` what it says counts.
 *
 * @param at unix seconds: `fetched` when its server last gave it or said it hadn't changed, and `now`.
 */
export function refreshDue(
  { iat, exp, ttl }: Pick<StatusList, 'iat' | 'exp' | 'ttl'>,
  at: { readonly fetched: number; readonly now: number },
): boolean {
  return at.now >= exp || at.now - at.fetched >= (ttl ?? (exp - iat) / 2);
}
