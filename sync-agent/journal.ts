import type { SyncStore } from '../terminal/store/sync-store.ts';
import type { AgentClock } from './agent-clock.ts';
import { causeOf, type Fault } from './fault.ts';

/** The few levels the agent logs at; pino fits. */
export interface AgentLog {
  debug(values: object, message: string): void;
  warn(values: object, message: string): void;
  error(values: object, message: string): void;
}

/** Names under which tasks appear in the store and the log. */
export type TaskName = 'enrolment' | 'trust' | 'time' | 'lists' | 'audit' | 'report' | 'hints';

/** Says how each task fares, in the store for the screens and in the log for operators. */
export class Journal {
  readonly #store: SyncStore;
  readonly #clock: AgentClock;
  readonly #log: AgentLog;

  constructor(store: SyncStore, clock: AgentClock, log: AgentLog) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  succeeded(task: TaskName): void {
    this.#log.debug({ task }, 'done');
    this.#write(task, () => this.#store.taskSucceeded(task, this.#clock.now()));
  }

  failed(task: TaskName, fault: Fault): void {
    const cause = causeOf(fault);
    if (fault.name === 'crashed') this.#log.error({ task, cause, detail: fault.detail }, 'failed');
    else this.#log.warn({ task, cause, detail: fault.detail }, 'failed');
    this.#write(task, () => this.#store.taskFailed(task, this.#clock.now(), cause));
  }

  /** A disk too full for a note must not end the agent. */
  #write(task: TaskName, write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#log.error({ task, detail: String(error) }, "the task's state could not be written");
    }
  }
}
