import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { concat } from '../concat.ts';
import { type Discarded, discard } from '../framing.ts';
import { addSpoilt, NOTHING_SPOILT, type Spoilt } from '../spoilt.ts';

/** What the bytes at a place are. Further bytes must not change an answer other than `part`. */
export type PacketMatch<P> =
  | { readonly name: 'whole'; readonly packet: P; readonly length: number }
  /** They may become a packet. */
  | { readonly name: 'part' }
  /** They look like a packet, but their checksum says otherwise. */
  | { readonly name: 'damaged' }
  | { readonly name: 'none' };

export type MatchPacket<P> = (bytes: Uint8Array) => PacketMatch<P>;

/** What a wire of packets has brought and isn't cut yet. */
export interface Uncut {
  /** Begins with what may become a packet. */
  readonly kept: Uint8Array;
  /** What came before it, of which no packet could be made. */
  readonly spoilt: Spoilt;
}

export const NOTHING_UNCUT: Uncut = { kept: new Uint8Array(), spoilt: NOTHING_SPOILT };

export type Cut<P> = { readonly name: 'packet'; readonly packet: P } | Discarded;

export interface Cutting<P> {
  readonly uncut: Uncut;
  readonly cuts: readonly Cut<P>[];
}

/**
 * Cuts a stream into packets, wherever its chunks were cut. A place where no packet begins is passed by one byte at a
 * time, so that no noise, and no packet with a wrong length, hides a good packet behind it. The bytes between two
 * packets are reported together.
 */
export function cutPackets<P>(match: MatchPacket<P>, uncut: Uncut, chunk: Uint8Array): Cutting<P> {
  return cutAll(match, uncut.spoilt, concat([uncut.kept, chunk]), false);
}

/** The same where nothing more will come: what isn't whole now is passed by. */
export function cutRest<P>(match: MatchPacket<P>, uncut: Uncut): Cutting<P> {
  return cutAll(match, uncut.spoilt, uncut.kept, true);
}

/** What an ending connection leaves behind. */
export function discardUncut({ kept, spoilt }: Uncut): readonly Discarded[] {
  const left = addSpoilt(spoilt, kept, kept.length > 0 ? 'part' : 'none');
  return left.count === 0 ? [] : [discardSpoilt(left)];
}

export function isUncut({ kept, spoilt }: Uncut): boolean {
  return kept.length > 0 || spoilt.count > 0;
}

function cutAll<P>(match: MatchPacket<P>, before: Spoilt, bytes: Uint8Array, atRest: boolean): Cutting<P> {
  const cuts: Cut<P>[] = [];
  let spoilt = before;
  let at = 0;
  while (at < bytes.length) {
    const found = match(bytes.subarray(at));
    if (found.name === 'part' && !atRest) break;
    if (found.name === 'whole') {
      if (spoilt.count > 0) cuts.push(discardSpoilt(spoilt));
      spoilt = NOTHING_SPOILT;
      cuts.push({ name: 'packet', packet: found.packet });
      at += found.length;
      continue;
    }
    spoilt = addSpoilt(spoilt, bytes.subarray(at, at + 1), found.name);
    at += 1;
    // noise without end must be heard of too
    if (spoilt.count >= MAX_SCAN_BYTES) {
      cuts.push(discardSpoilt(spoilt));
      spoilt = NOTHING_SPOILT;
    }
  }
  if (atRest && spoilt.count > 0) {
    cuts.push(discardSpoilt(spoilt));
    spoilt = NOTHING_SPOILT;
  }
  return { uncut: { kept: bytes.slice(at), spoilt }, cuts };
}

function discardSpoilt({ head, count, worst }: Spoilt): Discarded {
  switch (worst) {
    case 'damaged':
      return discard('bad-checksum', head, 'a packet with a wrong checksum', count);
    case 'part':
      return discard('unfinished', head, 'a packet that stopped in its middle', count);
    case 'none':
      return discard('garbage', head, 'bytes that are no packet', count);
    default:
      return worst satisfies never;
  }
}
