import type { AgentClock } from './agent-clock.ts';
import { backoffMs, type Random } from './backoff.ts';
import { type Fault, failed, type Outcome } from './fault.ts';

/** However often it is asked for, a task isn't started more often than this. */
export const TASK_GAP_MS = 200;
/** An idle task looks up this often; nothing hangs on it. */
const IDLE_MS = 60 * 60_000;

export interface TaskParts<T> {
  readonly clock: AgentClock;
  readonly random: Random;
  readonly run: (signal: AbortSignal) => Promise<Outcome<T>>;
  readonly succeeded: (value: T) => void;
  readonly failed: (fault: Fault) => void;
}

/** Something the agent does when asked for, one run at a time, again with back-off after a failure. */
export class Task<T> {
  readonly #parts: TaskParts<T>;
  #due = false;
  #notBefore = 0;
  #failures = 0;
  #fault: Fault | undefined;
  #bell = new AbortController();

  constructor(parts: TaskParts<T>) {
    this.#parts = parts;
  }

  /** Cause of the last run's failure; undefined after a success. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** ms until a run that is due may begin. */
  waitMs(): number {
    return Math.max(0, this.#notBefore - this.#parts.clock.monotonic());
  }

  /** Asks for a run. One that is backing off stays so: asking is no reason to press a city in trouble. */
  request(): void {
    this.#due = true;
    this.#bell.abort();
  }

  /** Asks for a run now: what the last one failed for has changed. */
  retryNow(): void {
    this.#notBefore = 0;
    this.request();
  }

  /** Runs once. Never throws: an exception is the fault `crashed`. */
  async attempt(signal: AbortSignal): Promise<Outcome<T>> {
    const { clock, random } = this.#parts;
    const began = clock.monotonic();
    this.#due = false;
    const outcome = await this.#guardedRun(signal);
    if (outcome.ok) {
      this.#failures = 0;
      this.#fault = undefined;
      this.#notBefore = began + TASK_GAP_MS;
      this.#parts.succeeded(outcome.value);
    } else if (!signal.aborted) {
      const retryAfterMs = 'retryAfterMs' in outcome.fault ? outcome.fault.retryAfterMs : 0;
      this.#due = true;
      this.#fault = outcome.fault;
      const wait = Math.max(backoffMs(this.#failures, random, retryAfterMs), TASK_GAP_MS);
      this.#notBefore = clock.monotonic() + wait;
      this.#failures += 1;
      this.#parts.failed(outcome.fault);
    }
    return outcome;
  }

  /** Serves requests until aborted. */
  async loop(signal: AbortSignal): Promise<void> {
    const stop = () => this.#bell.abort();
    signal.addEventListener('abort', stop);
    while (!signal.aborted) {
      const wait = this.#due ? this.waitMs() : IDLE_MS;
      if (wait > 0) {
        this.#bell = new AbortController();
        await this.#parts.clock.sleep(wait, this.#bell.signal);
      } else await this.attempt(signal);
    }
    signal.removeEventListener('abort', stop);
  }

  async #guardedRun(signal: AbortSignal): Promise<Outcome<T>> {
    try {
      return await this.#parts.run(signal);
    } catch (error) {
      return failed('crashed', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
}
