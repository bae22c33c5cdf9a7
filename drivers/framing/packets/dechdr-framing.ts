import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { discard, type Frame, type Framing, type Step } from '../framing.ts';
import {
  type Cut,
  type Cutting,
  cutPackets,
  cutRest,
  discardUncut,
  isUncut,
  NOTHING_UNCUT,
  type PacketMatch,
  type Uncut,
} from './packet-cutter.ts';

/**
 * A code that stops for this long in its middle goes on no more. Within a code the gaps are at most some 16 ms (the
 * latency timer of USB serial bridges).
 */
export const DECHDR_GAP_MS = 50;

/**
 * Codes behind Honeywell's decode header (`DECHDR1`):
 *
 *     16 FE len32LE 0D | "MSGGET" nnnn hid aim aim 1D | data
 *
 * `nnnn`, four digits, counts the data, and that includes the suffix a scanner is set to send, a CR as delivered;
 * `len32` counts everything behind the first CR, so it is nnnn + 14 (the example known to the public has 1B and 0013;
 * the one open driver for these scanners, enioka_scan, reads it the same way). A header in which the two disagree is
 * none. One CR at the data's end is taken off as the suffix: a binary code that ends in CR needs the suffix set.
 */
export const dechdrFraming: Framing<Uncut> = {
  start: NOTHING_UNCUT,
  take: (state, chunk) => step(cutPackets(matchMessage, state, chunk)),
  patienceMs: (state) => (isUncut(state) ? DECHDR_GAP_MS : undefined),
  quiet: (state) => step(cutRest(matchMessage, state)),
  end: (state) => discardUncut(state),
};

interface Message {
  readonly symbology?: string;
  readonly data: Uint8Array;
}

/** `?` is any byte, `#` a digit; the first seven bytes and the four digits are looked at below. */
const HEADER = '\x16\xfe????\rMSGGET####???\x1d';
const DIGITS_AT = HEADER.indexOf('#');
const AIM_AT = HEADER.indexOf('\x1d') - 2;
/** Bytes between the first CR and the data, which `len32` counts and `nnnn` doesn't. */
const COUNTED_OF_HEADER = HEADER.length - HEADER.indexOf('M');
const LENGTH_AT = 2;
const CR = 0x0d;

function matchMessage(bytes: Uint8Array): PacketMatch<Message> {
  if (!beginsLikeHeader(bytes)) return { name: 'none' };
  if (bytes.length < HEADER.length) return { name: 'part' };
  const dataLength = Number(latin1(bytes.subarray(DIGITS_AT, DIGITS_AT + 4)));
  const announced = new DataView(bytes.buffer, bytes.byteOffset).getUint32(LENGTH_AT, true);
  if (announced !== dataLength + COUNTED_OF_HEADER) return { name: 'none' };
  const length = HEADER.length + dataLength;
  if (bytes.length < length) return { name: 'part' };
  const aim = latin1(bytes.subarray(AIM_AT, AIM_AT + 2));
  const data = bytes.slice(HEADER.length, length);
  const packet = /^[A-Za-z][0-9A-Za-z]$/.test(aim) ? { symbology: `]${aim}`, data } : { data };
  return { name: 'whole', packet, length };
}

function beginsLikeHeader(bytes: Uint8Array): boolean {
  return bytes.subarray(0, HEADER.length).every((byte, index) => {
    const expected = HEADER.charAt(index);
    if (expected === '?') return true;
    if (expected === '#') return byte >= 0x30 && byte <= 0x39;
    return byte === expected.charCodeAt(0);
  });
}

function step({ uncut, cuts }: Cutting<Message>): Step<Uncut> {
  return { state: uncut, frames: cuts.map(toFrame) };
}

function toFrame(cut: Cut<Message>): Frame {
  if (cut.name === 'discarded') return cut;
  const { data, symbology } = cut.packet;
  const bytes = data.at(-1) === CR ? data.slice(0, -1) : data;
  if (bytes.length === 0) return discard('garbage', data, 'a message with no code in it');
  if (bytes.length > MAX_SCAN_BYTES) return discard('too-long', bytes, `at most ${MAX_SCAN_BYTES} bytes`);
  return { name: 'code', bytes, ...(symbology === undefined ? {} : { symbology }), frames: 1 };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
