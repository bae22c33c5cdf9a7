import { type ChildProcess, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { z } from 'zod';

/** Pause before a child is started again after its n-th early end: 100 ms, doubling, at most 10 s. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A child that lived this long was well: its pauses begin anew. */
const WELL_AFTER_MS = 30_000;
/** After SIGTERM; then SIGKILL. Everything a child must not lose is on disk already. */
export const STOP_WITHIN_MS = 1500;

const ready = z.object({ ready: z.literal(true), port: z.int().optional() });

export interface ChildPlan {
  readonly name: string;
  /** Path of the program and its arguments; `restartArgs` replaces them from the second start on. */
  readonly args: readonly string[];
  /** Arguments for a restart, given the port the first start reported (it must come back where it was). */
  readonly restartArgs?: (port: number | undefined) => readonly string[];
  /** Gives way to the others when the processor is short: a scan must not wait for it. */
  readonly background?: boolean;
  readonly onExit: (name: string, how: string) => void;
}

/** A child process that, once it was ready, is started again when it ends, until it is stopped. */
export class SupervisedChild {
  readonly #plan: ChildPlan;
  #child: ChildProcess | undefined;
  #stopping = false;
  #ready = false;
  #early = 0;
  #port: number | undefined;
  #restart: NodeJS.Timeout | undefined;

  constructor(plan: ChildPlan) {
    this.#plan = plan;
  }

  /** Starts it; resolves with the port it reports (if any) once it says it is ready, rejects if it ends before. */
  start(): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const child = this.#spawn(this.#plan.args);
      child.on('message', (message) => {
        const parsed = ready.safeParse(message);
        if (!parsed.success) return;
        this.#ready = true;
        this.#port = parsed.data.port;
        resolve(this.#port);
      });
      const early = () => reject(new Error(`${this.#plan.name} ended before it was ready`));
      child.once('exit', early);
      child.once('error', early);
    });
  }

  /** Asks it to end, and makes it. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(force);
  }

  #spawn(args: readonly string[]): ChildProcess {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...args], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    if (this.#plan.background && child.pid !== undefined) {
      setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    }
    const ended = (how: string) => {
      if (this.#stopping || !this.#ready) return;
      this.#plan.onExit(this.#plan.name, how);
      this.#early = performance.now() - startedAt > WELL_AFTER_MS ? 0 : this.#early + 1;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#early - 1));
      this.#restart = setTimeout(
        () => this.#spawn(this.#plan.restartArgs?.(this.#port) ?? this.#plan.args),
        pause,
      );
    };
    child.on('exit', (code, signal) => ended(signal ?? `code ${code}`));
    // not started at all (no process or memory left): no exit follows
    child.on('error', (error) => {
      if (child.pid === undefined) ended(error.message);
    });
    return child;
  }
}
