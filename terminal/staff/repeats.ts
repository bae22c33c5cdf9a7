import type { Clock } from '../core/clock.ts';

/** A refusal that only repeats itself is written once in this time: whoever hammers at a locked account must not fill the log. */
export const REPEAT_MS = 10_000;

/** Tells what was said a moment ago from what is new. */
export class Repeats {
  readonly #clock: Clock;
  /** monotonic ms at which each was new; forgotten after `REPEAT_MS`. */
  readonly #said = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this was new within the last `REPEAT_MS`; if not, it is from now on. */
  isRepeat(what: string): boolean {
    const now = this.#clock.monotonic();
    for (const [said, at] of this.#said) if (now - at >= REPEAT_MS) this.#said.delete(said);
    if (this.#said.has(what)) return true;
    this.#said.set(what, now);
    return false;
  }
}
