import { execFileSync } from 'node:child_process';
import { constants, readdirSync, readlinkSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import type { Connection } from './connection.ts';
import { openKeyboardConnection } from './keyboard-connection.ts';

/** A FIFO stands in for the event device: reads wait, and end when its other end is pulled. */
let folder: string;
let path: string;
let keys: FileHandle;
let connection: Connection | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyboard-'));
  path = join(folder, 'event0');
  execFileSync('mkfifo', [path]);
  // for reading too, so that it opens without a reader
  keys = await open(path, constants.O_RDWR);
});

afterEach(async () => {
  connection?.close();
  await connection?.ended;
  connection = undefined;
  vi.unstubAllEnvs();
  await unplug();
  await rm(folder, { recursive: true });
});

async function unplug(): Promise<void> {
  await keys.close().catch((error: unknown) => expect(error).toMatchObject({ code: 'EBADF' }));
}

async function openKeyboard(onChunk: (bytes: Uint8Array) => void = () => undefined): Promise<Connection> {
  const opened = await openKeyboardConnection(path, onChunk);
  if (!opened.ok) throw new Error(opened.detail);
  connection = opened.connection;
  return opened.connection;
}

/** The processes that have the device open, but this one. */
function readers(): number[] {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter((pid) => pid !== process.pid && filesOf(pid).includes(path));
}

/** What a process has open; nothing where it ended just now. */
function filesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

test('what the device sends is handed on', async () => {
  const read: number[] = [];
  await openKeyboard((bytes) => read.push(...bytes));
  await keys.write(Uint8Array.of(0, 1, 255, 10));
  await eventually(() => expect(read).toEqual([0, 1, 255, 10]));
});

test('an unplug ends the connection with a reason, and leaves no process', async () => {
  const opened = await openKeyboard();
  await unplug();
  expect(await opened.ended).toBe('the device ended');
  expect(readers()).toEqual([]);
});

test('what came right before an unplug is handed on before the end', async () => {
  const read: number[] = [];
  const opened = await openKeyboard((bytes) => read.push(...bytes));
  await keys.write(new Uint8Array(60_000).fill(7));
  await unplug();
  await opened.ended;
  expect(read).toHaveLength(60_000);
});

test('a connection that is closed while it waits for a key ends without a reason, and leaves no process', async () => {
  const opened = await openKeyboard();
  expect(readers()).toHaveLength(1);
  opened.close();
  expect(await opened.ended).toBeUndefined();
  expect(readers()).toEqual([]);
});

test('closing twice, or after the end, changes nothing', async () => {
  const opened = await openKeyboard();
  opened.close();
  opened.close();
  await opened.ended;
  opened.close();
  expect(await opened.ended).toBeUndefined();
});

test('a reader that is killed ends the connection with a reason', async () => {
  const opened = await openKeyboard();
  const [pid] = readers();
  process.kill(Number(pid), 'SIGKILL');
  expect(await opened.ended).toBeTypeOf('string');
});

test('the reader is killed when the process exits, and forgotten when the connection ends', async () => {
  const before = process.listenerCount('exit');
  const opened = await openKeyboard();
  expect(process.listenerCount('exit')).toBe(before + 1);
  opened.close();
  await opened.ended;
  expect(process.listenerCount('exit')).toBe(before);
});

test('a process that exits in the middle leaves no reader behind', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'keyboard-connection.ts'));
  const program = `const { openKeyboardConnection } = await import(${module});
    const opened = await openKeyboardConnection(process.argv[1], () => undefined);
    process.exit(opened.ok ? 7 : 1);`;
  const run = () => execFileSync(process.execPath, ['--input-type=module', '-e', program, path]);
  expect(run).toThrow(expect.objectContaining({ status: 7 }));
  await eventually(() => expect(readers()).toEqual([]));
});

test('a keyboard takes no commands', async () => {
  const opened = await openKeyboard();
  await expect(opened.write(Uint8Array.of(1))).rejects.toThrow('takes no commands');
});

test.each([
  ['a missing device', 'missing', 'plug the scanner in'],
  ['a folder', '.', 'no event device'],
])('%s is a failure with a cure', async (_case, name, cure) => {
  const opened = await openKeyboardConnection(join(folder, name), () => undefined);
  expect(opened).toMatchObject({ ok: false, cure: expect.stringContaining(cure) });
});

test('a system without cat is a failure that names the package', async () => {
  vi.stubEnv('PATH', folder);
  const opened = await openKeyboardConnection(path, () => undefined);
  expect(opened).toMatchObject({ ok: false, cure: expect.stringContaining('package coreutils') });
});
