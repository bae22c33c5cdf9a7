import type { Frame, Framing } from '../framing/framing.ts';

/** Puts chunks through a framing, without time. */
export function foldFraming<S>(
  framing: Framing<S>,
  chunks: readonly Uint8Array[],
  from: S = framing.start,
): { readonly state: S; readonly frames: readonly Frame[] } {
  let state = from;
  const frames: Frame[] = [];
  for (const chunk of chunks) {
    const step = framing.take(state, chunk);
    state = step.state;
    frames.push(...step.frames);
  }
  return { state, frames };
}

/** What a test reads most easily: a frame's name with its bytes as Latin-1, or why it was discarded. */
export function inShort(frames: readonly Frame[]): readonly string[] {
  return frames.map((frame) =>
    frame.name === 'discarded'
      ? `discarded ${frame.why}`
      : `${frame.name} ${Buffer.from(frame.bytes).toString('latin1')}`,
  );
}
