import type { HidHandle } from '../transports/hid-connection.ts';

/**
 * Stands in for node-hid 3.4's HIDAsync, as measured: errors are strings, an unplug is one error and no close, a second
 * data listener throws, closing takes 50 ms and a second time rejects.
 */
export class HidDouble implements HidHandle {
  readonly written: number[][] = [];
  closings = 0;
  /** How a device hangs: neither writing nor closing comes back. */
  hangs = false;
  #onData: ((report: Uint8Array) => void) | undefined;
  #onError: ((error: unknown) => void) | undefined;
  #unplugged = false;

  on(event: 'data' | 'error', listener: (value: never) => void): this {
    if (event === 'error') this.#onError = listener as (error: unknown) => void;
    else if (this.#onData) throw new Error('already reading');
    else this.#onData = listener as (report: Uint8Array) => void;
    return this;
  }

  async write(report: number[]): Promise<number> {
    if (this.hangs) await new Promise(() => undefined);
    // it rejects with strings as well
    if (this.#unplugged) return Promise.reject('Cannot write to hid device');
    this.written.push(report);
    return report.length;
  }

  async close(): Promise<void> {
    this.closings += 1;
    if (this.closings > 1) throw new Error('Cannot close device: already closed');
    if (this.hangs) await new Promise(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** The device sends a report. */
  send(...report: readonly number[]): void {
    this.#onData?.(Buffer.from(report));
  }

  /** Without a listener Node throws what was emitted. */
  unplug(): void {
    this.#unplugged = true;
    if (!this.#onError) throw new Error('Unhandled error: could not read from HID device');
    this.#onError('could not read from HID device');
  }
}
