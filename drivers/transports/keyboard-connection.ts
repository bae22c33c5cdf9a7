import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { CLOSE_LIMIT_MS, type Connection, type Opened } from './connection.ts';
import { keyboardCure } from './cures.ts';

/**
 * Opens a Linux event device and reads its `input_event`s, which may come cut anywhere. Never rejects.
 *
 * A child `cat` does the reading: in Node a read that waits for a key holds one of the few threads all file work shares,
 * and can't be called off. Node opens the device once before, so that the system's reasons arrive. The keys reach other
 * programs too, for Node has no ioctl to grab a device: the udev rule keeps the desktop's input off it (`udevRules`).
 * Should this process be killed outright, `cat` dies of a broken pipe with the next key and has harmed nobody till then.
 */
export async function openKeyboardConnection(
  path: string,
  onChunk: (bytes: Uint8Array) => void,
): Promise<Opened> {
  try {
    await checkKind(path);
    await (await open(path, 'r')).close();
    return { ok: true, connection: await connect(await realpath(path), onChunk) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, detail, cure: keyboardCure(path, detail) };
  }
}

/** Of a plain file or a disk's folder `cat` would make codes too. A FIFO may stand in for a device. */
async function checkKind(path: string): Promise<void> {
  const found = await stat(path);
  if (!found.isCharacterDevice() && !found.isFIFO()) throw new Error('not an event device');
}

async function connect(path: string, onChunk: (bytes: Uint8Array) => void): Promise<Connection> {
  const cat = spawn('cat', ['--', path], { stdio: ['ignore', 'pipe', 'pipe'], env: environment() });
  const kill = () => cat.kill('SIGKILL');
  const { promise: ended, resolve: release } = Promise.withResolvers<string | undefined>();
  const complaint = firstWords(cat);
  let closing = false;
  let over = false;
  process.once('exit', kill);
  cat.stdout?.on('data', (bytes: Buffer) => {
    if (!over) onChunk(bytes);
  });
  // `close` and not `exit`: what it had read has been handed on by then.
  cat.once('close', () => end(closing ? undefined : complaint() || 'the device ended'));
  // Throws where there is no `cat`.
  await once(cat, 'spawn');
  cat.on('error', (error) => end(error.message));
  await untilReading(cat, path, () => over);

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

/**
 * It reads as soon as it has opened the device, and the kernel keeps no more than some ten keys for it until then: only
 * now may anybody be told that the scanner is ready.
 */
async function untilReading(cat: ChildProcess, path: string, isOver: () => boolean): Promise<void> {
  const until = performance.now() + OPEN_LIMIT_MS;
  while (!isOver() && performance.now() < until) {
    if (await hasOpen(cat.pid, path)) return;
    await pause(LOOK_EVERY_MS);
  }
  cat.kill('SIGKILL');
  throw new Error('the reader did not open it');
}

const OPEN_LIMIT_MS = 2_000;
const LOOK_EVERY_MS = 5;

async function hasOpen(pid: number | undefined, path: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  try {
    const files = await readdir(folder);
    const targets = await Promise.all(files.map((file) => readlink(`${folder}/${file}`)));
    return targets.includes(path);
  } catch {
    return false; // it closes files while we look, or has ended
  }
}

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
