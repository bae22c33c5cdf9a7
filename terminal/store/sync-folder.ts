import { closeSync, fsyncSync, openSync } from 'node:fs';

/** What was made, renamed or removed in a folder outlives a power cut once the folder is synced. */
export function syncFolder(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
