/**
 * Framings cut the bytes of a wire into frames. A framing is a pure function of what it has kept and what comes in;
 * `runFraming` gives it a connection's bytes and its silences.
 */

/** What is cut out of a wire's bytes. No byte vanishes but protocol around a frame, and the tail of what was too long. */
export type Frame =
  | CodeFrame
  /** What a module says that is no code: one whole answer. */
  | { readonly name: 'answer'; readonly bytes: Uint8Array }
  /** What the protocol wants sent back at once: an acknowledgement, a request to send again. */
  | { readonly name: 'reply'; readonly bytes: Uint8Array }
  | Discarded;

/** One whole code: never empty, at most MAX_SCAN_BYTES, no terminator, otherwise untouched. */
export interface CodeFrame {
  readonly name: 'code';
  readonly bytes: Uint8Array;
  /** AIM identifier, where the wire carries it beside the code. One in front of the bytes is still in them. */
  readonly symbology?: string;
  /** HID reports or packets it came in; 1 for a line. */
  readonly frames: number;
}

/** Bytes that made no frame, and why. `too-long` says that somebody showed a code that is none of ours. */
export interface Discarded {
  readonly name: 'discarded';
  readonly why: 'too-long' | 'garbage' | 'unfinished' | 'bad-checksum';
  /** How many were thrown away in all. */
  readonly count: number;
  /** The first of them, at most MAX_DISCARDED_SHOWN: for a person who looks at the wire, never for a log. */
  readonly bytes: Uint8Array;
  readonly detail: string;
}

export interface Step<S> {
  readonly state: S;
  readonly frames: readonly Frame[];
}

/**
 * One way of cutting. `S` is what it keeps between chunks; it holds at most a few times MAX_SCAN_BYTES whatever comes.
 * After anything it can't read it finds its feet again at the next frame.
 */
export interface Framing<S> {
  readonly start: S;
  /** Takes in a chunk as the wire delivers it: a serial one cut anywhere, a HID report whole. */
  take(state: S, chunk: Uint8Array): Step<S>;
  /** How long the wire may be quiet in this state before `quiet` is called; undefined where nothing is half read. */
  patienceMs(state: S): number | undefined;
  /** The wire was quiet that long. */
  quiet(state: S): Step<S>;
  /** The connection ended: what is half read is discarded. */
  end(state: S): readonly Frame[];
}

/** A framing at work on one connection, so that no half frame outlives it. */
export interface RunningFraming {
  take(chunk: Uint8Array): void;
  /** The wire is gone. Nothing may be taken in after it. */
  close(): void;
}

/** Starts a framing for one connection. */
export type StartFraming = (onFrame: (frame: Frame) => void) => RunningFraming;

/** How codes are told apart on each kind of wire; a profile or an address names one. The first is taken unless told. */
export const FRAMINGS_OF = {
  serial: [
    /** CR, LF or CRLF ends a code. */
    'line',
    /** The same, and Tab too. */
    'tab',
    /** A gap in time ends a code; for binary codes and scanners without terminator. */
    'idle',
    /** Zebra SSI packets. */
    'ssi',
    /** Honeywell DECHDR1: a header with the code's length. */
    'dechdr',
  ],
  hid: [
    /** USB HID POS: by the device's own report descriptor, or the layout the report's shape shows. */
    'hid-pos',
    'hid-pos-a',
    'hid-pos-b',
    'hid-pos-shifted',
    'hid-microscan',
    /** Zebra SNAPI. */
    'snapi',
  ],
  keyboard: [
    /** Key events of a Linux event device, each code ended by Enter or Tab. */
    'keys',
    /** The same without: a silence ends a code. */
    'keys-idle',
  ],
} as const;

export type FramingName = (typeof FRAMINGS_OF)[keyof typeof FRAMINGS_OF][number];

export const FRAMING_NAMES: readonly FramingName[] = Object.values(FRAMINGS_OF).flat();

export const MAX_DISCARDED_SHOWN = 256;

/** @param bytes all that is thrown away, or its beginning; @param count where `bytes` is only the beginning */
export function discard(
  why: Discarded['why'],
  bytes: Uint8Array,
  detail: string,
  count: number = bytes.length,
): Discarded {
  return { name: 'discarded', why, count, bytes: bytes.slice(0, MAX_DISCARDED_SHOWN), detail };
}
