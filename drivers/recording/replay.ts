import type { Frame } from '../framing/framing.ts';
import { framingFor } from '../hook-up.ts';
import type { MonotonicClock } from '../monotonic-clock.ts';
import type { Recording } from './recording.ts';

/** Longer pauses are cut to this: no framing waits longer, so nothing changes by it. */
export const LONGEST_PAUSE_MS = 3_000;

/** Cuts a recording into frames again, at the pace it was recorded, since silences end codes. */
export async function replay(
  { header, chunks }: Recording,
  now: MonotonicClock,
  listeners: {
    readonly frame: (frame: Frame) => void;
    /** Each chunk before it is cut. */
    readonly chunk?: (chunk: Uint8Array) => void;
  },
): Promise<void> {
  const framing = framingFor(header, now)(listeners.frame);
  let last = chunks[0]?.t ?? 0;
  for (const { t, bytes } of chunks) {
    if (t > last) await pause(Math.min(t - last, LONGEST_PAUSE_MS));
    last = t;
    listeners.chunk?.(bytes);
    framing.take(bytes);
  }
  await pause(LONGEST_PAUSE_MS);
  framing.close();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
