/** The command was called in a way, or with files, by which nothing can be judged: exit code 2. */
export class Misuse extends Error {}

/** What `verify` and `inspect` end with. */
export const EXIT = { allGood: 0, notAllGood: 1, misuse: 2 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Runs a command; misuse, and input that the system won't let it read, become a sentence and an exit code. */
export async function exitOf(run: () => Promise<Exit>, complain: (sentence: string) => void): Promise<Exit> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Misuse) && !isSystemError(error)) throw error;
    complain(error.message);
    return EXIT.misuse;
  }
}

/** Of a file, a folder or a stream, as Node reports it. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}
