import type { Frame, Framing } from '../framing/framing.ts';

export interface Fed<S> {
  readonly state: S;
  readonly frames: readonly Frame[];
}

/**
 * Runs a framing over what a wire brings, without a clock: Latin-1 text stands for bytes, a number for that many ms of
 * silence.
 */
export function feedFraming<S>(framing: Framing<S>, wire: readonly (string | Uint8Array | number)[]): Fed<S> {
  return wire.reduce<Fed<S>>(
    (fed, next) => {
      const { state, frames } =
        typeof next === 'number' ? beSilent(framing, fed.state, next) : take(next, fed.state);
      return { state, frames: [...fed.frames, ...frames] };
    },
    { state: framing.start, frames: [] },
  );

  function take(chunk: string | Uint8Array, state: S): Fed<S> {
    return framing.take(state, typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk);
  }
}

function beSilent<S>(framing: Framing<S>, before: S, ms: number): Fed<S> {
  const frames: Frame[] = [];
  let state = before;
  let left = ms;
  let patience = framing.patienceMs(state);
  while (patience !== undefined && patience <= left) {
    left -= patience;
    const step = framing.quiet(state);
    state = step.state;
    frames.push(...step.frames);
    patience = framing.patienceMs(state);
  }
  return { state, frames };
}
