import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { expect, onTestFinished, test, vi } from 'vitest';
import { BridgeClients } from '../../bridge/bridge-clients.ts';
import { bridgeRequestSchema, manageClients } from '../../bridge/client-request.ts';
import { dataFolder } from '../../store/data-folder.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { addBridgeCommand } from './bridge-command.ts';

test('adding prints the token, and nothing else', async () => {
  const { data, clients } = await listening();
  const printed = await run(
    data,
    'add',
    'his',
    '--origin',
    'https://his.example',
    '--service',
    'road-enforcement',
  );
  expect(printed).toMatch(/^[\w-]{43}\n$/);
  expect(clients.withToken(printed.trim())).toMatchObject({
    name: 'his',
    origins: ['https://his.example'],
    services: ['road-enforcement'],
  });
});

test('several origins are one client', async () => {
  const { data, clients } = await listening();
  await run(data, 'add', 'his', '--origin', 'https://his.example', '--origin', 'http://localhost:3000');
  expect(clients.get('his')?.origins).toEqual(['https://his.example', 'http://localhost:3000']);
});

test('the list is JSON, and a removed client is not in it', async () => {
  const { data } = await listening();
  await run(data, 'add', 'his', '--origin', 'https://his.example');
  expect(JSON.parse(await run(data, 'list'))).toEqual([{ name: 'his', origins: ['https://his.example'] }]);
  expect(await run(data, 'remove', 'his')).toBe('');
  expect(JSON.parse(await run(data, 'list'))).toEqual([]);
});

test('an origin no client may have is refused before the terminal is asked', async () => {
  const data = tempFolder();
  await expect(run(data, 'add', 'his', '--origin', '*')).rejects.toThrow(/not an exact https origin/);
});

test('the terminal’s reason is told', async () => {
  const { data } = await listening();
  await expect(run(data, 'remove', 'his')).rejects.toThrow('there is no client his');
});

test('without a running terminal it says so', async () => {
  await expect(run(tempFolder(), 'list')).rejects.toThrow(/no terminal is running/);
});

/** The clients of a terminal that listens on its socket. */
async function listening(): Promise<{ readonly data: string; readonly clients: BridgeClients }> {
  const data = tempFolder();
  const { bridgeClients, socket: path } = dataFolder(join(data, 'terminal'));
  mkdirSync(dirname(path), { recursive: true });
  const clients = new BridgeClients(bridgeClients);
  const server = createServer((socket) => {
    socket.setEncoding('utf8').once('data', (line: string) => {
      void manageClients(bridgeRequestSchema.parse(JSON.parse(line)), {
        clients,
        record: () => Promise.resolve(),
      }).then((answer) => socket.end(`${JSON.stringify(answer)}\n`));
    });
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return { data, clients };
}

/** @returns what the command printed. */
async function run(data: string, ...args: string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const program = new Command().exitOverride();
    addBridgeCommand(program, data);
    await program.parseAsync(['bridge', ...args], { from: 'user' });
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}
