import { type AgentClock, systemAgentClock } from '../agent-clock.ts';

/** A clock that stands still until told otherwise. */
export class TestClock implements AgentClock {
  wall: number;
  #elapsed = 0;
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  constructor(wall = Date.now()) {
    this.wall = wall;
  }

  now(): number {
    return this.wall;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { at: this.#elapsed + ms, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', wake);
    });
  }

  advance(ms: number): void {
    this.wall += ms;
    this.#elapsed += ms;
    for (const sleeper of [...this.#sleepers]) if (sleeper.at <= this.#elapsed) sleeper.wake();
  }
}

/** Real time that passes `factor` times as fast, so that whole agents can be watched. */
export function hurriedClock(factor: number): AgentClock {
  const real = systemAgentClock();
  const from = Date.now();
  return {
    now: () => from + (Date.now() - from) * factor,
    monotonic: () => (Date.now() - from) * factor,
    sleep: (ms, signal) => real.sleep(ms / factor, signal),
  };
}
