import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { chunkLine, headerLine, MAX_RECORDING_CHARACTERS, type RecordingHeader } from './recording.ts';

/** A recording as it is made: a new file for its owner alone, at most as long as can be read again. */
export class RecordingFile {
  readonly #path: string;
  readonly #fd: number;
  readonly #began = performance.now();
  readonly #full: () => void;
  #written = 0;
  #chunks = 0;
  #state: 'waiting' | 'recording' | 'full' = 'waiting';

  /** @param full called once nothing more is taken. @throws where the file is there already, or can't be made. */
  constructor(path: string, full: () => void) {
    this.#path = path;
    this.#fd = openNew(path);
    this.#full = full;
  }

  /** A recording is of one connection: a device that comes back, perhaps as something else, ends it. */
  begin(header: RecordingHeader): void {
    if (this.#state === 'waiting') {
      this.#state = 'recording';
      this.#write(headerLine(header));
    } else this.#end();
  }

  add(bytes: Uint8Array): void {
    if (this.#state !== 'recording') return;
    this.#write(chunkLine({ t: performance.now() - this.#began, bytes }));
    this.#chunks += 1;
  }

  /** A recording of nothing leaves no file behind. @returns how many chunks it holds */
  close(): number {
    closeSync(this.#fd);
    if (this.#chunks === 0) rmSync(this.#path);
    return this.#chunks;
  }

  #write(line: string): void {
    this.#written += line.length + 1;
    if (this.#written > MAX_RECORDING_CHARACTERS) this.#end();
    else writeSync(this.#fd, `${line}\n`);
  }

  #end(): void {
    this.#state = 'full';
    this.#full();
  }
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw isThere ? new Error(`${path} is there already: choose a new name`) : error;
  }
}
