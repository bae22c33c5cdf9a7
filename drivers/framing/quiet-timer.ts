import type { MonotonicClock } from '../monotonic-clock.ts';

/**
 * Calls back once the wire has been quiet for `quietMs` since the last `heard`.
 *
 * A timer that fires late means that this process was held up, and that bytes may be waiting unread: then the wire
 * is given one more such spell, or else a busy moment would cut a code in two.
 */
export class QuietTimer {
  readonly #quietMs: number;
  readonly #now: MonotonicClock;
  readonly #onQuiet: () => void;
  #timer: NodeJS.Timeout | undefined;
  #since = 0;

  constructor(quietMs: number, now: MonotonicClock, onQuiet: () => void) {
    this.#quietMs = quietMs;
    this.#now = now;
    this.#onQuiet = onQuiet;
  }

  heard(): void {
    this.cancel();
    this.#since = this.#now();
    this.#timer = setTimeout(() => this.#fire(), this.#quietMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  #fire(): void {
    const late = this.#now() - this.#since > 2 * this.#quietMs;
    if (late) this.heard();
    else this.#onQuiet();
  }
}
