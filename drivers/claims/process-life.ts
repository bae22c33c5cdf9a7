import { readFileSync } from 'node:fs';

/** Whether a process of that number is there and not only waiting to be buried. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return statOf(pid)?.[STATE] !== 'Z';
}

/** When it started, in clock ticks since the machine did; undefined where it isn't there or may not be looked at. */
export function startTimeOf(pid: number): string | undefined {
  return statOf(pid)?.[START_TIME];
}

/** proc(5): fields 3 and 22, counted from behind the name. */
const STATE = 0;
const START_TIME = 19;

function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is the program's choice and may have spaces and brackets in it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
