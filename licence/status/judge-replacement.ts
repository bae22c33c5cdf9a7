import type { StatusList } from './status-list.ts';

export type Replacement =
  | 'newer'
  /** What is held already says all it says. */
  | 'same'
  /** Signed before the one held: replayed by whoever serves it, or by mistake. */
  | 'rollback'
  /**
   * Two lists signed at one instant: the issuer's fault. Neither is known to be the later one, and a swap back must not
   * be open to whoever serves them, so the one held stays until a later one comes. iat has to grow with every token.
   */
  | 'conflict';

/**
 * Whether a list, fetched whole or made by a delta, may take the place of the one held under its uri: only `newer` may.
 * A list that is renewed without a change has a later iat, so it is newer.
 */
export function judgeReplacement(held: JudgedList | undefined, candidate: JudgedList): Replacement {
  if (!held || candidate.iat > held.iat) return 'newer';
  if (candidate.iat < held.iat) return 'rollback';
  const same = candidate.bits === held.bits && Buffer.compare(candidate.bitmap, held.bitmap) === 0;
  return same ? 'same' : 'conflict';
}

export type JudgedList = Pick<StatusList, 'iat' | 'bits' | 'bitmap'>;
