import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

export interface FolderWatchListeners {
  readonly isDevice: (name: string) => boolean;
  /** A device's node came, went, or may be opened by others than before. */
  readonly changed: (name: string) => void;
  readonly failed: (detail: string) => void;
}

/**
 * Watches one folder of device nodes. Older kernels also report every write to a device as a change of its node: those are
 * told from changed rights by the node's own state, or a scanner's own commands would wake whoever looks for scanners.
 */
export class FolderWatch {
  readonly #folder: string;
  readonly #listeners: FolderWatchListeners;
  #watcher: FSWatcher | undefined;
  /** Bounded by what is in the folder. */
  #nodes = new Map<string, string>();

  constructor(folder: string, listeners: FolderWatchListeners) {
    this.#folder = folder;
    this.#listeners = listeners;
  }

  /** Watches what is at the path now; an earlier watch ends. */
  open(): void {
    this.close();
    try {
      const watcher = watch(this.#folder, { persistent: false }, (_event, name) => this.#look(name));
      watcher.on('error', (error) => this.#fail(error));
      this.#watcher = watcher;
      for (const name of readdirSync(this.#folder)) this.#differs(name);
    } catch (error) {
      this.#fail(error);
    }
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#nodes.clear();
  }

  #look(name: string | null): void {
    // The state is taken before anybody is told: whoever opens the device then can't be overtaken by its rights.
    if (name !== null && this.#listeners.isDevice(name) && this.#differs(name)) this.#listeners.changed(name);
  }

  /** Whether a device's node is another than when last looked at. */
  #differs(name: string): boolean {
    if (!this.#listeners.isDevice(name)) return false;
    const before = this.#nodes.get(name);
    const state = this.#stateOf(name);
    if (state === undefined) this.#nodes.delete(name);
    else this.#nodes.set(name, state);
    return before !== state;
  }

  /** A write to a device leaves all of this as it is (tty_update_time sets only mtime); rights and lists of rights don't. */
  #stateOf(name: string): string | undefined {
    try {
      const node = lstatSync(join(this.#folder, name), { bigint: true });
      return [node.ino, node.mode, node.uid, node.gid, node.ctimeNs].join(' ');
    } catch {
      // Gone, or out of sight: either way nothing that could be opened.
      return undefined;
    }
  }

  #fail(error: unknown): void {
    this.close();
    this.#listeners.failed(error instanceof Error ? error.message : String(error));
  }
}
