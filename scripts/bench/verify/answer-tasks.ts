import type { Question } from './contestant.ts';

export type Task = (times: number) => number[] | Promise<number[]>;

/** The contestant's side: does what it is asked until nobody is there to ask. */
export function answerTasks(tasks: Readonly<Record<string, Task>>): void {
  process.on('message', async ({ task, times }: Question) => {
    const work = tasks[task];
    if (!work) throw new Error(`no task ${task}`);
    process.send?.(await work(times));
  });
  process.send?.([]);
}

/** How long each of so many runs took, ms. */
export function eachTimed(work: () => void): Task {
  return (times) =>
    Array.from({ length: times }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    });
}

/** How long one of so many runs took on average, ms: for what is too short to be timed alone. */
export function averaged(work: () => void): Task {
  return (times) => {
    const began = performance.now();
    for (let i = 0; i < times; i++) work();
    return [(performance.now() - began) / times];
  };
}

/** `eachTimed` for a library that answers by promise; like a terminal, it is asked one thing at a time. */
export function eachAwaited(work: () => Promise<void>): Task {
  return async (times) => {
    const values: number[] = [];
    for (let i = 0; i < times; i++) {
      const began = performance.now();
      await work();
      values.push(performance.now() - began);
    }
    return values;
  };
}
