/** Uniform in [0, 1). */
export type Random = () => number;

export const BACKOFF_BASE_MS = 1000;
export const BACKOFF_MAX_MS = 5 * 60_000;
/** A city that asks for more than this is asked again after this. */
export const RETRY_AFTER_MAX_MS = 60 * 60_000;

/**
 * Full jitter: random(0, min(5 min, 1 s · 2ⁿ)), so that a district whose power comes back doesn't ask all at once.
 * The jitter comes on top of a Retry-After, which everybody was told alike.
 *
 * @param n failures in a row before this one.
 */
export function backoffMs(n: number, random: Random, retryAfterMs = 0): number {
  const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** n);
  return Math.min(Math.max(retryAfterMs, 0), RETRY_AFTER_MAX_MS) + random() * ceiling;
}
