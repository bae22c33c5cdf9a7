import type { MonotonicClock } from '../monotonic-clock.ts';
import { MAX_SCAN_BYTES, type ScannerFault } from '../scanner.ts';
import type { Framing, FramingOutput } from './framing.ts';
import { QuietTimer } from './quiet-timer.ts';

/**
 * A gap of this long ends a code. Within a code the gaps are a byte's time (1 ms at 9600 baud) to some 16 ms (the
 * latency timer of USB serial bridges); between two codes they are hundreds of milliseconds.
 */
export const IDLE_GAP_MS = 50;

/** Frames ended by a gap in time: scanners that send no terminator, and binary codes, which may contain one. */
export function startIdleFraming(output: FramingOutput, now: MonotonicClock): Framing {
  let state: IdleFrame = EMPTY_FRAME;
  const gap = new QuietTimer(IDLE_GAP_MS, now, () => {
    const { frames } = endIdleFrame(state);
    state = EMPTY_FRAME;
    for (const frame of frames) output.frame(frame);
  });
  return {
    take(chunk) {
      const taken = takeIdleBytes(state, chunk);
      state = taken.state;
      for (const fault of taken.faults) output.fault(fault);
      gap.heard();
    },
    close() {
      gap.cancel();
      if (state.name === 'held' && state.bytes.length > 0) {
        const detail = `${state.bytes.length} bytes of an unfinished code: the connection ended`;
        output.fault({ name: 'discarded-bytes', detail });
      }
      state = EMPTY_FRAME;
    },
  };
}

/** What has come since the last gap. */
export type IdleFrame =
  | { readonly name: 'held'; readonly bytes: Uint8Array }
  /** It was too long and has been reported; what still comes is dropped up to the gap. */
  | { readonly name: 'overlong' };

export const EMPTY_FRAME: IdleFrame = { name: 'held', bytes: new Uint8Array() };

/** Adds bytes to the frame; one byte more than MAX_SCAN_BYTES drops it whole. */
export function takeIdleBytes(
  state: IdleFrame,
  chunk: Uint8Array,
): { readonly state: IdleFrame; readonly faults: readonly ScannerFault[] } {
  if (state.name === 'overlong') return { state, faults: [] };
  if (state.bytes.length + chunk.length > MAX_SCAN_BYTES) {
    const detail = `more than ${MAX_SCAN_BYTES} bytes without a gap`;
    return { state: { name: 'overlong' }, faults: [{ name: 'too-long', detail }] };
  }
  const bytes = new Uint8Array(state.bytes.length + chunk.length);
  bytes.set(state.bytes);
  bytes.set(chunk, state.bytes.length);
  return { state: { name: 'held', bytes }, faults: [] };
}

/** The gap: what was held is a frame. */
export function endIdleFrame(state: IdleFrame): { readonly frames: readonly Uint8Array[] } {
  return { frames: state.name === 'held' && state.bytes.length > 0 ? [state.bytes] : [] };
}
