import { FieldGuard, IN_FIELD_GAP_MS, textFieldOf } from './field-guard.ts';
import {
  BURST_IDLE_MS,
  type BurstState,
  type BurstStep,
  burstIdle,
  burstKey,
  QUIET,
} from './keyboard-burst.ts';

/**
 * Silence after which a burst without a terminator is over. Longer than the gap that separates two bursts, because this
 * one is measured when a timer fires: on a busy machine keys are delivered late, and a code must not be cut in two.
 */
export const FLUSH_AFTER_MS = 300;

export interface BurstListeners {
  readonly onScan: (text: string) => void;
  readonly onDropped: (length: number) => void;
}

/**
 * Listens on a window for the bursts of a keyboard-mode scanner. Keys of a burst press no button, move no focus and
 * stay in no text field; what is typed into one by hand does.
 * Gaps are judged by the events' own times, so a busy page doesn't stretch a burst. Answers a function that stops listening.
 */
export function catchKeyboardBursts(
  page: Window,
  maxCharacters: number,
  listeners: BurstListeners,
): () => void {
  let state: BurstState = QUIET;
  let lastTime = 0;
  const fieldGuard = new FieldGuard();
  let idleTimer: ReturnType<typeof setTimeout> | undefined;

  const take = (step: BurstStep) => {
    state = step.state;
    if (step.result?.type === 'scan') listeners.onScan(step.result.text);
    if (step.result?.type === 'dropped') listeners.onDropped(step.result.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A key that repeats is being held by a person; chords are shortcuts; an input method composes what people type.
    if (event.isComposing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    lastTime = event.timeStamp;
    const field = textFieldOf(event.target);
    const gapMs = field ? IN_FIELD_GAP_MS : BURST_IDLE_MS;
    const step = burstKey(state, event.key, event.timeStamp, maxCharacters, gapMs);
    if (field ? fieldGuard.keepsOut(field, event.key, step) : step.swallow) event.preventDefault();
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => take(burstIdle(state, lastTime + FLUSH_AFTER_MS)), FLUSH_AFTER_MS);
    take(step);
  };
  const onKeyUp = (event: KeyboardEvent) => {
    // A focused button is pressed when the space bar comes up.
    if (event.key === ' ' && state.name !== 'quiet') event.preventDefault();
  };

  page.addEventListener('keydown', onKeyDown, { capture: true });
  page.addEventListener('keyup', onKeyUp, { capture: true });
  return () => {
    clearTimeout(idleTimer);
    page.removeEventListener('keydown', onKeyDown, { capture: true });
    page.removeEventListener('keyup', onKeyUp, { capture: true });
  };
}
