import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Longer than any of these programs takes on a busy machine. */
const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * Runs a program beside this file in a process of its own, one question and one answer to a line of JSON.
 *
 * @returns an answer to each question, in their order.
 * @throws if the program fails, hangs or answers anything but what the schema says.
 */
export function askProcess<T>(
  program: string,
  questions: readonly unknown[],
  answer: z.ZodType<T>,
  environment: Readonly<Record<string, string>> = {},
): T[] {
  const run = spawnSync(process.execPath, [fileURLToPath(new URL(program, import.meta.url))], {
    input: questions.map((question) => `${JSON.stringify(question)}\n`).join(''),
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_ANSWER_BYTES,
  });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`${program} ended with ${run.status ?? run.signal}: ${run.stderr}`);
  const lines = run.stdout.split('\n').filter((line) => line !== '');
  return z
    .array(answer)
    .length(questions.length)
    .parse(lines.map((line) => JSON.parse(line)));
}
