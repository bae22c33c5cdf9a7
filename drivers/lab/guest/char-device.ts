import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** How often a device is asked for input: often enough to answer the kernel, which waits seconds. */
const READ_INTERVAL_MS = 20;
/** How long to let a full device be before the next try: a USB frame or a few take their time. */
const FULL_MS = 1;
/** A device that has taken nothing for so long has nobody at its other end. */
const STUCK_MS = 10_000;
const READ_BYTES = 8_192;

/**
 * A character device opened without blocking, and polled: a blocking read or write would sit in a thread of libuv's
 * and keep the process from ending.
 */
export class CharDevice {
  readonly #fd: number;
  readonly #poll: NodeJS.Timeout;
  #open = true;

  /** @param onBytes gets each read as it comes @throws as `openSync` */
  constructor(path: string, onBytes: (bytes: Buffer) => void) {
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
    this.#poll = setInterval(() => this.#readAll(onBytes), READ_INTERVAL_MS);
  }

  /** Resolves when the device has taken it all, or when it was closed meanwhile. */
  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    const giveUpAt = performance.now() + STUCK_MS;
    while (this.#open && rest.length > 0) {
      const taken = unlessBusy(() => writeSync(this.#fd, rest));
      rest = rest.subarray(taken);
      if (rest.length === 0) return;
      if (performance.now() > giveUpAt) throw new Error(`nobody takes ${rest.length} bytes`);
      await pause(FULL_MS);
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    clearInterval(this.#poll);
    closeSync(this.#fd);
  }

  #readAll(onBytes: (bytes: Buffer) => void): void {
    while (this.#open) {
      const buffer = Buffer.alloc(READ_BYTES);
      const length = unlessBusy(() => readSync(this.#fd, buffer));
      if (length === 0) return;
      onBytes(buffer.subarray(0, length));
    }
  }
}

/** @returns what the call returns, or 0 where the device says: not now */
function unlessBusy(call: () => number): number {
  try {
    return call();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    throw error;
  }
}
