import type { Random } from './seeded-random.ts';

/** Changes bytes without knowing what they mean. @param other bytes of another object, to splice from. */
export function mutateBytes(bytes: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  return random.pick(CHANGES)(bytes, random, other);
}

/** Bytes at which CBOR's heads and the integer widths turn. */
const EDGES = [0, 1, 0x17, 0x18, 0x19, 0x1b, 0x1f, 0x7f, 0x80, 0xa0, 0xbf, 0xd2, 0xf5, 0xf6, 0xfb, 0xff];
const LONGEST_RUN = 64;
const LONGEST_GROWTH = 4096;

type Change = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

const CHANGES: readonly Change[] = [
  flipBit,
  flipBit,
  (bytes, random) => withByte(bytes, random, random.pick(EDGES)),
  (bytes, random) => withByte(bytes, random, random.below(256)),
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  (bytes, random) => {
    const { from, to } = run(bytes, random);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, random) => {
    const { from, to } = run(bytes, random);
    return joined(bytes.subarray(0, to), bytes.subarray(from, to), bytes.subarray(to));
  },
  (bytes, random) => inserted(bytes, random, random.bytes(1 + random.below(8))),
  (bytes, random) => joined(bytes, random.bytes(1 + random.below(4))),
  integerEdge,
  (bytes, random, other) => {
    const { from, to } = run(other, random);
    return inserted(bytes, random, other.subarray(from, to));
  },
  (bytes, random, other) =>
    joined(bytes.subarray(0, random.below(bytes.length)), other.subarray(random.below(other.length))),
  (bytes, random) =>
    random.chance(0.1)
      ? inserted(bytes, random, new Uint8Array(random.below(LONGEST_GROWTH)).fill(random.pick(EDGES)))
      : flipBit(bytes, random),
];

function flipBit(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length);
  return withByteAt(bytes, at, (bytes[at] ?? 0) ^ (1 << random.below(8)));
}

function withByte(bytes: Uint8Array, random: Random, value: number): Uint8Array {
  return withByteAt(bytes, random.below(bytes.length), value);
}

function withByteAt(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  if (at < changed.length) changed[at] = value;
  return changed;
}

/** All ones, all zeros, or the sign bit alone, over 1, 2, 4 or 8 bytes. */
function integerEdge(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const at = random.below(bytes.length);
  const width = random.pick([1, 2, 4, 8]);
  const [first, rest] = random.pick([
    [0xff, 0xff],
    [0, 0],
    [0x80, 0],
    [0x7f, 0xff],
  ] as const);
  changed.fill(rest, at, at + width);
  if (at < changed.length) changed[at] = first;
  return changed;
}

function inserted(bytes: Uint8Array, random: Random, what: Uint8Array): Uint8Array {
  const at = random.below(bytes.length + 1);
  return joined(bytes.subarray(0, at), what, bytes.subarray(at));
}

function run(bytes: Uint8Array, random: Random): { readonly from: number; readonly to: number } {
  const from = random.below(bytes.length);
  return { from, to: Math.min(bytes.length, from + 1 + random.below(LONGEST_RUN)) };
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
