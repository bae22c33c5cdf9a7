import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { formatEnrolmentCode } from '../../licence/wire/enrolment-code.ts';
import { type DataFolder, dataFolder } from '../store/data-folder.ts';
import { phoneCode } from '../testing/demo-city.ts';
import { startDemoTerminal } from '../testing/demo-terminal.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { askTerminal } from './control-client.ts';
import { MAX_LINE_BYTES } from './control-protocol.ts';
import { claimDataFolder, MAX_CONNECTIONS, startControlServer } from './control-server.ts';

const CODE = formatEnrolmentCode({
  secret: new Uint8Array(10).fill(3),
  rootFingerprint: new Uint8Array(16).fill(4),
});
const ENROL = { command: 'enrol', city: 'https://city.example', code: CODE } as const;

test('the socket and its folder are open to their owner only', async () => {
  const { folder } = await startControlled();
  expect(statSync(folder.socket).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(folder.socket)).mode & 0o777).toBe(0o700);
});

test('it answers with the status of its terminal', async () => {
  const { folder, terminal } = await startControlled();
  const answer = await askTerminal(folder.socket, { command: 'status' });
  const { terminalId } = terminal.status();
  expect(answer).toMatchObject({ ok: true, status: { version: 1, terminalId } });
});

test('a code shown is answered with the verdict on it', async () => {
  const { folder } = await startControlled();
  const answer = await askTerminal(folder.socket, { command: 'show', text: phoneCode() });
  expect(answer).toMatchObject({ ok: true, screen: { name: 'verdict', reason: 'accepted' } });
});

test('a code that came to no scan is answered with why', async () => {
  const { folder } = await startControlled();
  const answer = await askTerminal(folder.socket, { command: 'show', text: ']Q1' });
  expect(answer).toMatchObject({ ok: false, error: expect.stringContaining('no scan') });
});

test('an enrolment lies where the agent looks for it, readable by its owner only', async () => {
  const { folder } = await startControlled();
  expect(await askTerminal(folder.socket, { ...ENROL, name: '一号窗口' })).toEqual({ ok: true });
  const { city, code } = ENROL;
  expect(JSON.parse(readFileSync(folder.enrolment, 'utf8'))).toEqual({ city, code, name: '一号窗口' });
  expect(statSync(folder.enrolment).mode & 0o777).toBe(0o600);
});

test('an enrolment takes the place of an older one, and of its file mode', async () => {
  const { folder } = await startControlled();
  writeFileSync(folder.enrolment, '{}', { mode: 0o644 });
  await askTerminal(folder.socket, ENROL);
  expect(statSync(folder.enrolment).mode & 0o777).toBe(0o600);
});

test('a text that is no enrolment code is refused at once', async () => {
  const { folder } = await startControlled();
  const answer = await askTerminal(folder.socket, { ...ENROL, code: 'ABCDEF' });
  expect(answer).toEqual({ ok: false, error: 'not an enrolment code' });
  expect(existsSync(folder.enrolment)).toBe(false);
});

test('an enrolment that can not be written is an answer, and the terminal lives on', async () => {
  const { folder } = await startControlled();
  mkdirSync(folder.enrolment);
  expect(await askTerminal(folder.socket, ENROL)).toMatchObject({ ok: false });
  expect(await askTerminal(folder.socket, { command: 'status' })).toMatchObject({ ok: true });
});

test.for([
  ['junk', 'junk\n'],
  ['an empty line', '\n'],
  ['an unknown command', '{"command":"reboot"}\n'],
  ['a further key', '{"command":"status","force":true}\n'],
  ['a city that is no address', `${JSON.stringify({ ...ENROL, city: 'file:///etc/passwd' })}\n`],
  ['half a line and more than a line may hold', 'x'.repeat(MAX_LINE_BYTES + 1)],
] as const)('%s is answered with an error', async ([, line]) => {
  const { folder } = await startControlled();
  const asker = openAsker(folder.socket);
  asker.socket.write(line);
  await asker.closed;
  expect(JSON.parse(asker.received())).toEqual({ ok: false, error: 'not a command of this terminal' });
});

test('half a line and then silence is hung up on', async () => {
  const { folder } = await startControlled(20);
  const asker = openAsker(folder.socket);
  asker.socket.write('{"command":');
  await asker.closed;
  expect(asker.received()).toBe('');
});

test('one question is answered per connection', async () => {
  const { folder } = await startControlled();
  const asker = openAsker(folder.socket);
  asker.socket.write('{"command":"status"}\n{"command":"status"}\n');
  await asker.closed;
  expect(asker.received().trim().split('\n')).toHaveLength(1);
});

test('an asker that leaves before the answer does no harm', async () => {
  const { folder, until } = await startControlled();
  const asker = openAsker(folder.socket);
  const line = `${JSON.stringify({ command: 'show', text: phoneCode() })}\n`;
  await new Promise((resolve) => asker.socket.write(line, resolve));
  asker.socket.destroy();
  await until('verdict');
  expect(await askTerminal(folder.socket, { command: 'status' })).toMatchObject({ ok: true });
});

test('a second terminal on the same data folder is refused', async () => {
  const { folder } = await startControlled();
  await expect(claimDataFolder(folder)).rejects.toThrow(/already running/);
  expect(existsSync(folder.socket)).toBe(true);
});

test('a terminal too busy to answer keeps its data folder', async () => {
  const { folder } = await startControlled();
  const askers = Array.from({ length: MAX_CONNECTIONS }, () => openAsker(folder.socket));
  await Promise.all(askers.map(({ connected }) => connected));
  await expect(claimDataFolder(folder)).rejects.toThrow(/already running/);
});

test('the socket of a terminal that was killed is replaced', async () => {
  const demo = await startDemoTerminal();
  leaveSocket(demo.folder);
  await claimDataFolder(demo.folder);
  const server = await startControlServer(demo.terminal, demo.folder);
  onTestFinished(() => void server.close());
  expect(await askTerminal(demo.folder.socket, { command: 'status' })).toMatchObject({ ok: true });
});

test('a data folder nobody used before can be claimed', async () => {
  await expect(claimDataFolder(dataFolder(tempFolder()))).resolves.toBeUndefined();
});

test('a data folder too deep for a socket is refused with its path', async () => {
  const { terminal } = await startDemoTerminal();
  const deep = dataFolder(`/tmp/${'deep/'.repeat(30)}`);
  await expect(startControlServer(terminal, deep)).rejects.toThrow(/too long for a socket: \/tmp\/deep/);
});

test('a closed server takes its socket away', async () => {
  const { folder, server } = await startControlled();
  await new Promise((resolve) => server.close(resolve));
  expect(existsSync(folder.socket)).toBe(false);
});

async function startControlled(idleMs?: number) {
  const demo = await startDemoTerminal();
  const server = await startControlServer(demo.terminal, demo.folder, idleMs);
  onTestFinished(() => void server.close());
  return { ...demo, server };
}

/** Speaks to the socket below the protocol. */
function openAsker(path: string) {
  const socket: Socket = connect(path);
  onTestFinished(() => void socket.destroy());
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk;
  });
  socket.on('error', () => socket.destroy()); // hung up on, as some tests want
  const connected = new Promise<void>((resolve) => socket.once('connect', resolve));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return { socket, connected, closed, received: () => received };
}

/** A socket file nobody listens on any more: what SIGKILL leaves behind. */
function leaveSocket({ socket }: DataFolder): void {
  mkdirSync(dirname(socket), { recursive: true });
  const listenAndDie = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 9))`;
  spawnSync(process.execPath, ['-e', listenAndDie, socket]);
  expect(existsSync(socket)).toBe(true);
}
