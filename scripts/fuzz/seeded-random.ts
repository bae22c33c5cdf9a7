/** Pseudo-random choices that a seed fixes: the same seed always makes the same inputs. */
export interface Random {
  /** 0 to 2^32 − 1 */
  uint32(): number;
  /** 0 to limit − 1 */
  below(limit: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T;
  bytes(length: number): Uint8Array;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, two multiplications a number. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uint32 = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number) => Math.floor((uint32() / 2 ** 32) * limit);
  return {
    uint32,
    below,
    chance: (probability) => uint32() < probability * 2 ** 32,
    pick: (list) => {
      const at = below(list.length);
      if (at >= list.length) throw new RangeError('nothing to pick from');
      return list[at] as (typeof list)[number];
    },
    bytes: (length) => Uint8Array.from({ length }, () => uint32() & 0xff),
  };
}
