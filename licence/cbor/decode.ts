import { Decoder, Tag } from 'cbor-x';
import { type CborFault, type CborProfile, scanCbor } from './scan.ts';

/** What the strict profile can hold. */
export type CborValue =
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | CborMap
  | TaggedSign1;
export type CborMap = ReadonlyMap<number | string, CborValue>;

/** A value under tag 18, the only tag of the profile. */
export class TaggedSign1 {
  readonly value: CborValue;
  constructor(value: CborValue) {
    this.value = value;
  }
}

export type Decoded =
  | { readonly ok: true; readonly value: CborValue }
  | { readonly ok: false; readonly fault: CborFault };

/** Scans, then decodes. Bytes that fail the profile never reach cbor-x. Byte strings are copies of the input. */
export function decodeCbor(bytes: Uint8Array, profile: CborProfile): Decoded {
  const fault = scanCbor(bytes, profile);
  if (fault) return { ok: false, fault };
  // A decoder of our own, since cbor-x keeps read state in the instance and extensions in the process.
  // And a view of our own, since it leaves a property on the array it reads and takes slices of a Buffer as Buffers.
  const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  return { ok: true, value: fromCborX(decoder.decode(view)) };
}

const decoder = new Decoder({
  useRecords: false,
  mapsAsObjects: false,
  copyBuffers: true,
  // the scan has refused integers beyond 2^53, so no precision is lost
  int64AsNumber: true,
} as ConstructorParameters<typeof Decoder>[0]);

/** Narrows cbor-x's `any`: after the scan only these shapes can occur. Its maps are nobody else's, so they are kept. */
function fromCborX(value: unknown): CborValue {
  if (value instanceof Tag) return new TaggedSign1(fromCborX(value.value));
  if (Array.isArray(value)) return value.map(fromCborX);
  if (value instanceof Map) {
    for (const [key, item] of value) if (typeof item === 'object') value.set(key, fromCborX(item));
  }
  return value as CborValue;
}
