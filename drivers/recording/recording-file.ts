import { closeSync, openSync, writeSync } from 'node:fs';
import { chunkLine, headerLine, MAX_RECORDING_CHARACTERS, type RecordingHeader } from './recording.ts';

/** A recording as it is made: a new file for its owner alone, at most as long as can be read again. */
export class RecordingFile {
  readonly #fd: number;
  readonly #began = performance.now();
  readonly #full: () => void;
  #written = 0;
  #chunks = 0;
  #state: 'waiting' | 'recording' | 'full' = 'waiting';

  /** @param full called once nothing more is taken. @throws where the file is there already, or can't be made. */
  constructor(path: string, full: () => void) {
    this.#fd = openSync(path, 'wx', 0o600);
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

  /** @returns how many chunks it holds */
  close(): number {
    closeSync(this.#fd);
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
