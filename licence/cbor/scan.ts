import { isUtf8 } from 'node:buffer';

/** What a profile forbids, or how the bytes are broken. Names follow RFC 8949. */
export type CborFaultName =
  | 'too-large'
  | 'truncated'
  | 'trailing-bytes'
  | 'reserved'
  | 'indefinite-length'
  | 'not-shortest'
  | 'integer-range'
  | 'float'
  | 'simple-value'
  | 'tag'
  | 'invalid-utf8'
  /** A text that begins with U+FEFF: decoders differ over whether it belongs to the text. */
  | 'byte-order-mark'
  | 'key-type'
  | 'key-order'
  | 'duplicate-key'
  | 'too-deep'
  | 'too-many-items';

export interface CborFault {
  readonly name: CborFaultName;
  /** Offset of the byte at which the fault was found. */
  readonly at: number;
}

export interface CborProfile {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxItems: number;
  /** Where tag 18 (COSE_Sign1) may stand: nowhere, at the top (and must), or as the value of these keys of the top map. */
  readonly tag18: 'none' | 'top' | readonly number[];
  /** Deterministic encoding (RFC 8949 §4.2.1) asks for sorted keys; foreign standards may not. */
  readonly sortedKeys: boolean;
}

/**
 * Checks untrusted bytes against the strict profile of licence-code.md before any decoder sees them: one definite,
 * shortest-form item of integers, strings, arrays, maps with unique integer or text keys, true, false and null.
 * cbor-x decodes what passes; what doesn't can make it build cycles, gigabytes or objects of the sender's choice.
 *
 * @returns the first fault, or undefined if the bytes are in the profile.
 */
export function scanCbor(bytes: Uint8Array, profile: CborProfile): CborFault | undefined {
  if (bytes.length > profile.maxBytes) return { name: 'too-large', at: profile.maxBytes };
  const scan: Scan = { bytes, profile, at: 0, items: 0, key: undefined };
  try {
    scanItem(scan, 0, profile.tag18 === 'top' ? 'required' : 'forbidden');
    if (scan.at < bytes.length) throw new Fault('trailing-bytes', scan.at);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return { name: error.fault, at: error.at };
    throw error;
  }
}

/**
 * Splits a CBOR sequence (RFC 8742) into its items, each within the profile.
 *
 * @returns the items' bytes (views of the input), or the first fault; more than `maxRows` items are `too-many-items`.
 */
export function splitCborSequence(
  bytes: Uint8Array,
  profile: CborProfile,
  maxRows: number,
): { readonly ok: true; readonly items: Uint8Array[] } | { readonly ok: false; readonly fault: CborFault } {
  const items: Uint8Array[] = [];
  const scan: Scan = { bytes, profile, at: 0, items: 0, key: undefined };
  try {
    while (scan.at < bytes.length) {
      const start = scan.at;
      if (items.length === maxRows) throw new Fault('too-many-items', start);
      scan.items = 0;
      scanItem(scan, 0, 'forbidden');
      if (scan.at - start > profile.maxBytes) throw new Fault('too-large', start);
      items.push(bytes.subarray(start, scan.at));
    }
    return { ok: true, items };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: { name: error.fault, at: error.at } };
    throw error;
  }
}

interface Scan {
  readonly bytes: Uint8Array;
  readonly profile: CborProfile;
  at: number;
  items: number;
  /** The integer key just read in the top map: says whether its value may carry tag 18. */
  key: number | undefined;
}

class Fault extends Error {
  readonly fault: CborFaultName;
  readonly at: number;
  constructor(fault: CborFaultName, at: number) {
    super(fault);
    this.fault = fault;
    this.at = at;
  }
}

const TAG_COSE_SIGN1 = 18;

function scanItem(scan: Scan, depth: number, tag18: 'required' | 'allowed' | 'forbidden'): void {
  const start = scan.at;
  if (depth > scan.profile.maxDepth) throw new Fault('too-deep', start);
  if (++scan.items > scan.profile.maxItems) throw new Fault('too-many-items', start);
  const initial = takeByte(scan);
  const major = initial >> 5;
  if (tag18 === 'required' && major !== 6) throw new Fault('tag', start);
  if (major === 7) {
    scanSimple(initial, start);
    return;
  }
  const argument = takeArgument(scan, initial & 0x1f, start);
  switch (major) {
    case 0:
      return;
    case 1:
      negative(argument, start);
      return;
    case 2:
      skip(scan, argument);
      return;
    case 3:
      scanText(scan, argument, start);
      return;
    case 4:
      for (let i = 0; i < argument; i++) scanItem(scan, depth + 1, 'forbidden');
      return;
    case 5:
      scanMap(scan, argument, depth);
      return;
    default:
      if (tag18 === 'forbidden' || argument !== TAG_COSE_SIGN1) throw new Fault('tag', start);
      scanItem(scan, depth, 'forbidden');
  }
}

