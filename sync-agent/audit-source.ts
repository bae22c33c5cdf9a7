import { statSync } from 'node:fs';
import { AuditReader } from '../terminal/store/audit-reader.ts';

/** The terminal's audit store as the agent sees it: it may not be there yet, and it may be replaced. */
export class AuditSource {
  readonly #path: string;
  #reader: AuditReader | undefined;
  #inode: number | undefined;
  #version = -1;

  constructor(path: string) {
    this.#path = path;
  }

  /** undefined while the terminal hasn't made the store. */
  reader(): AuditReader | undefined {
    const inode = statSync(this.#path, { throwIfNoEntry: false })?.ino;
    if (inode !== this.#inode) this.close();
    if (!this.#reader && inode !== undefined) {
      this.#reader = AuditReader.open(this.#path);
      this.#inode = inode;
    }
    return this.#reader;
  }

  /** Whether there is anything committed that wasn't there at the last call. */
  changed(): boolean {
    const reader = this.reader();
    if (!reader) return false;
    const version = reader.dataVersion();
    if (version === this.#version) return false;
    this.#version = version;
    return true;
  }

  close(): void {
    this.#reader?.close();
    this.#reader = undefined;
    this.#inode = undefined;
    this.#version = -1;
  }
}
