import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { askTerminal } from './control-client.ts';
import { MAX_LINE_BYTES } from './control-protocol.ts';

test('no terminal at all is an answer that says where it was looked for', async () => {
  const path = join(tempFolder(), 'terminal.sock');
  expect(await askTerminal(path, { command: 'status' })).toEqual({
    ok: false,
    error: `no terminal is running here (${path})`,
  });
});

test.for([
  ['hangs up', '', 'closed the connection'],
  ['dies in the middle of its answer', '{"ok":tr', 'closed the connection'],
  ['never stops answering', 'x'.repeat(MAX_LINE_BYTES + 1), 'answered too much'],
] as const)('a terminal that %s is an answer, not an exception', async ([, says, error]) => {
  const path = join(tempFolder(), 'terminal.sock');
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy()); // the client left, as it should
    socket.end(says);
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(path, resolve));
  expect(await askTerminal(path, { command: 'status' })).toEqual({
    ok: false,
    error: `the terminal ${error}`,
  });
});
