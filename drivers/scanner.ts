/** The contract of every barcode scanner, whatever wire it hangs on. */

/** One code as a scanner read it. */
export interface Scan {
  /** The code's bytes as framed: no terminator, otherwise untouched (a code may end in a space). */
  readonly bytes: Uint8Array;
  /** AIM symbology identifier such as `]Q1`, where the scanner sent one; it is not part of `bytes`. */
  readonly symbology?: string;
  /** Which scanner, as in `Scanner.id`. */
  readonly device: string;
  /** Monotonic ms (performance.now) at which the last byte came in. */
  readonly receivedAt: number;
}

export type ScannerState =
  /** The device isn't there or can't be opened; it is being looked for. `cure` says what would help. */
  | { readonly name: 'searching'; readonly cure: string }
  | { readonly name: 'ready' }
  /** Not started yet, or stopped by its owner. */
  | { readonly name: 'stopped' };

/** Something the device or the wire did that cost no scan but should be known, or did cost one. */
export interface ScannerFault {
  readonly name: 'too-long' | 'discarded-bytes' | 'disconnected' | 'open-failed' | 'dropped-stale';
  readonly detail: string;
}

export interface ScannerEvents {
  readonly scan: (scan: Scan) => void;
  readonly state: (state: ScannerState) => void;
  readonly fault: (fault: ScannerFault) => void;
}

export interface Scanner {
  /** Stable name: transport, colon, address; e.g. `serial:/dev/ttyACM0`, `simulated:`, `keyboard:page`. */
  readonly id: string;
  readonly state: ScannerState;
  /** Subscribes; the returned function unsubscribes. */
  on<E extends keyof ScannerEvents>(event: E, listener: ScannerEvents[E]): () => void;
  /** Opens and keeps open: a device that goes away is looked for until `stop`. Throws once stopped. */
  start(): void;
  /** Closes for good; resolves when the port is released. */
  stop(): Promise<void>;
}

/** No code is longer than this (raw binary codes 1,536 bytes, text 2,400); what exceeds it is dropped whole. */
export const MAX_SCAN_BYTES = 4096;
