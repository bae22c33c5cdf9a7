import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { CLOSE_LIMIT_MS, type Connection, type Opened } from './connection.ts';
import { keyboardCure } from './cures.ts';

/**
 * Opens a Linux event device and reads its `input_event`s, which may come cut anywhere. Never rejects.
 *
 * A child `cat` does the reading: in Node a read that waits for a key holds one of the few threads all file work shares,
 * and can't be called off. Node opens the device itself, so that the system's reasons arrive. The keys reach other
 * programs too, for Node has no ioctl to grab a device: the udev rule keeps the desktop's input off it (`udevRules`).
 * Should this process be killed outright, `cat` dies of a broken pipe with the next key and has harmed nobody till then.
 */
export async function openKeyboardConnection(
  path: string,
  onChunk: (bytes: Uint8Array) => void,
): Promise<Opened> {
  let device: FileHandle | undefined;
  try {
    await checkKind(path);
    device = await open(path, 'r');
    return { ok: true, connection: await connect(device, onChunk) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, detail, cure: keyboardCure(path, detail) };
  } finally {
    // From here on the child alone holds it.
    await device?.close();
  }
}

/** Of a plain file or a disk's folder `cat` would make codes too. A FIFO may stand in for a device. */
async function checkKind(path: string): Promise<void> {
  const found = await stat(path);
  if (!found.isCharacterDevice() && !found.isFIFO()) throw new Error('not an event device');
}

async function connect(device: FileHandle, onChunk: (bytes: Uint8Array) => void): Promise<Connection> {
  const cat = spawn('/bin/sh', ['-c', READER], { stdio: [device.fd, 'pipe', 'pipe'], env: environment() });
  const kill = () => cat.kill('SIGKILL');
  const { promise: ended, resolve: release } = Promise.withResolvers<string | undefined>();
  const complaint = firstWords(cat);
  let closing = false;
  let over = false;
  process.once('exit', kill);
  const reading = Promise.withResolvers<void>();
  let announced = false;
  cat.stdout?.on('data', (bytes: Buffer) => {
    // its first byte says that it is about to read; until then the kernel keeps no more than 64 events
    const events = announced ? bytes : bytes.subarray(1);
    announced = true;
    reading.resolve();
    if (!over && events.length > 0) onChunk(events);
  });
  // `close` and not `exit`: what it had read has been handed on by then.
  cat.once('close', () => end(closing ? undefined : complaint() || 'the device ended'));
  await once(cat, 'spawn');
  const failed = await Promise.race([reading.promise, ended]);
  if (failed !== undefined) throw new Error(failed);
  cat.on('error', (error) => end(error.message));

  function end(reason: string | undefined): void {
    over = true;
    process.off('exit', kill);
    release(reason);
  }
  function close(): void {
    if (closing || over) return;
    closing = true;
    const limit = setTimeout(() => end(`the reader did not end within ${CLOSE_LIMIT_MS} ms`), CLOSE_LIMIT_MS);
    cat.once('close', () => clearTimeout(limit));
    kill();
  }
  return {
    ended,
    write: () => Promise.reject(new Error('a keyboard takes no commands')),
    close,
  };
}

/** Tells where there is no `cat`, says with one byte that it is about to read, and reads. */
const READER = 'cat </dev/null && echo && exec cat';

/** No message needs more. */
const MAX_COMPLAINT = 200;

/** What it says on its error output, such as "cat: -: No such device" after an unplug. */
function firstWords(cat: ChildProcess): () => string {
  let said = '';
  cat.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString('utf8')).slice(0, MAX_COMPLAINT);
  });
  return () => said.trim();
}

/** Its messages in English, and nothing else of ours. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C' };
}
