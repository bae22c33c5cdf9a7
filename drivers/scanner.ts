/** The contract of every barcode scanner, whatever wire it hangs on. */

import type { Capabilities } from './capabilities.ts';

/** One code as a scanner read it. */
export interface Scan {
  /** The code's bytes as framed: no terminator, otherwise untouched (a code may end in a space). */
  readonly bytes: Uint8Array;
  /** The same as text, by the first encoding it is valid in; absent for a binary code. */
  readonly text?: string;
  readonly encoding: Encoding;
  /** AIM symbology identifier such as `]Q1`, where the scanner sent one; it is not part of `bytes`. */
  readonly symbology?: string;
  /** Which scanner, as in `Scanner.id`. */
  readonly device: string;
  /** Monotonic ms (performance.now) at which the last byte came in. */
  readonly receivedAt: number;
  /** How many frames of the wire it came in: HID reports, SSI packets; 1 for a line. */
  readonly frames: number;
}

/** UTF-8 is tried first, strictly: GB18030 would take UTF-8 Chinese for other Chinese. */
export type Encoding = 'utf-8' | 'gb18030' | 'binary';

export type ScannerState =
  /** The device isn't there or can't be opened; it is being looked for. `cure` says what would help. */
  | { readonly name: 'searching'; readonly cure: string }
  /** `device` is its path, `model` what it is used as. */
  | { readonly name: 'ready'; readonly device: string; readonly model: string }
  /** Not claimed yet, or let go of by its owner. */
  | { readonly name: 'released' };

/** Something the device or the wire did that cost no scan but should be known, or did cost one. */
export interface ScannerFault {
  readonly name:
    | 'too-long'
    | 'discarded-bytes'
    | 'disconnected'
    | 'open-failed'
    | 'dropped-stale'
    /** A device brings more codes than people can show. */
    | 'dropped-too-fast'
    /** The module sent something that is neither a code nor an answer to what it was asked. */
    | 'unknown-answer'
    /** The module no longer answers its health question; it is opened anew. */
    | 'module-silent'
    /** The protocol demanded an acknowledgement that could not be sent. */
    | 'write-failed';
  /** For operators: counts and system messages, never a code's content. */
  readonly detail: string;
}

/** Since it was claimed; what the ops side wants to know. */
export interface ScannerStatistics {
  readonly scans: number;
  /** The same code again within the hold-off. */
  readonly heldOff: number;
  readonly droppedStale: number;
  readonly droppedPaused: number;
  readonly droppedTooFast: number;
  readonly discardedBytes: number;
  /** How often it was opened; all but the first are reconnects. */
  readonly connections: number;
  readonly faults: number;
  readonly lastFault?: ScannerFault & { readonly agoMs: number };
}

export interface ScannerEvents {
  readonly scan: (scan: Scan) => void;
  readonly state: (state: ScannerState) => void;
  readonly fault: (fault: ScannerFault) => void;
}

export interface Scanner {
  /** Stable name: transport, colon, address; e.g. `serial:/dev/ttyACM0`, `auto:`, `simulated:`, `keyboard:page`. */
  readonly id: string;
  /** What it is for, as configured: `main` unless said otherwise. */
  readonly role: string;
  readonly state: ScannerState;
  readonly paused: boolean;
  readonly statistics: ScannerStatistics;
  /** What the module offers beyond scans; empty while it isn't ready, or where it only talks. */
  readonly capabilities: Capabilities;
  /** Subscribes; the returned function unsubscribes. */
  on<E extends keyof ScannerEvents>(event: E, listener: ScannerEvents[E]): () => void;
  /** Takes the device for this process alone and keeps it open: one that goes away is looked for until `release`. Throws once released. */
  claim(): void;
  /** Lets go for good; resolves when another process may claim the device. */
  release(): Promise<void>;
  /** Until `resume`, scans are dropped and counted: nobody would be told of them. The device stays open. */
  pause(): void;
  resume(): void;
}

/** No code is longer than this (raw binary codes 1,536 bytes, text 2,400); what exceeds it is dropped whole. */
export const MAX_SCAN_BYTES = 4096;

/**
 * A scan older than this is dropped: whoever showed it may have left, and a verdict would appear to the next person.
 */
export const MAX_SCAN_AGE_MS = 5_000;

/** The same bytes again within this time are one showing: a phone held still in front of a reader. */
export const HOLD_OFF_MS = 1_500;

/** So many different codes a second may come from one device, on the long run. */
export const SCANS_PER_SECOND = 5;
