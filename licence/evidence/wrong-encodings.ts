import type { CborFaultName } from '../cbor/scan.ts';
import { toHex } from '../testing/hex.ts';

/** The same bytes, but for one item that is written as the strict profile forbids. */
export interface WrongEncoding {
  /** What was done, to which item. */
  readonly what: string;
  readonly bytes: Uint8Array;
  /** What the strict profile calls it. */
  readonly fault: CborFaultName;
}

/**
 * Every item of a CBOR text in every wrong encoding that still means the same to a lenient decoder, or that a lenient
 * decoder would take: longer heads, indefinite lengths, floats for integers, tags, map entries swapped or doubled.
 *
 * @param bytes one deterministically encoded item without floats and simple values; byte strings are not looked into.
 */
export function wrongEncodings(bytes: Uint8Array): WrongEncoding[] {
  const items: Item[] = [];
  readItem(bytes, 0, 'value', items);
  return [
    ...items.flatMap((item) => wrongItem(bytes, item)),
    { what: 'a byte after it', bytes: Uint8Array.from([...bytes, 0]), fault: 'trailing-bytes' },
  ];
}

/** Where an item stands, and what its head says. */
interface Item {
  readonly place: 'key' | 'value';
  readonly major: number;
  readonly argument: number;
  readonly start: number;
  readonly headEnd: number;
  readonly end: number;
  /** Starts of a map's keys, and its end. */
  readonly entries: readonly number[];
}

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const TAG = 6;

/** @returns the offset after the item. */
function readItem(bytes: Uint8Array, start: number, place: Item['place'], items: Item[]): number {
  const initial = bytes[start] ?? 0;
  const major = initial >> 5;
  const info = initial & 0x1f;
  const width = info < 24 ? 0 : 1 << (info - 24);
  const headEnd = start + 1 + width;
  const argument = width === 0 ? info : Number.parseInt(toHex(bytes.subarray(start + 1, headEnd)), 16);
  const inner: Item[] = [];
  const entries: number[] = [];
  let end = headEnd;
  if (major === BYTES || major === TEXT) end += argument;
  else if (major === MAP) {
    for (let i = 0; i < argument; i++) {
      entries.push(end);
      end = readItem(bytes, readItem(bytes, end, 'key', inner), 'value', inner);
    }
    entries.push(end);
  } else if (major === ARRAY || major === TAG) {
    const children = major === TAG ? 1 : argument;
    for (let i = 0; i < children; i++) end = readItem(bytes, end, 'value', inner);
  }
  items.push({ place, major, argument, start, headEnd, end, entries }, ...inner);
  return end;
}

function wrongItem(bytes: Uint8Array, item: Item): WrongEncoding[] {
  const { place, major, argument, start, headEnd, end, entries } = item;
  const head = bytes.subarray(start, headEnd);
  const body = bytes.subarray(headEnd, end);
  const whole = bytes.subarray(start, end);
  const wrong: WrongEncoding[] = [];
  const put = (what: string, fault: CborFaultName, ...parts: readonly (Uint8Array | readonly number[])[]) => {
    const spliced = [
      bytes.subarray(0, start),
      ...parts.map((part) => Uint8Array.from(part)),
      bytes.subarray(end),
    ];
    wrong.push({ what: `${what} at ${start}`, bytes: new Uint8Array(Buffer.concat(spliced)), fault });
  };

  for (const width of [1, 2, 4, 8].filter((wide) => wide >= head.length)) {
    put(`a head of ${1 + width} bytes`, 'not-shortest', longHead(major, argument, width), body);
  }
  if (major === BYTES || major === TEXT) {
    put('indefinite length', 'indefinite-length', [(major << 5) | 0x1f], whole, [BREAK]);
  } else if (major === ARRAY || major === MAP) {
    put('indefinite length', 'indefinite-length', [(major << 5) | 0x1f], body, [BREAK]);
  }
  if (major === UNSIGNED || major === NEGATIVE) {
    const double = Buffer.alloc(8);
    double.writeDoubleBE(major === UNSIGNED ? argument : -1 - argument);
    put('a float', place === 'key' ? 'key-type' : 'float', [0xfb], double);
  }
  for (const tag of TAGS) put(`tag ${toHex(tag)}`, place === 'key' ? 'key-type' : 'tag', tag, whole);
  if (major === TAG) for (const tag of TAGS.slice(1)) put(`tag ${toHex(tag)} instead`, 'tag', tag, body);
  for (let i = 0; i + 1 < entries.length; i++) {
    const [from = 0, to = 0, next] = entries.slice(i);
    const before = bytes.subarray(headEnd, from);
    const entry = bytes.subarray(from, to);
    const after = bytes.subarray(to, end);
    const longer = longHead(MAP, argument + 1, 0);
    put(`entry ${i} twice`, 'duplicate-key', longer, before, entry, entry, after);
    if (next === undefined) continue;
    const [second, rest] = [bytes.subarray(to, next), bytes.subarray(next, end)];
    put(`entries ${i} and ${i + 1} swapped`, 'key-order', head, before, second, entry, rest);
  }
  return wrong;
}

const BREAK = 0xff;

/** 18 where it may not stand; then tags that decoders build things for: bignum, embedded CBOR, packed, self-described, records. */
const TAGS = ['d2', 'c2', 'd818', 'd833', 'd9d9f7', 'd9dfff'].map((tag) => Buffer.from(tag, 'hex'));

/** @param width of the argument in bytes; 0 for an argument under 24 inside the initial byte. */
function longHead(major: number, argument: number, width: number): Uint8Array {
  if (width === 0) return Uint8Array.of((major << 5) | argument);
  const head = Buffer.alloc(1 + width);
  head[0] = (major << 5) | (24 + Math.log2(width));
  if (width === 8) head.writeBigUInt64BE(BigInt(argument), 1);
  else head.writeUIntBE(argument, 1, width);
  return head;
}
