/**
 * CBOR as a tree that can say wrong things: any head form, a length that lies, bytes that are no item. Written apart
 * from licence/cbor and cbor-x, so that the oracles don't share their mistakes.
 */
export type CborNode = (
  | { kind: 'integer'; value: number }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'text'; bytes: Uint8Array }
  /** A byte string that holds one item, as protected headers and payloads do. */
  | { kind: 'wrapped'; item: CborNode }
  | { kind: 'array'; items: CborNode[] }
  | { kind: 'map'; entries: CborEntry[] }
  | { kind: 'tag'; tag: number; item: CborNode }
  /** Written as it is: simple values, floats, and what no encoder would write. */
  | { kind: 'raw'; bytes: Uint8Array }
) & { head?: HeadForm };

export interface CborEntry {
  key: CborNode;
  value: CborNode;
}

/** How a head is written, where not in its shortest form. */
export interface HeadForm {
  /** Bytes of the argument, or an indefinite length. */
  width?: 1 | 2 | 4 | 8 | 'indefinite';
  /** A length other than the true one. */
  claimed?: number;
}

/** Far past every profile, near enough that a hostile input doesn't exhaust the fuzzer itself. */
const MAX_DEPTH = 200;
export const TAG_SIGN1 = 18;
/** First byte of a tagged COSE_Sign1. */
const SIGN1_HEAD = 0xd2;

/** @returns undefined where the bytes aren't one item of definite length; head forms aren't kept. */
export function parseTree(bytes: Uint8Array): CborNode | undefined {
  return read(bytes).node;
}

/** The same for bytes of which every head is in its shortest form (RFC 8949 §4.2.1). */
export function parseShortest(bytes: Uint8Array): CborNode | undefined {
  const { node, shortest } = read(bytes);
  return shortest ? node : undefined;
}

function read(bytes: Uint8Array): { readonly node: CborNode | undefined; readonly shortest: boolean } {
  const reader = { bytes, at: 0, shortest: true };
  const node = readItem(reader, 0);
  return { node: reader.at === bytes.length ? node : undefined, shortest: reader.shortest };
}

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
  shortest: boolean;
}

function readItem(reader: Reader, depth: number): CborNode | undefined {
  const start = reader.at;
  const initial = reader.bytes[reader.at++];
  if (initial === undefined || depth > MAX_DEPTH) return undefined;
  const major = initial >> 5;
  const info = initial & 31;
  if (major === 7) {
    reader.at += info < 24 ? 0 : 1 << (info - 24);
    if (info > 27 || reader.at > reader.bytes.length) return undefined;
    return { kind: 'raw', bytes: reader.bytes.subarray(start, reader.at) };
  }
  const argument = readArgument(reader, info);
  if (argument === undefined) return undefined;
  switch (major) {
    case 0:
      return { kind: 'integer', value: argument };
    case 1:
      return { kind: 'integer', value: -1 - argument };
    case 2:
    case 3:
      return readString(reader, major, argument);
    case 4:
      return readArray(reader, argument, depth);
    case 5:
      return readMap(reader, argument, depth);
    default: {
      const item = readItem(reader, depth + 1);
      if (!item) return undefined;
      if (argument === TAG_SIGN1) unwrapSign1(item);
      return { kind: 'tag', tag: argument, item };
    }
  }
}

function readArgument(reader: Reader, info: number): number | undefined {
  if (info < 24) return info;
  if (info > 27) return undefined;
  const width = 1 << (info - 24);
  if (reader.at + width > reader.bytes.length) return undefined;
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + (reader.bytes[reader.at++] ?? 0);
  if (shortestWidth(value) !== width) reader.shortest = false;
  return value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

/** Bytes of the argument in its shortest form (RFC 8949 §3). */
export function shortestWidth(argument: number): 0 | 1 | 2 | 4 | 8 {
  if (argument < 24) return 0;
  if (argument < 0x100) return 1;
  if (argument < 0x1_0000) return 2;
  return argument < 0x1_0000_0000 ? 4 : 8;
}

function readString(reader: Reader, major: 2 | 3, length: number): CborNode | undefined {
  if (length > reader.bytes.length - reader.at) return undefined;
  const bytes = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  if (major === 3) return { kind: 'text', bytes };
  return (bytes[0] === SIGN1_HEAD && wrapped(bytes)) || { kind: 'bytes', bytes };
}

function readArray(reader: Reader, length: number, depth: number): CborNode | undefined {
  const items: CborNode[] = [];
  for (let i = 0; i < length; i++) {
    const item = readItem(reader, depth + 1);
    if (!item) return undefined;
    items.push(item);
  }
  return { kind: 'array', items };
}

function readMap(reader: Reader, length: number, depth: number): CborNode | undefined {
  const entries: CborEntry[] = [];
  for (let i = 0; i < length; i++) {
    const key = readItem(reader, depth + 1);
    const value = key && readItem(reader, depth + 1);
    if (!key || !value) return undefined;
    entries.push({ key, value });
  }
  return { kind: 'map', entries };
}

/** Protected header and payload of a COSE_Sign1 (RFC 9052 §4.2) become trees, where they are CBOR. */
function unwrapSign1(item: CborNode): void {
  if (item.kind !== 'array' || item.items.length !== 4) return;
  for (const at of [0, 2]) {
    const part = item.items[at];
    const inner = part?.kind === 'bytes' ? wrapped(part.bytes) : undefined;
    if (inner) item.items[at] = inner;
  }
}

/** Only what would be written with the very same bytes, since signatures are over them. */
function wrapped(bytes: Uint8Array): CborNode | undefined {
  const item = parseShortest(bytes);
  return item && { kind: 'wrapped', item };
}

export function sameBytes(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.compare(a, b) === 0;
}
