import { randomFillSync } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';

/** What opening a store takes of a full disk: shared memory, the head of a WAL. */
export const OPENING_BYTES = 256 * 1024;
/** Held back for a full disk: the WAL before its checkpoint (1,000 pages of 4 KiB), and what opening takes. */
export const BALLAST_BYTES = 4 * 1024 * 1024 + OPENING_BYTES;

/**
 * Space held back for a full disk, where a WAL can neither be emptied into its database nor take the rows that say what is
 * to be pruned: for the one moment it takes to make room the ballast is given back. Rows never get it; with the last
 * byte taken by rows, nothing could ever make room again.
 */
export class Ballast {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  get bytes(): number {
    return statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /**
   * A file of random bytes, so that no file system makes it smaller than it says; one that is there whole is kept.
   *
   * @throws the system's error, above all ENOSPC; what was there before is then still there.
   */
  hold(): void {
    if (this.bytes === BALLAST_BYTES) return;
    const begun = `${this.#path}.new`;
    const file = openSync(begun, 'w', 0o600);
    try {
      const bytes = randomFillSync(Buffer.alloc(BALLAST_BYTES));
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
      renameSync(begun, this.#path);
    } finally {
      closeSync(file);
      rmSync(begun, { force: true });
    }
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }

  /** Gives back as much as opening a store takes, once. @returns whether there was that much to give. */
  giveForOpening(): boolean {
    if (this.bytes <= BALLAST_BYTES - OPENING_BYTES) return false;
    truncateSync(this.#path, BALLAST_BYTES - OPENING_BYTES);
    return true;
  }
}
