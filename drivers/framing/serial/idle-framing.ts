import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { concat } from '../concat.ts';
import { discard, type Framing } from '../framing.ts';

/**
 * A gap of this long ends a code. Within a code the gaps are a byte's time (1 ms at 9600 baud) to some 16 ms (the
 * latency timer of USB serial bridges); between two codes they are hundreds of milliseconds.
 */
export const IDLE_GAP_MS = 50;

/** What has come since the last gap. */
export type IdleState =
  | { readonly name: 'held'; readonly bytes: Uint8Array }
  /** It was too long and has been reported; what still comes is dropped up to the gap. */
  | { readonly name: 'overlong' };

const EMPTY: IdleState = { name: 'held', bytes: new Uint8Array() };

/** Frames ended by a gap in time: scanners that send no terminator, and binary codes, which may contain one. */
export const idleFraming: Framing<IdleState> = {
  start: EMPTY,
  take(state, chunk) {
    if (state.name === 'overlong') return { state, frames: [] };
    const bytes = concat([state.bytes, chunk]);
    if (bytes.length <= MAX_SCAN_BYTES) return { state: { name: 'held', bytes }, frames: [] };
    const detail = `more than ${MAX_SCAN_BYTES} bytes without a gap`;
    return { state: { name: 'overlong' }, frames: [discard('too-long', bytes, detail)] };
  },
  patienceMs: (state) => (isEmpty(state) ? undefined : IDLE_GAP_MS),
  quiet(state) {
    const ended = state.name === 'held' && state.bytes.length > 0;
    return { state: EMPTY, frames: ended ? [{ name: 'code', bytes: state.bytes, frames: 1 }] : [] };
  },
  end(state) {
    if (state.name === 'overlong' || isEmpty(state)) return [];
    return [discard('unfinished', state.bytes, 'the connection ended within a code')];
  },
};

function isEmpty(state: IdleState): boolean {
  return state.name === 'held' && state.bytes.length === 0;
}
