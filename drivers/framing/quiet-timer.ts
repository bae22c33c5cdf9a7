import type { MonotonicClock } from '../monotonic-clock.ts';

/**
 * Calls back once the wire has been quiet for as long as the last `heard` said.
 *
 * A timer that fires late means that this process was held up, and that bytes may be waiting unread: then the wire
 * is given one more such spell, or else a busy moment would cut a code in two.
 */
export class QuietTimer {
  readonly #now: MonotonicClock;
  readonly #onQuiet: () => void;
  #timer: NodeJS.Timeout | undefined;
  #since = 0;

  constructor(now: MonotonicClock, onQuiet: () => void) {
    this.#now = now;
    this.#onQuiet = onQuiet;
  }

  heard(quietMs: number): void {
    this.cancel();
    this.#since = this.#now();
    this.#timer = setTimeout(() => this.#fire(quietMs), quietMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  #fire(quietMs: number): void {
    const late = this.#now() - this.#since > 2 * quietMs;
    if (late) this.heard(quietMs);
    else this.#onQuiet();
  }
}
