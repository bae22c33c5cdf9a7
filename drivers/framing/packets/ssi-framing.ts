import type { Frame, Framing, Step } from '../framing.ts';
import {
  type Cut,
  type Cutting,
  cutPackets,
  cutRest,
  discardUncut,
  isUncut,
  NOTHING_UNCUT,
  type Uncut,
} from './packet-cutter.ts';
import { discardOpen, joinDecodeData, joinSegment, type OpenMessage } from './ssi-message.ts';
import { matchSsiPacket, NAK_RESEND, RESENT, SSI, type SsiPacket, ssiPacket } from './ssi-packet.ts';

/**
 * A packet that stops for this long in its middle goes on no more. Within a packet the gaps are at most some 16 ms
 * (the latency timer of USB serial bridges); the scanner waits 2 s for its acknowledgement.
 */
export const PACKET_GAP_MS = 50;

/**
 * A code whose next packet doesn't come for this long is given up: the scanner has sent the last one again twice by
 * then, 2 s apart, and the code would be too old to act upon.
 */
export const MESSAGE_GAP_MS = 5_000;

/** As often is a packet asked for again: the scanner itself gives up after two resends. */
export const MAX_NAKS = 2;

export interface SsiState {
  readonly uncut: Uncut;
  readonly open: OpenMessage | undefined;
  /** The last good packet: one that is sent again because its acknowledgement got lost must not count twice. */
  readonly taken: Uint8Array | undefined;
  /** Requests to send again since the last good packet. */
  readonly naks: number;
}

/**
 * Zebra SSI over a serial line: codes in checked packets, each of which is acknowledged. A packet with a wrong checksum
 * is asked for again, once the wire is quiet; everything that is no code is an answer, given as the whole packet.
 * A scanner resends what is not acknowledged within its timeout, so a packet lost to noise needs nothing from here.
 */
export const ssiFraming: Framing<SsiState> = {
  start: { uncut: NOTHING_UNCUT, open: undefined, taken: undefined, naks: 0 },
  take: (state, chunk) => settle(state, cutPackets(matchSsiPacket, state.uncut, chunk)),
  patienceMs(state) {
    if (isUncut(state.uncut)) return PACKET_GAP_MS;
    return state.open || state.taken || state.naks > 0 ? MESSAGE_GAP_MS : undefined;
  },
  quiet(state) {
    if (isUncut(state.uncut)) return settle(state, cutRest(matchSsiPacket, state.uncut), true);
    return { state: ssiFraming.start, frames: discardOpen(state.open, 'its rest never came') };
  },
  end: (state) => [
    ...discardUncut(state.uncut),
    ...discardOpen(state.open, 'the connection ended within it'),
  ],
};

function settle(before: SsiState, { uncut, cuts }: Cutting<SsiPacket>, atRest = false): Step<SsiState> {
  let state: SsiState = { ...before, uncut };
  const frames: Frame[] = [];
  for (const [index, cut] of cuts.entries()) {
    const step = takeCut(state, cut, atRest && index === cuts.length - 1);
    state = step.state;
    frames.push(...step.frames);
  }
  return { state, frames };
}

/** @param silent whether the wire is silent behind it, so that the scanner waits for what we say */
function takeCut(state: SsiState, cut: Cut<SsiPacket>, silent: boolean): Step<SsiState> {
  if (cut.name === 'packet') return takePacket({ ...state, naks: 0 }, cut.packet);
  if (cut.why !== 'bad-checksum' || !silent) return { state, frames: [cut] };
  if (state.naks < MAX_NAKS) {
    const again = ssiPacket(SSI.nak, [NAK_RESEND]);
    // what comes next is this packet, even if it is equal to the one before it
    const next = { ...state, naks: state.naks + 1, taken: undefined };
    return { state: next, frames: [cut, { name: 'reply', bytes: again }] };
  }
  const frames = [cut, ...discardOpen(state.open, 'one of them was damaged on the way again and again')];
  return { state: { ...state, open: undefined, taken: undefined, naks: 0 }, frames };
}

function takePacket(state: SsiState, packet: SsiPacket): Step<SsiState> {
  // ACKs, NAKs and replies to a question are not acknowledged, and so never sent again (SSI guide, CMD_ACK)
  if (!WANT_ACK.has(packet.op)) return { state, frames: [{ name: 'answer', bytes: packet.bytes }] };
  const plain = withoutResent(packet);
  const isRepeat = isEqual(plain, state.taken) && (isResent(packet) || isSegmentAgain(state, packet));
  const next = { ...state, taken: plain };
  if (packet.op === SSI.segment) {
    if (isRepeat) return { state, frames: [acknowledge(state.open ? SSI.segmentAck : SSI.ack)] };
    const { open, frames, last } = joinSegment(state.open, packet);
    return { state: { ...next, open }, frames: [...frames, acknowledge(last ? SSI.ack : SSI.segmentAck)] };
  }
  if (isRepeat) return { state, frames: [acknowledge(SSI.ack)] };
  if (packet.op === SSI.decodeData || packet.op === SSI.longDecodeData) {
    const { open, frames } = joinDecodeData(state.open, packet);
    return { state: { ...next, open }, frames: [...frames, acknowledge(SSI.ack)] };
  }
  return { state: next, frames: [{ name: 'answer', bytes: packet.bytes }, acknowledge(SSI.ack)] };
}

const WANT_ACK: ReadonlySet<number> = new Set([
  SSI.decodeData,
  SSI.longDecodeData,
  SSI.segment,
  SSI.paramSend,
  SSI.management,
  SSI.event,
]);

function isResent({ status }: SsiPacket): boolean {
  return (status & RESENT) !== 0;
}

/** A code's segments are numbered: no other one is equal to the last. */
function isSegmentAgain({ open }: SsiState, { op, data }: SsiPacket): boolean {
  return op === SSI.segment && (open !== undefined || data[0] !== 0);
}

function acknowledge(op: number): Frame {
  return { name: 'reply', bytes: ssiPacket(op) };
}

/** Everything but the checksum, as it was sent the first time. */
function withoutResent({ op, status, data }: SsiPacket): Uint8Array {
  return Uint8Array.from([op, status & ~RESENT, ...data]);
}

function isEqual(packet: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(packet, other) === 0;
}
