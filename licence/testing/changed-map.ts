import type { CborMap, CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';

/** By integer label; `undefined` takes an entry away. */
export type Changes = Readonly<Record<number, CborValue | undefined>>;

/** A copy of the map with these entries set, or taken away. */
export function changedMap(map: CborMap, changes: Changes): CborMap {
  const changed = new Map(map);
  for (const [label, value] of Object.entries(changes)) {
    if (value === undefined) changed.delete(Number(label));
    else changed.set(Number(label), value);
  }
  return changed;
}

/** Encodes a map of up to 23 entries in the order they are listed in, as foreign encoders do. */
export function encodeAsListed(
  entries: readonly (readonly [number | string, CborValue | EncodedItem])[],
): Uint8Array {
  const items = entries.flatMap(([key, value]) => [
    encodeCbor(key),
    value instanceof EncodedItem ? value.bytes : encodeCbor(value),
  ]);
  return new Uint8Array(Buffer.concat([Uint8Array.of(0xa0 + entries.length), ...items]));
}

/** A value that is encoded already, such as a map in an order of its own. */
export class EncodedItem {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}
