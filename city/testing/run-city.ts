import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The command line's entry, started as its own process. */
export const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one city command in another process on this folder. */
export async function runCity(data: string, ...args: readonly string[]): Promise<CommandResult> {
  const [command = '', ...rest] = args;
  try {
    const ran = await promisify(execFile)(process.execPath, [CLI, command, '--data', data, ...rest]);
    return { code: 0, ...ran };
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error) {
      return { code: Number(error.code), stdout: String(error.stdout), stderr: String(error.stderr) };
    }
    throw error;
  }
}
