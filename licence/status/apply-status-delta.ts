import { createHash } from 'node:crypto';
import type { StatusDelta } from './status-delta.ts';
import { type StatusList, setStatusAt } from './status-list.ts';

export type AppliedDelta =
  | { readonly outcome: 'applied'; readonly list: StatusList }
  /** It can't bring this list further: the caller fetches the list itself. */
  | { readonly outcome: 'snapshot-needed'; readonly fault: 'not-its-base' | 'hash-mismatch' }
  /** It says nothing newer than what is held, which stays. */
  | { readonly outcome: 'refused'; readonly fault: 'rollback' };

/**
 * Makes the list that a delta leads to, leaving the one held as it is. Both were opened, so both signatures held; the
 * hash then says that the result is what the issuer signed, whatever was held. Costs a copy and a hash of the bitmap,
 * and one step per change.
 */
export function applyStatusDelta(list: StatusList, delta: StatusDelta): AppliedDelta {
  const { uri, bits } = list;
  if (delta.uri !== uri || delta.bits !== bits) return snapshotNeeded('not-its-base');
  if (delta.iat <= list.iat) return { outcome: 'refused', fault: 'rollback' };
  if (delta.from !== list.iat) return snapshotNeeded('not-its-base');

  const bitmap = new Uint8Array(list.bitmap);
  const entries = (bitmap.length * 8) / bits;
  for (const [status, indices] of delta.changes) {
    // ascending, so the last is the greatest: a base that is too short is no base
    if ((indices.at(-1) ?? 0) >= entries) return snapshotNeeded('not-its-base');
    for (const idx of indices) setStatusAt(bitmap, bits, idx, status);
  }
  const hash = createHash('sha256').update(bitmap).digest();
  if (Buffer.compare(hash, delta.bitmapHash) !== 0) return snapshotNeeded('hash-mismatch');

  const { iat, exp, ttl } = delta;
  const { aggregationUri } = list;
  return {
    outcome: 'applied',
    list: {
      uri,
      iat,
      exp,
      bits,
      bitmap,
      ...(ttl === undefined ? {} : { ttl }),
      ...(aggregationUri === undefined ? {} : { aggregationUri }),
    },
  };
}

function snapshotNeeded(fault: 'not-its-base' | 'hash-mismatch'): AppliedDelta {
  return { outcome: 'snapshot-needed', fault };
}