function scanMap(scan: Scan, pairs: number, depth: number): void {
  const { bytes, profile } = scan;
  const seen = profile.sortedKeys ? undefined : new Set<string>();
  let previous: number | undefined;
  for (let i = 0; i < pairs; i++) {
    const start = scan.at;
    scanKey(scan, depth);
    if (seen) {
      const name = Buffer.from(bytes.subarray(start, scan.at)).toString('latin1');
      if (seen.has(name)) throw new Fault('duplicate-key', start);
      seen.add(name);
    } else if (previous !== undefined) {
      const order = compareKeys(bytes, previous, start, scan.at);
      if (order === 0) throw new Fault('duplicate-key', start);
      if (order > 0) throw new Fault('key-order', start);
    }
    previous = start;
    const mayEmbed =
      depth === 0 &&
      typeof profile.tag18 !== 'string' &&
      scan.key !== undefined &&
      profile.tag18.includes(scan.key);
    scanItem(scan, depth + 1, mayEmbed ? 'allowed' : 'forbidden');
  }
}

/**
 * Bytewise order of the key at `a` and the one from `b` to `end`. Each says its own length, so neither can be the
 * beginning of the other, and they are the same when no byte differs.
 */
function compareKeys(bytes: Uint8Array, a: number, b: number, end: number): number {
  for (let i = 0; b + i < end; i++) {
    const order = (bytes[a + i] ?? 0) - (bytes[b + i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function scanKey(scan: Scan, depth: number): void {
  const start = scan.at;
  if (++scan.items > scan.profile.maxItems) throw new Fault('too-many-items', start);
  if (depth + 1 > scan.profile.maxDepth) throw new Fault('too-deep', start);
  const initial = takeByte(scan);
  const major = initial >> 5;
  if (major !== 0 && major !== 1 && major !== 3) throw new Fault('key-type', start);
  const argument = takeArgument(scan, initial & 0x1f, start);
  if (major === 3) {
    scanText(scan, argument, start);
    scan.key = undefined;
  } else {
    scan.key = major === 0 ? argument : negative(argument, start);
  }
}

/** −1 − argument (RFC 8949 §3.1); of the greatest argument it lies one past the integers a number holds exactly. */
function negative(argument: number, start: number): number {
  const value = -1 - argument;
  if (!Number.isSafeInteger(value)) throw new Fault('integer-range', start);
  return value;
}

function scanText(scan: Scan, length: number, start: number): void {
  let from = scan.at;
  skip(scan, length);
  if (length >= 3 && beginsWithMark(scan.bytes, from)) throw new Fault('byte-order-mark', start);
  // most texts are ASCII, and asking about them costs more than the rest of the scan
  while (from < scan.at && (scan.bytes[from] ?? 0) < 0x80) from += 1;
  if (from < scan.at && !isUtf8(scan.bytes.subarray(from, scan.at))) throw new Fault('invalid-utf8', start);
}

/** UTF-8 of U+FEFF. A TextDecoder takes it away and cbor-x uses one for some texts, on some installs. */
function beginsWithMark(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}

function scanSimple(initial: number, start: number): void {
  switch (initial) {
    case 0xf4:
    case 0xf5:
    case 0xf6:
      return;
    case 0xf9:
    case 0xfa:
    case 0xfb:
      throw new Fault('float', start);
    case 0xff:
      throw new Fault('indefinite-length', start);
    default:
      throw new Fault('simple-value', start);
  }
}

/** Reads the argument of an item's head (RFC 8949 §3) and holds it to its shortest form. */
function takeArgument(scan: Scan, info: number, start: number): number {
  if (info < 24) return info;
  if (info === 31) throw new Fault('indefinite-length', start);
  if (info > 27) throw new Fault('reserved', start);
  const width = 1 << (info - 24);
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + takeByte(scan);
  if (!Number.isSafeInteger(value)) throw new Fault('integer-range', start);
  if (value < (SHORTEST_FROM[info - 24] ?? 0)) throw new Fault('not-shortest', start);
  return value;
}

/** The least value that needs 1, 2, 4 or 8 bytes. */
const SHORTEST_FROM = [24, 0x100, 0x1_0000, 0x1_0000_0000];

function takeByte(scan: Scan): number {
  const byte = scan.bytes[scan.at];
  if (byte === undefined) throw new Fault('truncated', scan.at);
  scan.at += 1;
  return byte;
}

function skip(scan: Scan, length: number): void {
  if (length > scan.bytes.length - scan.at) throw new Fault('truncated', scan.at);
  scan.at += length;
}
