/** Where time enters the terminal. Two implementations: the system's and the test's. */
export interface Clock {
  /** Wall clock, unix ms. May be wrong and may jump: only `bestTime` makes something to rely on of it. */
  now(): number;
  /** ms from an arbitrary start; never jumps. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** A clock that stands still until moved. */
export class TestClock implements Clock {
  #now: number;
  #monotonic = 0;

  constructor(unixMs: number) {
    this.#now = unixMs;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  advance(ms: number): void {
    this.#now += ms;
    this.#monotonic += ms;
  }

  /** Sets the wall clock only, as a person or a dead battery would. */
  jumpTo(unixMs: number): void {
    this.#now = unixMs;
  }
}
