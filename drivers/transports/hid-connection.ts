import { access, constants } from 'node:fs/promises';
import { CLOSE_LIMIT_MS, type Opened, WRITE_LIMIT_MS } from './connection.ts';
import { hidCure } from './cures.ts';

/** The part of node-hid's HIDAsync that is used. */
export interface HidHandle {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown;
  /** Measured: emits a string; one on unplug, and no `close` event after it. */
  on(event: 'error', listener: (error: unknown) => void): unknown;
  write(report: number[]): Promise<number>;
  close(): Promise<void>;
}

export type OpenHid = (path: string) => Promise<HidHandle>;

/** Opens a HID device; `onChunk` gets every report whole. Never rejects: not even where node-hid can't be loaded. */
export async function openHidConnection(
  path: string,
  onChunk: (report: Uint8Array) => void,
  openHid: OpenHid = openWithNodeHid,
): Promise<Opened> {
  try {
    await checkRights(path);
    return { ok: true, connection: connect(await openHid(path), onChunk) };
  } catch (error) {
    const detail = messageOf(error);
    return { ok: false, detail, cure: hidCure(path, detail) };
  }
}

/** Loaded here and not above: without libusb (needed even for hidraw) the loading fails. */
async function openWithNodeHid(path: string): Promise<HidHandle> {
  const { HIDAsync } = await import('node-hid');
  return await HIDAsync.open(path);
}

/** node-hid only says that it "cannot open": the system's reason is asked for first. */
async function checkRights(path: string): Promise<void> {
  // elsewhere a HID path is no file
  if (process.platform === 'linux') await access(path, constants.R_OK | constants.W_OK);
}

function connect(handle: HidHandle, onChunk: (report: Uint8Array) => void) {
  const { promise: ended, resolve } = Promise.withResolvers<string | undefined>();
  let life: 'open' | 'closing' | 'ended' = 'open';

  function release(reason: string | undefined): void {
    life = 'ended';
    resolve(reason);
  }
  function close(reason: string | undefined): void {
    // A second close would reject, and the first reason is the one that counts.
    if (life !== 'open') return;
    life = 'closing';
    limited(handle.close(), CLOSE_LIMIT_MS, `did not close within ${CLOSE_LIMIT_MS} ms`).then(
      () => release(reason),
      (error) => release(reason ?? messageOf(error)),
    );
  }

  // One listener each, for good: a second one for data would throw, and without one for errors an unplug would.
  handle.on('error', (error) => close(messageOf(error)));
  handle.on('data', (report) => {
    if (life !== 'ended') onChunk(report);
  });
  return {
    ended,
    async write(bytes: Uint8Array): Promise<void> {
      if (life !== 'open') throw new Error('the device is closed');
      await limited(handle.write([...bytes]), WRITE_LIMIT_MS, `not sent within ${WRITE_LIMIT_MS} ms`);
    },
    close: () => close(undefined),
  };
}

/** Rejects with the sentence where the promise hasn't settled in time; what it does later is ignored. */
async function limited<T>(promise: Promise<T>, limitMs: number, sentence: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const limit = setTimeout(() => late.reject(new Error(sentence)), limitMs);
  try {
    return await Promise.race([promise, late.promise]);
  } catch (error) {
    // node-hid rejects with strings too
    throw new Error(messageOf(error));
  } finally {
    clearTimeout(limit);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
