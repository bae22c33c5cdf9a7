import type { Clock } from '../clock.ts';

export interface RateLimit {
  /** Requests that one asker may make within a window. */
  readonly requests: number;
  readonly windowMs: number;
}

/** Askers counted apart within a window; all beyond share one count, so that the map can't grow. */
const MAX_ASKERS = 10_000;
const EVERYONE_ELSE = '';

/** Counts requests in fixed windows, per asker: a remote address, or a terminal that has proved itself. */
export class RequestCounter {
  readonly #limit: RateLimit;
  readonly #clock: Clock;
  readonly #counts = new Map<string, number>();
  #windowEnds = 0;

  constructor(limit: RateLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Counts one request. @returns for one past the limit, in how many seconds to try again. */
  count(asker: string): number | undefined {
    const { requests, windowMs } = this.#limit;
    const now = this.#clock.now();
    // also when the clock was turned back
    if (now >= this.#windowEnds || now < this.#windowEnds - windowMs) {
      this.#counts.clear();
      this.#windowEnds = now + windowMs;
    }
    const counted = this.#counts.has(asker) || this.#counts.size < MAX_ASKERS ? asker : EVERYONE_ELSE;
    const count = (this.#counts.get(counted) ?? 0) + 1;
    this.#counts.set(counted, count);
    return count <= requests ? undefined : Math.ceil((this.#windowEnds - now) / 1000);
  }
}
