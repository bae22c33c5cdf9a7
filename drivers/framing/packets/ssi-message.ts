import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { concat } from '../concat.ts';
import { discard, type Frame } from '../framing.ts';
import { MORE, SSI, type SsiPacket } from './ssi-packet.ts';
import { ssiSymbology } from './ssi-symbology.ts';

/** A code of which not all packets are there. */
export interface OpenMessage {
  readonly kind: 'continued' | 'segmented';
  readonly type: number;
  readonly code: Uint8Array;
  /** How many packets it came in. */
  readonly frames: number;
  /** How long the code is, where its first packet said so. */
  readonly length?: number;
  /** It has been reported as one that comes to nothing; the rest of it is passed over. */
  readonly skipped: boolean;
}

export interface Joined {
  readonly open: OpenMessage | undefined;
  readonly frames: readonly Frame[];
  /** Whether the packet is the last of its message. */
  readonly last: boolean;
}

/**
 * Joins a packet of decode data (F3, and F4 of a GM67) to what is open. Its first data byte is the bar code type. With
 * status bit 1 more packets of the same code follow; that each of them repeats the type is an assumption (?), and where
 * it doesn't hold the code is discarded rather than guessed.
 */
export function joinDecodeData(open: OpenMessage | undefined, packet: SsiPacket): Joined {
  const last = (packet.status & MORE) === 0;
  const begun = open?.kind === 'continued' ? open : undefined;
  const orphaned = begun ? [] : discardOpen(open, 'another code came in between');
  const [type = 0] = packet.data;
  const message = begun ?? { kind: 'continued', type, ...EMPTY };
  const readable = message.skipped || (packet.data.length > 0 && message.type === type);
  const grown = readable ? grow(message, packet.data.slice(1)) : skip(message, packet);
  const frames = [...orphaned, ...grown.frames];
  if (!last) return { open: grown.message, frames, last };
  return { open: undefined, frames: [...frames, ...finish(grown.message)], last };
}

/**
 * Joins a segment (73) to what is open. Its data is `index rest`; the first one's rest is `F3 n32 type 01 n16 code`
 * with n32 = n16 + 3 and n16 the code's length, the others' is code. Seen by enioka_scan on Zebra scanners, against the
 * guide of 2015; whatever is otherwise is discarded (?).
 */
export function joinSegment(open: OpenMessage | undefined, packet: SsiPacket): Joined {
  const [index = 0] = packet.data;
  if (index === 0) {
    const orphaned = discardOpen(open, 'another code came in between');
    const first = readFirstSegment(packet.data);
    if (!first) return { open: undefined, frames: [...orphaned, unreadable(packet)], last: false };
    const { type, length, code } = first;
    const joined = joinPart({ kind: 'segmented', type, ...EMPTY, length }, code);
    return { ...joined, frames: [...orphaned, ...joined.frames] };
  }
  if (open?.kind === 'segmented' && index === (open.frames & 0xff))
    return joinPart(open, packet.data.slice(1));
  const frames = [...discardOpen(open, 'a packet of it is missing'), unreadable(packet)];
  return { open: undefined, frames, last: false };
}

/** @param why what became of it, as the end of a sentence */
export function discardOpen(open: OpenMessage | undefined, why: string): readonly Frame[] {
  if (!open || open.skipped) return [];
  return [discard('unfinished', open.code, `a code in several packets: ${why}`)];
}

const EMPTY = { code: new Uint8Array(), frames: 0, skipped: false };

const DECODE_HEADER_BYTES = 10;

function readFirstSegment(
  data: Uint8Array,
): { readonly type: number; readonly length: number; readonly code: Uint8Array } | undefined {
  if (data.length < DECODE_HEADER_BYTES || data[1] !== SSI.decodeData) return undefined;
  const view = new DataView(data.buffer, data.byteOffset);
  const length = view.getUint16(8);
  if (length === 0 || view.getUint32(2) !== length + 3) return undefined;
  return { type: view.getUint8(6), length, code: data.slice(DECODE_HEADER_BYTES) };
}

function joinPart(open: OpenMessage, code: Uint8Array): Joined {
  const { length = 0 } = open;
  const { message, frames } = grow(open, code);
  if (message.skipped || message.code.length < length) return { open: message, frames, last: false };
  const whole =
    message.code.length === length ? finish(message) : discardOpen(message, 'more came than it announced');
  return { open: undefined, frames: [...frames, ...whole], last: true };
}

interface Grown {
  readonly message: OpenMessage;
  readonly frames: readonly Frame[];
}

function grow(open: OpenMessage, code: Uint8Array): Grown {
  const message = { ...open, frames: open.frames + 1 };
  if (open.skipped) return { message, frames: [] };
  const whole = concat([open.code, code]);
  if (whole.length <= MAX_SCAN_BYTES) return { message: { ...message, code: whole }, frames: [] };
  return {
    message: { ...message, code: new Uint8Array(), skipped: true },
    frames: [discard('too-long', whole, `at most ${MAX_SCAN_BYTES} bytes`)],
  };
}

function skip(open: OpenMessage, packet: SsiPacket): Grown {
  const begun = open.frames === 0 ? [] : discardOpen(open, 'it went on with another bar code type');
  return {
    message: { ...open, code: new Uint8Array(), skipped: true },
    frames: [...begun, unreadable(packet)],
  };
}

function finish({ code, type, frames, skipped }: OpenMessage): readonly Frame[] {
  if (skipped) return [];
  if (code.length === 0) return [discard('garbage', new Uint8Array([type]), 'a packet with no code in it')];
  // a scanner set to send the AIM identifier has put it in front, and that one is exact
  const symbology = code[0] === RIGHT_BRACKET ? undefined : ssiSymbology(type);
  return [{ name: 'code', bytes: code, ...(symbology === undefined ? {} : { symbology }), frames }];
}

const RIGHT_BRACKET = 0x5d;

function unreadable({ bytes }: SsiPacket): Frame {
  return discard('garbage', bytes, 'a packet with no code that could be read');
}
