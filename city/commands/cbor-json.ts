import { type CborValue, TaggedSign1 } from '../../licence/cbor/decode.ts';

/** CBOR as JSON for people to read: byte strings in hex, maps as objects. */
export function toJson(value: CborValue): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof TaggedSign1) return { sign1: toJson(value.value) };
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), toJson(item)]));
  }
  if (Array.isArray(value)) return value.map(toJson);
  return value;
}
