import { readdirSync, statfsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DataFolder } from '../store/data-folder.ts';

/** What can be seen of a data folder from outside, without opening any of its files. */
export interface FolderLook {
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  /** Files that others than their owner may open. */
  readonly exposed: readonly string[];
  /** Broken stores that were put aside. */
  readonly setAside: number;
}

/** Where broken stores are put aside, in the data folder. */
const SET_ASIDE = 'set-aside';

export function lookAtFolder(folder: DataFolder): FolderLook {
  return { disk: spaceOf(folder.root), exposed: exposedFiles(folder), setAside: countSetAside(folder) };
}

function spaceOf(root: string): FolderLook['disk'] {
  try {
    const { bsize, bavail, blocks } = statfsSync(root);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    return absent(error, null);
  }
}

function exposedFiles(folder: DataFolder): string[] {
  const stores = [folder.auditDb, folder.syncDb].flatMap((db) => [db, `${db}-wal`, `${db}-shm`]);
  return [folder.key, folder.enrolment, folder.socket, ...stores]
    .filter(isExposed)
    .map((path) => basename(path));
}

function isExposed(path: string): boolean {
  try {
    return (statSync(path).mode & 0o077) !== 0;
  } catch (error) {
    return absent(error, false);
  }
}

function countSetAside({ root }: DataFolder): number {
  try {
    return readdirSync(join(root, SET_ASIDE)).length;
  } catch (error) {
    return absent(error, 0);
  }
}

/** What isn't there, or can't be seen, is no fault of this look: the store itself says what it can't use. */
function absent<T>(error: unknown, otherwise: T): T {
  if (error instanceof Error && 'code' in error) return otherwise;
  throw error;
}
