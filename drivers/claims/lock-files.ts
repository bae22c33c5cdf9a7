import {
  closeSync,
  constants,
  fchmodSync,
  linkSync,
  openSync,
  realpathSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim, ClaimRefused, DeviceClaims } from './device-claims.ts';
import { type Lock, lockName, lockText, PROGRAM, readLock } from './lock-file.ts';
import { isRunning, startTimeOf } from './process-life.ts';

/** Where serial programs look for each other's locks (FHS 3.0, 5.9); the second where the first can't be written. */
const LOCK_FOLDERS: readonly string[] = ['/run/lock', tmpdir()];

/** A lock, the right to remove it, and the right to remove that one: each needs a crash within microseconds. */
const MAX_TAKEOVER_DEPTH = 2;

/** Others may let go or come just then; who has lost so often is told to come back. */
const MAX_TRIES = 8;

/**
 * Claims by lock files in the form of UUCP (HDB): `LCK..ttyACM0` with the holder's process number, which minicom, picocom
 * and their like respect. Left-over ones of processes that died are taken over.
 */
export class LockFiles implements DeviceClaims {
  readonly #folders: readonly string[];

  /** @param folders the first that can be written is used; the others are looked into all the same */
  constructor(folders: readonly string[] = LOCK_FOLDERS) {
    this.#folders = folders;
  }

  take(path: string): Claim | ClaimRefused {
    try {
      return this.#take(path);
    } catch (error) {
      return refusal(messageOf(error), `check the lock files in ${this.#folders.join(' and ')}`);
    }
  }

  #take(path: string): Claim | ClaimRefused {
    const name = lockName(followed(path));
    let refused = refusal('there is no folder for lock files', `make ${this.#folders[0]} writable`);
    for (const folder of this.#folders) {
      const lock = join(folder, name);
      const taken = takeLock(path, lock, 0);
      if (taken.name === 'taken') return this.#unlessHeldElsewhere(path, name, folder);
      refused = taken.refused;
      if (taken.name === 'held') break;
    }
    return refused;
  }

  /** Two users' processes may write in different folders: each claims first and looks second, so both never have it. */
  #unlessHeldElsewhere(path: string, name: string, folder: string): Claim | ClaimRefused {
    const own = join(folder, name);
    for (const other of this.#folders) {
      if (other === folder) continue;
      const held = holderOf(path, join(other, name));
      if (held.name === 'held') {
        unlinkSync(own);
        return held.refused;
      }
    }
    let released = false;
    const release = () => {
      if (!released) removeIfOurs(own);
      released = true;
    };
    return { ok: true, release };
  }
}

type Taken =
  | { readonly name: 'taken' }
  | { readonly name: 'held'; readonly refused: ClaimRefused }
  | { readonly name: 'no-folder'; readonly refused: ClaimRefused };

/**
 * Takes one lock file. It appears whole and all at once, by link(2). A stale one may only be removed by who holds a lock
 * on the removal: else of two that see it stale, the slower would remove the quicker one's new lock.
 */
function takeLock(path: string, lock: string, depth: number): Taken {
  for (let i = 0; i < MAX_TRIES; i++) {
    const linked = linkOwn(lock);
    if (linked.name !== 'exists') return linked;
    const held = holderOf(path, lock);
    if (held.name === 'held') return held;
    if (held.name === 'free') continue;
    if (depth === MAX_TAKEOVER_DEPTH) return { name: 'held', refused: left(lock) };
    const removal = `${lock}.stale`;
    const mayRemove = takeLock(path, removal, depth + 1);
    if (mayRemove.name !== 'taken') return mayRemove;
    try {
      // Looked at again: it may have been removed and taken anew before we got here.
      if (holderOf(path, lock).name === 'stale') unlinkSync(lock);
    } catch (error) {
      // another user's in a sticky folder: it holds nothing, so the next folder will do
      return { name: 'no-folder', refused: left(lock, messageOf(error)) };
    } finally {
      unlinkSync(removal);
    }
  }
  const detail = `others were claiming ${path} in the same moment`;
  return { name: 'held', refused: refusal(detail, `wait: ${path} is tried again`) };
}

type Linked = { readonly name: 'exists' } | Exclude<Taken, { readonly name: 'held' }>;

function linkOwn(lock: string): Linked {
  const draft = `${lock}.${process.pid}`;
  try {
    writeDraft(draft);
  } catch (error) {
    const cure = `make the folder of ${lock} writable for this program, or remove ${draft}`;
    return { name: 'no-folder', refused: refusal(messageOf(error), cure) };
  }
  try {
    linkSync(draft, lock);
    return { name: 'taken' };
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return { name: 'exists' };
    return { name: 'no-folder', refused: refusal(messageOf(error), `check the folder of ${lock}`) };
  } finally {
    unlinkSync(draft);
  }
}

function writeDraft(draft: string): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
  const file = openAfresh(draft, flags);
  try {
    // others have to read it, whatever our umask is
    fchmodSync(file, 0o644);
    writeSync(file, lockText({ pid: process.pid, startTime: startTimeOf(process.pid) }));
  } finally {
    closeSync(file);
  }
}

/** A draft with our number is a dead process's that had the same one. */
function openAfresh(draft: string, flags: number): number {
  try {
    return openSync(draft, flags, 0o644);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    unlinkSync(draft);
    return openSync(draft, flags, 0o644);
  }
}

type Holder = { readonly name: 'free' | 'stale' } | Extract<Taken, { readonly name: 'held' }>;

function holderOf(path: string, lock: string): Holder {
  const reading = readLock(lock);
  switch (reading.name) {
    case 'none':
      return { name: 'free' };
    case 'unreadable': {
      const cure = `make sure that no other program uses ${path}, then remove ${lock}`;
      return { name: 'held', refused: refusal(`${lock}: ${reading.detail}`, cure) };
    }
    case 'lock':
      if (!isHeld(reading.lock)) return { name: 'stale' };
      return { name: 'held', refused: inUse(path, reading.lock) };
    default:
      return reading satisfies never;
  }
}

/** A process number alone may have been given out anew since: the start time tells. */
function isHeld({ pid, startTime }: Lock): boolean {
  if (!isRunning(pid)) return false;
  const now = startTimeOf(pid);
  // Unknown is no difference: another user's process may be hidden (proc's hidepid).
  return startTime === undefined || now === undefined || now === startTime;
}

function inUse(path: string, { pid, program }: Lock): ClaimRefused {
  if (pid === process.pid) {
    const cure = `name ${path} only once among the scanners`;
    return refusal(`${path} is used by this program already`, cure);
  }
  const who = `process ${pid}${program === undefined ? '' : ` (${program})`}`;
  return refusal(`${path} is used by ${who}`, `end ${who}: it uses ${path}`);
}

function left(lock: string, why = 'its removal was broken off again and again'): ClaimRefused {
  return refusal(`${lock} was left behind: ${why}`, `remove ${lock} and what begins with its name`);
}

function refusal(detail: string, cure: string): ClaimRefused {
  return { ok: false, detail, cure };
}

function removeIfOurs(lock: string): void {
  const reading = readLock(lock);
  // Someone may have removed it by hand, and another program taken the device: then it isn't ours to remove.
  if (reading.name === 'lock' && reading.lock.pid === process.pid && reading.lock.program === PROGRAM) {
    unlinkSync(lock);
  }
}

function followed(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there, or (on Windows) no file: opening it will say so.
    return path;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
