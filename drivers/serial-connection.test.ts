import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSerialConnection } from './serial-connection.ts';
import { DEFAULT_BAUD_RATE } from './serial-port-options.ts';
import { openPtyPair, type PtyPair } from './testing/pty-pair.ts';

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
