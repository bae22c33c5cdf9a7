import type { Ask, ScannerModule } from './module.ts';

/** How often a module is asked whether it is still there (Grow's manual: every 10 s). */
export const PING_INTERVAL_MS = 10_000;
/** So many questions in a row without an answer, and the connection is made anew. */
export const MAX_MISSED_PINGS = 3;

/**
 * Asks a module for its health until told to stop. A module that never once answered is left alone: older ones don't
 * know the question, and a scanner that reads is worth more than one that answers.
 */
export function watchHealth(module: ScannerModule, ask: Ask, onSilent: (detail: string) => void): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let everAnswered = false;
  let missed = 0;

  async function pingOnce(): Promise<void> {
    const answer = await module.ping(ask);
    if (stopped) return;
    const heard = answer.ok || (answer.reason !== 'no-answer' && answer.reason !== 'write-failed');
    everAnswered ||= heard;
    missed = heard ? 0 : missed + 1;
    if (everAnswered && missed >= MAX_MISSED_PINGS) {
      return onSilent(`${module.name}: ${missed} health questions without an answer`);
    }
    next();
  }

  function next(): void {
    timer = setTimeout(() => void pingOnce(), PING_INTERVAL_MS);
  }

  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
