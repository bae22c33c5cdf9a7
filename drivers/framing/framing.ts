import type { ScannerFault } from '../scanner.ts';

/** How codes are told apart on a wire: by a line terminator, or by a gap in time. */
export type FramingName = 'line' | 'idle';

/** Cuts the bytes of one connection into frames. Belongs to one connection, so no half frame outlives it. */
export interface Framing {
  /** Takes in bytes as the wire delivers them, cut anywhere. */
  take(chunk: Uint8Array): void;
  /** The wire is gone: what is half read is dropped and reported. Nothing may be taken in after it. */
  close(): void;
}

/** Where a framing puts what it made of the bytes. */
export interface FramingOutput {
  /** One whole code: never empty, at most MAX_SCAN_BYTES, no terminator, otherwise untouched. */
  readonly frame: (bytes: Uint8Array) => void;
  readonly fault: (fault: ScannerFault) => void;
}
