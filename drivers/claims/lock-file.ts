import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** What a lock file says about its holder. */
export interface Lock {
  readonly pid: number;
  /** In clock ticks since the machine started; not known for other programs' locks, nor outside Linux. */
  readonly startTime: string | undefined;
  readonly program?: string | undefined;
}

export type LockReading =
  | { readonly name: 'none' }
  | { readonly name: 'lock'; readonly lock: Lock }
  | { readonly name: 'unreadable'; readonly detail: string };

/** How our locks are told from others'. */
export const PROGRAM = 'liangzheng';

/** Ours has 45 bytes, others' one line. */
const MAX_LOCK_BYTES = 256;

/** The kernel's own limit (PID_MAX_LIMIT). */
const MAX_PID = 4_194_304;

/** `LCK..ttyACM0` for /dev/ttyACM0; what is deeper in /dev, or no file, has its slashes replaced. */
export function lockName(path: string): string {
  const plain = path.replace(/^\/dev\//, '').replace(/[^\w.-]+/g, '_');
  return `LCK..${plain.length <= MAX_PLAIN_NAME ? plain : createHash('sha256').update(path).digest('hex')}`;
}

/** A file name has 255 bytes; ours get endings. */
const MAX_PLAIN_NAME = 128;

/** HDB UUCP: ten characters and a line feed. The second line is ours, and nobody else reads that far. */
export function lockText({ pid, startTime }: Lock): string {
  return `${String(pid).padStart(10)}\n${PROGRAM} ${startTime ?? '-'}\n`;
}

/** Reads a lock; follows no link, since anyone may put one into the folder. */
export function readLock(path: string): LockReading {
  try {
    return parseLock(readBeginning(path));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ENOENT') return { name: 'none' };
    return { name: 'unreadable', detail: error.message };
  }
}

function readBeginning(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) throw new Error('not a plain file');
    const bytes = new Uint8Array(MAX_LOCK_BYTES);
    return Buffer.from(bytes.subarray(0, readSync(file, bytes))).toString('latin1');
  } finally {
    closeSync(file);
  }
}

/** minicom and its like write their name behind the number, lockdev nothing. */
function parseLock(text: string): LockReading {
  const [, digits, program] = /^\s*(\d{1,10})(?:[ \t]+([\w.-]{1,32}))?(?:\s|$)/.exec(text) ?? [];
  const pid = Number(digits);
  if (digits === undefined || pid < 1 || pid > MAX_PID) {
    return { name: 'unreadable', detail: 'names no process, so nobody can tell who holds the device' };
  }
  const [, startTime] = /^ *\d+\nliangzheng (\d{1,20}|-)\n$/.exec(text) ?? [];
  if (startTime === undefined) return { name: 'lock', lock: { pid, startTime, program } };
  const known = startTime === '-' ? undefined : startTime;
  return { name: 'lock', lock: { pid, startTime: known, program: PROGRAM } };
}
