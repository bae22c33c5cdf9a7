import { execFileSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_BAUD_RATE } from '../hook-up.ts';
import { openPtyPair, type PtyPair } from '../testing/pty-pair.ts';
import { openSerialConnection } from './serial-connection.ts';

let cable: PtyPair;

beforeEach(async () => {
  cable = await openPtyPair();
});

afterEach(() => cable.close());

async function openConnection(onChunk: (chunk: Uint8Array) => void) {
  const opened = await openSerialConnection(
    { path: cable.terminalEnd, baudRate: DEFAULT_BAUD_RATE },
    onChunk,
  );
  if (!opened.ok) throw new Error(opened.detail);
  return opened.connection;
}

test('a connection that is closed ends without a reason', async () => {
  const connection = await openConnection(() => undefined);
  connection.close();
  expect(await connection.ended).toBeUndefined();
});

test('an unplug ends the connection with the reason', async () => {
  const connection = await openConnection(() => undefined);
  await cable.unplug();
  expect(await connection.ended).toBeTypeOf('string');
});

test('an unplug between two reads, which serialport takes for endless empty reads, ends the connection too', async () => {
  const { promise: unplugged, resolve } = Promise.withResolvers<Promise<void>>();
  const connection = await openConnection(() => {
    resolve(cable.unplug());
    // Holds this process up until the cable is gone: the read that follows finds a dead port.
    execFileSync('sleep', ['0.1']);
  });
  await cable.write('HALF');
  await unplugged;
  expect(await connection.ended).toBeTypeOf('string');
});

test('what is written reaches the other end as it is', async () => {
  const connection = await openConnection(() => undefined);
  const scanner = await open(cable.scannerEnd, 'r');
  try {
    // a line discipline would change or swallow these
    const command = Uint8Array.of(0x7e, 0x00, 0x0a, 0x0d, 0x03, 0x11, 0xff);
    await connection.write(command);
    const { buffer, bytesRead } = await scanner.read(new Uint8Array(64));
    expect(buffer.subarray(0, bytesRead)).toEqual(command);
  } finally {
    await scanner.close();
  }
});

test('what is written to a closed connection is refused, for it would be sent when the port opens again', async () => {
  const connection = await openConnection(() => undefined);
  connection.close();
  await connection.ended;
  await expect(connection.write(Uint8Array.of(1))).rejects.toThrow('closed');
});

test('what is written after an unplug is refused', async () => {
  const connection = await openConnection(() => undefined);
  await cable.unplug();
  await connection.ended;
  await expect(connection.write(Uint8Array.of(1))).rejects.toThrow('closed');
});

test('a device that takes no bytes ends the connection, and the queue with it', async () => {
  const connection = await openConnection(() => undefined);
  // more than the cable's own buffers hold: nobody reads at the other end
  const late = connection.write(new Uint8Array(200_000));
  await expect(connection.write(Uint8Array.of(1))).rejects.toThrow('takes no bytes');
  await expect(late).rejects.toThrow('took no bytes');
  expect(await connection.ended).toMatch('took no bytes');
});
