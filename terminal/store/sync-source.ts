import { statSync } from 'node:fs';
import { SyncReader } from './sync-store.ts';

/** The agent's store as the terminal sees it: it may not be there yet, and it may be replaced. */
export class SyncSource {
  readonly #path: string;
  #reader: SyncReader | undefined;
  #inode: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** undefined while the agent hasn't made the store; another reader than before when it was made anew. */
  reader(): SyncReader | undefined {
    const inode = statSync(this.#path, { throwIfNoEntry: false })?.ino;
    if (inode !== this.#inode) this.close();
    if (!this.#reader && inode !== undefined) {
      this.#reader = SyncReader.open(this.#path);
      this.#inode = inode;
    }
    return this.#reader;
  }

  close(): void {
    this.#reader?.close();
    this.#reader = undefined;
    this.#inode = undefined;
  }
}
