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
  #quietMs = 0;
  #since = 0;

  constructor(now: MonotonicClock, onQuiet: () => void) {
    this.#now = now;
    this.#onQuiet = onQuiet;
  }

  heard(quietMs: number): void {
    this.#since = this.#now();
    if (this.#timer && quietMs === this.#quietMs) {
      this.#timer.refresh(); // many times within a code
      return;
    }
    this.cancel();
    this.#quietMs = quietMs;
    this.#timer = setTimeout(() => this.#fire(), quietMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #fire(): void {
    const late = this.#now() - this.#since > 2 * this.#quietMs;
    this.#timer = undefined;
    if (late) this.heard(this.#quietMs);
    else this.#onQuiet();
  }
}
