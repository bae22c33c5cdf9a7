import type { MonotonicClock } from '../monotonic-clock.ts';
import type { Frame, Framing, RunningFraming, Step } from './framing.ts';
import { QuietTimer } from './quiet-timer.ts';

/** Puts a framing to work on one connection: keeps its state, and tells it when the wire falls silent. */
export function runFraming<S>(
  framing: Framing<S>,
  now: MonotonicClock,
  onFrame: (frame: Frame) => void,
): RunningFraming {
  let state = framing.start;
  const silence = new QuietTimer(now, () => settle(framing.quiet(state)));

  function settle(step: Step<S>): void {
    state = step.state;
    const patienceMs = framing.patienceMs(state);
    if (patienceMs === undefined) silence.cancel();
    else silence.heard(patienceMs);
    for (const frame of step.frames) onFrame(frame);
  }

  return {
    take: (chunk) => settle(framing.take(state, chunk)),
    close() {
      silence.cancel();
      for (const frame of framing.end(state)) onFrame(frame);
      state = framing.start;
    },
  };
}
