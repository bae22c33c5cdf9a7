import { Encoder, Tag } from 'cbor-x';
import { type CborValue, TaggedSign1 } from './decode.ts';

/**
 * Encodes deterministically (RFC 8949 §4.2.1): shortest forms, map keys sorted bytewise by their encoding.
 * The same value always gives the same bytes.
 *
 * @throws RangeError for a number that is no exact integer and for a text that begins with U+FEFF.
 */
export function encodeCbor(value: CborValue): Uint8Array {
  const encoded = encoder.encode(toCborX(value));
  // cbor-x hands out a view of a buffer it goes on writing to
  return Uint8Array.from(encoded);
}

/** The head of a byte string, for what is put together around bytes that are encoded already. */
export function byteStringHead(length: number): readonly number[] {
  if (length < 24) return [0x40 + length];
  if (length <= 0xff) return [0x58, length];
  if (length <= 0xffff) return [0x59, length >> 8, length & 0xff];
  return [0x5a, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
}

// The defaults of cbor-x emit two-byte map heads, tag 64 on byte strings and tag 259 on maps.
const encoder = new Encoder({
  useRecords: false,
  useTag259ForMaps: false,
  variableMapSize: true,
  tagUint8Array: false,
  mapsAsObjects: false,
} as ConstructorParameters<typeof Encoder>[0]);

const FIRST_64_BIT_INTEGER = 0x1_0000_0000;

function toCborX(value: CborValue): unknown {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`not an integer CBOR can carry exactly: ${value}`);
    // cbor-x writes numbers past 32 bits as floats, bigints as integers
    return value >= FIRST_64_BIT_INTEGER || value < -FIRST_64_BIT_INTEGER ? BigInt(value) : value;
  }
  if (typeof value === 'string') return plainText(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof TaggedSign1) return new Tag(toCborX(value.value), 18);
  if (value instanceof Uint8Array) return value;
  if (value instanceof Map) return sortedMap(value);
  return (value as readonly CborValue[]).map(toCborX);
}

function plainText(text: string): string {
  if (text.startsWith('\ufeff')) throw new RangeError('a text that begins with U+FEFF is not in the profile');
  // cbor-x writes a lone surrogate as three bytes that are no UTF-8; every other encoder writes U+FFFD
  return text.toWellFormed();
}

function sortedMap(map: ReadonlyMap<number | string, CborValue>): Map<unknown, unknown> {
  const entries = [...map].map(([key, item]) => ({
    order: encodeCbor(key),
    key: toCborX(key),
    item: toCborX(item),
  }));
  entries.sort((a, b) => Buffer.compare(a.order, b.order));
  return new Map(entries.map(({ key, item }) => [key, item]));
}
