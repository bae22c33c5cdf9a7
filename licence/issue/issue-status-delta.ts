import { createHash } from 'node:crypto';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { encodeGaps } from '../status/index-gaps.ts';
import { DELTA_CLAIM, MAX_DELTA_CHANGES } from '../status/status-delta.ts';
import type { StatusList } from '../status/status-list.ts';
import { sealSign1 } from './seal-sign1.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * Signs what leads from one list to a later one of the same name. Costs one pass over the bytes of both.
 *
 * @returns COSE bytes, always the same for the same lists and key; or undefined where more has changed than a delta may
 * carry, and terminals are better off with the list itself.
 * @throws TypeError for two lists of which one can't follow the other: another uri, bits or length.
 * @throws RangeError if `after` wasn't signed later.
 */
export function issueStatusDelta(
  before: StatusList,
  after: StatusList,
  key: SigningKey,
): Uint8Array | undefined {
  const { uri, iat, exp, ttl, bits, bitmap } = after;
  if (before.uri !== uri) throw new TypeError(`a delta from ${before.uri} to ${uri}`);
  if (before.bits !== bits || before.bitmap.length !== bitmap.length) {
    throw new TypeError(`${uri}: a delta changes neither the bits per entry nor the length of a list`);
  }
  if (iat <= before.iat) throw new RangeError(`${uri}: iat ${iat} is not after ${before.iat}`);
  const changes = changedIndices(before, after);
  if (!changes) return undefined;
  const claims = new Map<number, CborValue>([
    [DELTA_CLAIM.sub, uri],
    [DELTA_CLAIM.exp, exp],
    [DELTA_CLAIM.iat, iat],
    [DELTA_CLAIM.from, before.iat],
    [DELTA_CLAIM.bits, bits],
    [DELTA_CLAIM.bitmapHash, new Uint8Array(createHash('sha256').update(bitmap).digest())],
    [DELTA_CLAIM.changes, new Map([...changes].map(([status, indices]) => [status, encodeGaps(indices)]))],
  ]);
  if (ttl !== undefined) claims.set(DELTA_CLAIM.ttl, ttl);
  return sealSign1(TYP.statusDelta, encodeCbor(claims), key);
}

/** New status value to the indices that have it now, ascending; undefined if they are too many. */
function changedIndices(before: StatusList, after: StatusList): Map<number, number[]> | undefined {
  const { bits, bitmap } = after;
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  const changes = new Map<number, number[]>();
  let room = MAX_DELTA_CHANGES;
  for (let at = 0; at < bitmap.length; at++) {
    const byte = bitmap[at] ?? 0;
    const difference = byte ^ (before.bitmap[at] ?? 0);
    if (difference === 0) continue;
    for (let slot = 0; slot < perByte; slot++) {
      if (((difference >> (slot * bits)) & mask) === 0) continue;
      if (room-- === 0) return undefined;
      const status = (byte >> (slot * bits)) & mask;
      const indices = changes.get(status);
      if (indices) indices.push(at * perByte + slot);
      else changes.set(status, [at * perByte + slot]);
    }
  }
  return changes;
}
