import { isUtf8 } from 'node:buffer';
import { CborCursor, NotWellFormed } from './diagnostic-cursor.ts';
import { DiagnosticText } from './diagnostic-text.ts';
import { escapeText } from './escape-text.ts';
import { type CborFault, type CborProfile, scanCbor } from './scan.ts';

/** What is known of an item. It adds comments and opens byte strings; it never hides that something else stands there. */
export interface Known {
  /** Comment in front of the item; of a map's value, in front of its key. */
  readonly name?: string;
  /** Of a map: what stands under its keys. */
  readonly keys?: ReadonlyMap<number | string, Known>;
  /** Of an array, by position; the last one holds for all that follow. */
  readonly items?: readonly Known[];
  /** Of a byte string: it is CBOR itself, shown as `<< >>` and held to this profile. */
  readonly cbor?: { readonly known: Known; readonly profile?: CborProfile };
  /** Comment behind an integer or a text: what the value means. */
  readonly meaning?: (value: number | string) => string | undefined;
  /** Shown as `...`, with this comment: it is shown in another place. */
  readonly elided?: string;
}

export interface DiagnoseOptions {
  readonly known?: Known;
  /** The fault that this profile finds is named where it stands. */
  readonly profile?: CborProfile;
  /** An item a line (the default), or all in one. */
  readonly layout?: 'lines' | 'one-line';
}

export interface Diagnosis {
  readonly text: string;
  /** The profile's fault, else where the bytes stop being one well-formed item; absent when nothing is wrong. */
  readonly fault?: CborFault;
}

/** Past these the text stops; codes stay far below. */
export const MAX_DIAGNOSED_BYTES = 64 * 1024;
const MAX_DIAGNOSED_DEPTH = 32;
const MAX_DIAGNOSED_ITEMS = 10_000;

/**
 * Any bytes in CBOR diagnostic notation (RFC 8949 §8), as far as they are well formed: a fault is a comment
 * `/ !! name at byte n /`, and behind one that ends the reading stands nothing more. Every character that could steer
 * a terminal or turn the writing direction is escaped. Encoding indicators (§8.1) mark heads that aren't the shortest.
 */
export function diagnose(bytes: Uint8Array, options: DiagnoseOptions = {}): Diagnosis {
  const text = new DiagnosticText(options.layout ?? 'lines');
  const fault = describe(
    bytes,
    { known: options.known ?? {}, profile: options.profile },
    text,
    { items: 0 },
    0,
  );
  return { text: text.toString(), ...(fault ? { fault } : {}) };
}

interface Reading {
  readonly cursor: CborCursor;
  readonly text: DiagnosticText;
  readonly counted: { items: number };
  readonly within: string;
  /** The profile's fault, until it has been named. */
  fault: CborFault | undefined;
}

function describe(
  bytes: Uint8Array,
  { known, profile }: { readonly known: Known; readonly profile: CborProfile | undefined },
  text: DiagnosticText,
  counted: Reading['counted'],
  depth: number,
): CborFault | undefined {
  const fault = profile && scanCbor(bytes, profile);
  const cursor = new CborCursor(bytes.subarray(0, MAX_DIAGNOSED_BYTES));
  const within = depth === 0 ? '' : ' of this string';
  const reading: Reading = { cursor, text, counted, within, fault };
  let stopped: CborFault | undefined;
  try {
    if (known.name !== undefined) text.comment(known.name);
    describeItem(reading, known, depth);
    if (cursor.at < bytes.length) throw new NotWellFormed('trailing-bytes', cursor.at);
  } catch (error) {
    if (!(error instanceof NotWellFormed)) throw error;
    stopped =
      error.fault === 'truncated' && bytes.length > MAX_DIAGNOSED_BYTES
        ? { name: 'too-large', at: MAX_DIAGNOSED_BYTES }
        : { name: error.fault, at: error.at };
  }
  if (reading.fault) text.mark(reading.fault, within);
  if (stopped && !isSame(stopped, fault)) text.mark(stopped, within);
  return fault ?? stopped;
}

