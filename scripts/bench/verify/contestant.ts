import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a contestant is asked: to do a task of its own so many times. */
export interface Question {
  readonly task: string;
  readonly times: number;
}

/**
 * A library in a process of its own: importing one changes how others decode, and one's garbage is not another's to
 * collect. It waits idle while another is asked.
 */
export class Contestant {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** @param module name of a file of this folder. @param folder where the material lies. */
  static async start(module: string, folder: string, execArgv: readonly string[] = []): Promise<Contestant> {
    const child = fork(fileURLToPath(new URL(`${module}.ts`, import.meta.url)), [folder], {
      execArgv: [...execArgv],
    });
    const contestant = new Contestant(child);
    await contestant.#next();
    return contestant;
  }

  /** @returns what the task says of itself: durations in ms, or other measurements. */
  async ask(task: string, times: number): Promise<number[]> {
    const question: Question = { task, times };
    this.#child.send(question);
    return this.#next();
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.disconnect();
    await once(this.#child, 'exit');
  }

  async #next(): Promise<number[]> {
    const settled = new AbortController();
    const { signal } = settled;
    const answered = once(this.#child, 'message', { signal }).then(([answer]) => answer as number[]);
    const ended = once(this.#child, 'exit', { signal }).then(([code]) => {
      throw new Error(`a contestant ended with ${code}`);
    });
    try {
      return await Promise.race([answered, ended]);
    } finally {
      settled.abort();
    }
  }
}
