import { setTimeout as pause } from 'node:timers/promises';

/** How long anything may take in the guest, which is emulated and some ten times slower than the machine. */
export const PATIENCE_MS = 20_000;

/** Asks every few milliseconds until there is an answer. @throws Error naming what was waited for. */
export async function until<T>(
  what: string,
  answer: () => T | undefined | false,
  { limitMs = PATIENCE_MS, everyMs = 5 } = {},
): Promise<T> {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    const found = answer();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > giveUpAt) throw new Error(`${what}: not within ${limitMs} ms`);
    await pause(everyMs);
  }
}
