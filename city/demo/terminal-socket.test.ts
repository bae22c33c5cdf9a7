import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { showToTerminal } from './terminal-socket.ts';

let folder: string;
let socket: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'terminal-socket-'));
  socket = join(folder, 'terminal.sock');
});
afterEach(async () => {
  const running = server;
  server = undefined;
  if (running) await new Promise((closed) => running.close(closed));
  rmSync(folder, { recursive: true });
});

/** A terminal that answers each line it gets with what `answer` says. */
async function terminal(answer: (line: string, connection: Socket) => void): Promise<void> {
  const started = createServer((connection) => {
    connection.on('error', () => connection.destroy());
    connection.on('data', (chunk) => answer(chunk.toString(), connection));
  });
  server = started;
  await new Promise<void>((listening) => started.listen(socket, listening));
}

test('the text goes to the terminal as one line, and its ok comes back', async () => {
  let line = '';
  await terminal((received, connection) => {
    line = received;
    connection.write('{"ok":true}\n');
  });
  expect(await showToTerminal(socket, 'LZ1:ABC ')).toEqual({ ok: true });
  expect(line).toBe('{"command":"show","text":"LZ1:ABC "}\n');
});

test('an answer in pieces is put together', async () => {
  await terminal((_, connection) => {
    connection.write('{"ok"');
    setImmediate(() => connection.write(':true}\n'));
  });
  expect(await showToTerminal(socket, 'LZ1:')).toEqual({ ok: true });
});

test('what the terminal refuses is told in its words', async () => {
  await terminal((_, connection) => connection.write('{"ok":false,"error":"out of service"}\n'));
  expect(await showToTerminal(socket, 'LZ1:')).toEqual({
    ok: false,
    code: 'terminal-refused',
    detail: 'out of service',
  });
});

test('no socket means no terminal is running', async () => {
  expect(await showToTerminal(socket, 'LZ1:')).toMatchObject({ code: 'terminal-not-running' });
});

test('a terminal that says nothing is given up', async () => {
  await terminal(() => undefined);
  expect(await showToTerminal(socket, 'LZ1:', 20)).toMatchObject({ code: 'terminal-timeout' });
});

test.each([
  ['no JSON', 'hello\n'],
  ['another shape', '{"fine":true}\n'],
  ['a line without end', 'x'.repeat(5000)],
])('%s is not taken for an answer', async (_, sent) => {
  await terminal((__, connection) => connection.write(sent));
  expect(await showToTerminal(socket, 'LZ1:')).toMatchObject({ code: 'terminal-answer' });
});

test('a terminal that hangs up without an answer is named', async () => {
  await terminal((_, connection) => connection.end());
  expect(await showToTerminal(socket, 'LZ1:')).toMatchObject({ code: 'terminal-answer' });
});
