import { concat } from './concat.ts';
import { MAX_DISCARDED_SHOWN } from './framing.ts';

/** Bytes that are going to be discarded, gathered so that they are reported together. */
export interface Spoilt {
  readonly count: number;
  /** The first of them, at most MAX_DISCARDED_SHOWN. */
  readonly head: Uint8Array;
  /** The nearest that they came to a packet. */
  readonly worst: Trouble;
}

export type Trouble = 'none' | 'part' | 'damaged';

export const NOTHING_SPOILT: Spoilt = { count: 0, head: new Uint8Array(), worst: 'none' };

export function addSpoilt(spoilt: Spoilt, bytes: Uint8Array, trouble: Trouble = 'none'): Spoilt {
  const room = MAX_DISCARDED_SHOWN - spoilt.head.length;
  return {
    count: spoilt.count + bytes.length,
    head: room <= 0 || bytes.length === 0 ? spoilt.head : concat([spoilt.head, bytes.subarray(0, room)]),
    worst: RANK[trouble] > RANK[spoilt.worst] ? trouble : spoilt.worst,
  };
}

const RANK: Readonly<Record<Trouble, number>> = { none: 0, part: 1, damaged: 2 };