function describeItem(reading: Reading, known: Known, depth: number): void {
  const { cursor, text, counted } = reading;
  if (depth > MAX_DIAGNOSED_DEPTH) throw new NotWellFormed('too-deep', cursor.at);
  if (++counted.items > MAX_DIAGNOSED_ITEMS) throw new NotWellFormed('too-many-items', cursor.at);
  markFaultHere(reading);
  if (known.elided !== undefined) {
    text.muted(() => describeItem({ ...reading, fault: undefined }, {}, depth));
    text.write('... ');
    text.comment(known.elided, '');
    return;
  }
  const head = cursor.takeHead();
  const behindHead = cursor.at;
  switch (head.type) {
    case 'integer':
      text.write(`${head.value}${head.indicator}`);
      describeMeaning(reading, known, head.value);
      return;
    case 'bytes':
      describeBytes(reading, known, cursor.takeUpTo(head.length), head.indicator, depth);
      break;
    case 'text':
      describeText(reading, known, cursor.takeUpTo(head.length), head.indicator);
      break;
    case 'chunks':
      describeChunks(reading, head.of, depth);
      return;
    case 'array':
      describeArray(reading, known, head, depth);
      return;
    case 'map':
      describeMap(reading, known, head, depth);
      return;
    case 'tag':
      text.write(`${head.tag}${head.indicator}(`);
      describeItem(reading, withoutName(known), depth + 1);
      text.write(')');
      return;
    case 'simple':
      text.write(head.notation);
      return;
    case 'break':
      throw new NotWellFormed('indefinite-length', cursor.at - 1);
  }
  // what is there of a string is shown before it is told that the rest isn't
  if (head.length > cursor.at - behindHead) throw new NotWellFormed('truncated', behindHead);
}

/** The scan names a fault of a key or an item by the offset at which that one begins. */
function markFaultHere(reading: Reading): void {
  if (reading.fault?.at !== reading.cursor.at) return;
  // what ends the reading is named where it ends
  if (reading.fault.name === 'truncated') return;
  reading.text.mark(reading.fault, reading.within);
  reading.fault = undefined;
}

function describeMeaning({ text }: Reading, known: Known, value: number | bigint | string): void {
  const meaning = typeof value === 'bigint' ? undefined : known.meaning?.(value);
  if (meaning === undefined) return;
  text.write(' ');
  text.comment(meaning, '');
}

function describeBytes(
  { text, counted }: Reading,
  known: Known,
  value: Uint8Array,
  indicator: string,
  depth: number,
): void {
  if (!known.cbor) {
    text.write(`h'${Buffer.from(value).toString('hex')}'${indicator}`);
    return;
  }
  text.write('<< ');
  const { known: inner, profile } = known.cbor;
  describe(value, { known: inner, profile }, text, counted, depth + 1);
  text.closeBytes(indicator);
}

function describeText(reading: Reading, known: Known, value: Uint8Array, indicator: string): void {
  const { text } = reading;
  if (!isUtf8(value)) {
    // the notation has no text that isn't UTF-8
    text.comment('text that is not UTF-8');
    text.write(`h'${Buffer.from(value).toString('hex')}'${indicator}`);
    return;
  }
  const string = Buffer.from(value).toString('utf8');
  text.write(`"${escapeText(string)}"${indicator}`);
  describeMeaning(reading, known, string);
}

/** An indefinite-length string: chunks of its own type, each of a definite length (RFC 8949 §3.2.3). */
function describeChunks(reading: Reading, type: 'bytes' | 'text', depth: number): void {
  const { cursor, text } = reading;
  text.write('(_ ');
  for (let first = true; !cursor.atBreak(); first = false) {
    if (!first) text.write(', ');
    if (cursor.peekType() !== type) throw new NotWellFormed('indefinite-length', cursor.at);
    describeItem(reading, {}, depth + 1);
  }
  cursor.skipBreak();
  text.write(')');
}

interface Counted {
  /** undefined for an indefinite length. */
  readonly length: number | undefined;
  readonly indicator: string;
}

function describeArray(reading: Reading, known: Known, { length, indicator }: Counted, depth: number): void {
  describeAll(reading, '[]', length, indicator, (i) => {
    const item = known.items?.[Math.min(i, known.items.length - 1)] ?? {};
    if (item.name !== undefined) reading.text.comment(item.name);
    describeItem(reading, item, depth + 1);
  });
}

function describeMap(reading: Reading, known: Known, { length, indicator }: Counted, depth: number): void {
  const { cursor, text } = reading;
  describeAll(reading, '{}', length, indicator, () => {
    markFaultHere(reading);
    const key = cursor.peekKey();
    const value = (key === undefined ? undefined : known.keys?.get(key)) ?? {};
    if (value.name !== undefined) text.comment(value.name);
    describeItem(reading, {}, depth + 1);
    text.write(': ');
    describeItem(reading, value, depth + 1);
  });
}

function describeAll(
  { cursor, text }: Reading,
  brackets: '[]' | '{}',
  length: number | undefined,
  indicator: string,
  describeOne: (i: number) => void,
): void {
  text.open(`${brackets.charAt(0)}${length === undefined ? '_ ' : indicator && `${indicator} `}`);
  let i = 0;
  for (; length === undefined ? !cursor.atBreak() : i < length; i++) {
    text.nextItem(i > 0);
    describeOne(i);
  }
  if (length === undefined) cursor.skipBreak();
  text.close(brackets.charAt(1), i > 0);
}

function isSame(one: CborFault, other: CborFault | undefined): boolean {
  return one.name === other?.name && one.at === other.at;
}

function withoutName({ name: _name, ...rest }: Known): Known {
  return rest;
}
