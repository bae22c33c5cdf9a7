import type { Writable } from 'node:stream';

/** Writes no faster than is read, and notices when nobody reads any more (`| head`). */
export class TextOutput {
  readonly #stream: Writable;

  constructor(stream: Writable) {
    this.#stream = stream;
    // a stream that fails says so twice: in the callback of the write, and here
    if (stream.listenerCount('error', toldByWrite) === 0) stream.on('error', toldByWrite);
  }

  /** @returns whether somebody still reads. */
  write(text: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#stream.write(text, (error) => {
        if (!error) resolve(true);
        else if ('code' in error && READER_GONE.some((code) => code === error.code)) resolve(false);
        else reject(error);
      });
    });
  }
}

const READER_GONE = ['EPIPE', 'ERR_STREAM_DESTROYED'];

function toldByWrite(): void {
  // nothing to add
}
