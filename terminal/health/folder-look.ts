import { readdirSync, type Stats, statfsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { DataFolder } from '../store/data-folder.ts';

/** What can be seen of a data folder from outside, without opening any of its files. */
export interface FolderLook {
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  /** Files, by their path in the folder, that others than their owner may open; at most `MAX_EXPOSED`. */
  readonly exposed: readonly string[];
  /** Broken stores that were put aside. */
  readonly setAside: number;
}

/** Files looked at in one folder; a terminal's own are about a dozen. */
export const MAX_LOOKED_AT = 128;
/** Files named: whoever has seen so many knows what to do about the rest. */
export const MAX_EXPOSED = 16;

export function lookAtFolder(folder: DataFolder): FolderLook {
  return {
    disk: spaceOf(folder.root),
    exposed: exposedFiles(folder),
    setAside: pathsIn(folder.setAside).filter(isFolder).length,
  };
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
  return [folder.root, dirname(folder.socket), folder.setAside, ...pathsIn(folder.setAside)]
    .flatMap(pathsIn)
    .filter((path) => isExposed(path, path === folder.scannerProfiles ? OTHERS_WRITE : OTHERS))
    .slice(0, MAX_EXPOSED)
    .map((path) => relative(folder.root, path));
}

const OTHERS = 0o077;
/** What operators write by hand may be read by anybody: it holds no secret. */
const OTHERS_WRITE = 0o022;

function isExposed(path: string, bits: number): boolean {
  const stat = lookAt(path);
  return stat !== undefined && !stat.isDirectory() && (stat.mode & bits) !== 0;
}

function isFolder(path: string): boolean {
  return lookAt(path)?.isDirectory() ?? false;
}

function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    return absent(error, undefined);
  }
}

function pathsIn(folder: string): string[] {
  return namesIn(folder).map((name) => join(folder, name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).slice(0, MAX_LOOKED_AT);
  } catch (error) {
    return absent(error, []);
  }
}

/** What isn't there, or can't be seen, is no fault of this look: the store itself says what it can't use. */
function absent<T>(error: unknown, otherwise: T): T {
  if (error instanceof Error && 'code' in error) return otherwise;
  throw error;
}
