import type { MonotonicClock } from '../monotonic-clock.ts';

/** How often a sign of life is noted. */
export const PULSE_MS = 500;
/** A pulse that comes later than this means that the process stood still. */
const STILL_AFTER_MS = 3 * PULSE_MS;
/** For so long after standing still, what is read may have lain in the kernel's buffers all the while. */
const CATCHING_UP_MS = 200;

/**
 * Stamps bytes with the time they came in, as early as it can have been. A process that was suspended or held up reads
 * codes that were shown before: they are stamped with the last time it was surely alive, and so found to be stale.
 */
export class ReceiptClock {
  readonly #now: MonotonicClock;
  readonly #pulse: NodeJS.Timeout;
  #aliveAt: number;
  #stoodStill: { readonly since: number; readonly until: number } | undefined;

  constructor(now: MonotonicClock) {
    this.#now = now;
    this.#aliveAt = now();
    this.#pulse = setInterval(() => this.#beat(), PULSE_MS).unref();
  }

  /** When bytes read now came in, at the earliest. */
  readonly receivedAt: MonotonicClock = () => {
    const now = this.#now();
    if (now - this.#aliveAt > STILL_AFTER_MS) return this.#aliveAt;
    return this.#stoodStill && now < this.#stoodStill.until ? this.#stoodStill.since : now;
  };

  close(): void {
    clearInterval(this.#pulse);
  }

  #beat(): void {
    const now = this.#now();
    if (now - this.#aliveAt > STILL_AFTER_MS) {
      this.#stoodStill = { since: this.#aliveAt, until: now + CATCHING_UP_MS };
    }
    this.#aliveAt = now;
  }
}
