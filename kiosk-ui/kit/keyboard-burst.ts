/**
 * Recognises what a keyboard-mode scanner types into a page, as a pure machine over (key, time). Measured: a scanner
 * sends its keys 8 to 16 ms apart, people are slower than 80 ms. Enter or Tab ends a burst, and so does silence, for
 * modules that are set to send no terminator.
 */

/** A longer pause than this between two keys ends a burst. */
export const BURST_IDLE_MS = 80;

/** Shorter runs are fingers rolling over the keyboard; the shortest barcode in use has eight characters. */
export const MIN_BURST_CHARACTERS = 6;

export type BurstState =
  | { readonly name: 'quiet' }
  | { readonly name: 'typing'; readonly text: string; readonly lastAt: number }
  /** Over the cap: the rest is counted, not kept, and the whole burst is given up. */
  | { readonly name: 'dropping'; readonly length: number; readonly lastAt: number };

export type BurstResult =
  | { readonly type: 'scan'; readonly text: string }
  | { readonly type: 'dropped'; readonly length: number };

export interface BurstStep {
  readonly state: BurstState;
  /** At most one per step: the burst this key or this silence ended. */
  readonly result?: BurstResult;
  /** The key belongs to a burst: the page must not let it press a button or move the focus. */
  readonly swallow: boolean;
}

export const QUIET: BurstState = { name: 'quiet' };

/**
 * One key, as `KeyboardEvent.key` names it, at `timeMs` of any clock that doesn't go back.
 * @param gapMs the longest pause between two keys of one burst.
 */
export function burstKey(
  state: BurstState,
  key: string,
  timeMs: number,
  maxCharacters: number,
  gapMs = BURST_IDLE_MS,
): BurstStep {
  if (state.name !== 'quiet' && timeMs - state.lastAt > gapMs) {
    const ended = finish(state);
    return { ...burstKey(QUIET, key, timeMs, maxCharacters), ...ended };
  }
  if (isTerminator(key)) {
    return { state: QUIET, ...finish(state), swallow: isBurst(state) };
  }
  if (!isCharacter(key)) {
    // Shift and Caps Lock come between the characters of one burst and keep it alive.
    return { state: state.name === 'quiet' ? QUIET : { ...state, lastAt: timeMs }, swallow: false };
  }
  return { state: append(state, key, timeMs, maxCharacters), swallow: state.name !== 'quiet' };
}

/** Nothing came for a while. Ends the burst if `timeMs` is at least `BURST_IDLE_MS` after the last key. */
export function burstIdle(state: BurstState, timeMs: number): BurstStep {
  if (state.name === 'quiet' || timeMs - state.lastAt < BURST_IDLE_MS) return { state, swallow: false };
  return { state: QUIET, ...finish(state), swallow: false };
}

function append(state: BurstState, key: string, lastAt: number, maxCharacters: number): BurstState {
  switch (state.name) {
    case 'quiet':
      return { name: 'typing', text: key, lastAt };
    case 'typing': {
      const length = state.text.length + key.length;
      if (length > maxCharacters) return { name: 'dropping', length, lastAt };
      return { name: 'typing', text: state.text + key, lastAt };
    }
    case 'dropping':
      return { name: 'dropping', length: state.length + key.length, lastAt };
    default:
      return state satisfies never;
  }
}

function finish(state: BurstState): { readonly result?: BurstResult } {
  if (state.name === 'dropping') return { result: { type: 'dropped', length: state.length } };
  if (state.name === 'typing' && isBurst(state)) return { result: { type: 'scan', text: state.text } };
  return {};
}

/** Whether the keys so far are more than fingers rolling over the keyboard. */
export function isBurst(state: BurstState): boolean {
  return state.name === 'dropping' || (state.name === 'typing' && state.text.length >= MIN_BURST_CHARACTERS);
}

function isTerminator(key: string): boolean {
  return key === 'Enter' || key === 'Tab';
}

/** Named keys ("Shift", "ArrowUp") are longer than the one code point a character key carries. */
function isCharacter(key: string): boolean {
  return [...key].length === 1;
}
