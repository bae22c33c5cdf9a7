import { isMainThread } from 'node:worker_threads';
import { SerialPort } from 'serialport';
import { CLOSE_LIMIT_MS, type Opened, WRITE_LIMIT_MS } from './connection.ts';
import { serialCure } from './cures.ts';

/**
 * How often an open port is asked whether its device is still there. An unplug while serialport 13 isn't waiting in
 * its poller is never reported: it reads zero bytes again and again, at full load, and emits no `close` (measured on
 * a PTY: 2 of 12 unplugs in the middle of a code, and every unplug right after opening).
 */
export const LIVENESS_INTERVAL_MS = 500;

/** Always 8 data bits, no parity, 1 stop bit. */
export interface SerialPortOptions {
  readonly path: string;
  readonly baudRate: number;
}

/**
 * Opens the port with a `SerialPort` of its own: one that has lost its device says it opens again, but its stream is
 * dead. The kernel's left-over input is flushed by serialport as it opens, so no code from before is read.
 */
export async function openSerialConnection(
  { path, baudRate }: SerialPortOptions,
  onChunk: (chunk: Uint8Array) => void,
): Promise<Opened> {
  // Its poller runs on libuv's default loop: in a worker thread the first byte would abort the whole process.
  if (!isMainThread) throw new Error("serialport works on a process's main thread only");
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  const { promise: ended, resolve: release } = Promise.withResolvers<string | undefined>();
  const connection = {
    ended,
    write: (bytes: Uint8Array) => writeTo(port, bytes, release),
    close: () => closePort(port, release, undefined),
  };
  // Attached before the port opens and never taken off: without a data listener an unplug isn't noticed.
  port.on('data', onChunk);
  port.on('error', (error) => closePort(port, release, error.message));
  // A PTY whose other end closes may end instead of failing.
  port.on('end', () => closePort(port, release, 'the other end closed'));
  port.on('close', (error: Error | null) => release(error?.message));
  const failure = await new Promise<Error | null>((resolve) => port.open(resolve));
  if (failure) return { ok: false, detail: failure.message, cure: serialCure(path, failure.message) };
  await watchLiveness(port, release);
  return { ok: true, connection };
}

/** Settles `ended`; only the first call counts. */
type Release = (reason: string | undefined) => void;

function closePort(port: SerialPort, release: Release, reason: string | undefined): void {
  const giveUp = () => release(`the port did not close within ${CLOSE_LIMIT_MS} ms`);
  const limit = setTimeout(giveUp, CLOSE_LIMIT_MS).unref();
  port.once('close', () => clearTimeout(limit));
  // Not open means that it is closing already, for a reason that was there first.
  if (!port.isOpen) return;
  port.prependOnceListener('close', () => release(reason));
  port.close();
}

/**
 * What stays in the queue of a port whose device takes nothing would be carried out later, when nobody waits for it any
 * more: a stale trigger would fire. So a write that is late ends the connection, and the queue with it.
 */
function writeTo(port: SerialPort, bytes: Uint8Array, release: Release): Promise<void> {
  if (!port.isOpen) return Promise.reject(new Error('the port is closed'));
  if (port.writableLength > MAX_QUEUED_BYTES) return Promise.reject(new Error('the device takes no bytes'));
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      const reason = `it took no bytes for ${WRITE_LIMIT_MS} ms`;
      reject(new Error(reason));
      closePort(port, release, reason);
    }, WRITE_LIMIT_MS);
    port.write(Buffer.from(bytes), (error) => {
      clearTimeout(limit);
      if (error) reject(error);
      else resolve();
    });
  });
}

/** More than any command and its acknowledgements. */
const MAX_QUEUED_BYTES = 1_024;

/**
 * Asking for the baud rate sends nothing and waits for nothing, and it fails on a port that is hung up. (Draining would
 * do so too, but waits in a thread of Node's pool for as long as a device pleases.) Where it can't be asked at all,
 * unplugs are noticed by reading alone.
 */
async function watchLiveness(port: SerialPort, release: Release): Promise<void> {
  if ((await rateOf(port)) instanceof Error) return;
  const timer = setTimeout(async () => {
    if (!port.isOpen) return;
    const rate = await rateOf(port);
    if (rate instanceof Error) closePort(port, release, rate.message);
    else timer.refresh();
  }, LIVENESS_INTERVAL_MS);
  port.once('close', () => clearTimeout(timer));
}

async function rateOf(port: SerialPort): Promise<object | Error | undefined> {
  try {
    return await port.port?.getBaudRate();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
