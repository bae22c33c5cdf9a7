import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import type { DataFolder } from './data-folder.ts';

/** Why the audit store can't be used, for operators. */
export type StoreFailureReason =
  /** The file system is mounted read-only, or turned itself so after an error. */
  | 'read-only'
  /** Folder or file belong to somebody else. */
  | 'no-access'
  /** Not even room enough to open it. */
  | 'no-space'
  /** The data folder isn't there: its disk isn't mounted. */
  | 'gone'
  /** Somebody else keeps the file locked. */
  | 'busy'
  /** It was found broken and couldn't be set aside yet. */
  | 'broken'
  /** The disk answers with errors. */
  | 'io-error';

/** Thrown by a store that can't take or give anything now; nothing is changed. */
export class StoreUnavailable extends Error {
  readonly reason: StoreFailureReason;

  constructor(reason: StoreFailureReason, detail: string, cause?: unknown) {
    super(`${reason}: ${detail}`, { cause });
    this.name = 'StoreUnavailable';
    this.reason = reason;
  }
}

/** What an error says of the store: undefined when nothing, so that it is a mistake of the caller's. */
export type StoreFault = 'broken' | 'full' | 'busy' | 'unusable';

/** https://www.sqlite.org/rescode.html; extended codes begin with their primary one. */
export function storeFaultOf(error: unknown): StoreFault | undefined {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'broken';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  if (code.startsWith('SQLITE_BUSY')) return 'busy';
  if (UNUSABLE.test(code)) return 'unusable';
  return undefined;
}

/** SQLite gives one code for many causes, so the system is asked what is the matter with folder and file. */
export function failureReason(error: unknown, folder: DataFolder): StoreFailureReason {
  const fault = storeFaultOf(error);
  if (fault === 'full') return 'no-space';
  if (fault === 'busy' || fault === 'broken') return fault;
  const asked = [codeOf(error), accessCode(folder.root), accessCode(folder.auditDb)];
  if (asked.includes('EROFS')) return 'read-only';
  if (asked.includes('EACCES') || asked.includes('EPERM')) return 'no-access';
  if (!existsSync(folder.root)) return 'gone';
  if (isFull(folder.root)) return 'no-space';
  return codeOf(error).startsWith('SQLITE_READONLY') ? 'read-only' : 'io-error';
}

/** The code of a SQLite or system error, else ''. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const UNUSABLE =
  /^(SQLITE_(IOERR|READONLY|CANTOPEN|PERM|NOLFS|PROTOCOL|NOMEM)|E(ROFS|ACCES|PERM|IO|NOENT|NOTDIR|STALE|NODEV|NXIO|MFILE|NFILE)$)/;

/** Less than shared memory and the head of a WAL take. */
const TOO_LITTLE_BYTES = 128 * 1024;

/** SQLite calls it an I/O error where the disk has no room for shared memory. */
function isFull(path: string): boolean {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize < TOO_LITTLE_BYTES;
}

/** Why path may not be read and written; '' when it may, or isn't there. */
function accessCode(path: string): string {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return '';
  } catch (error) {
    return codeOf(error);
  }
}
