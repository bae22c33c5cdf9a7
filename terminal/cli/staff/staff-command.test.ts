import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { badgeOf } from '../../staff/badge.ts';
import { manageStaff, staffRequestShape } from '../../staff/staff-request.ts';
import { openDesk, PIN } from '../../staff/testing/demo-desk.ts';
import { dataFolder } from '../../store/data-folder.ts';
import { tempFolder } from '../../testing/temp-folder.ts';

const PROGRAM = fileURLToPath(new URL('testing/staff-program.ts', import.meta.url));
const NEW_PIN = '580137';
const WAIT = { timeout: 15_000, interval: 20 };

test('a PIN is asked for twice at the terminal, and never shown there', async () => {
  const { data, register } = await listen();
  const person = atTerminal('add', 'zhao', '--name', '赵敏', '--data', data);
  await person.reads('PIN: ');
  person.types(`${NEW_PIN}\r`);
  await person.reads('PIN again: ');
  person.types(`${NEW_PIN}9\x7f\r`); // mistyped, and taken back
  await person.reads('zhao may log in now');
  expect(person.output()).not.toContain(NEW_PIN);
  expect(register.find('zhao')).toMatchObject({ name: '赵敏', role: 'staff' });
  expect(await register.pinMatches('zhao', NEW_PIN)).toBe(true);
});

test('two PINs that differ change nothing', async () => {
  const { data, register } = await listen();
  const person = atTerminal('pin', 'wang', '--data', data);
  await person.reads('PIN: ');
  person.types(`${NEW_PIN}\r94175028\r`);
  await person.reads('the two PINs differ');
  expect(await register.pinMatches('wang', PIN)).toBe(true);
});

test('Ctrl-C at the question changes nothing', async () => {
  const { data, register } = await listen();
  const person = atTerminal('pin', 'wang', '--data', data);
  await person.reads('PIN: ');
  person.types('\x03');
  await person.reads('nothing was changed');
  expect(await register.pinMatches('wang', PIN)).toBe(true);
});

test('where standard input is no terminal, its first line is the PIN', async () => {
  const { data, register } = await listen();
  const added = await piped(
    `${NEW_PIN}\n`,
    'add',
    'zhou',
    '--name',
    'Zhou',
    '--role',
    'maintenance',
    '--data',
    data,
  );
  expect(added).toEqual({ code: 0, stdout: 'zhou may log in now\n', stderr: '' });
  expect(register.find('zhou')?.role).toBe('maintenance');
  expect(await register.pinMatches('zhou', NEW_PIN)).toBe(true);
});

test('a PIN the register does not take is refused with why', async () => {
  const { data, register } = await listen();
  const { code, stderr } = await piped('123456\n', 'pin', 'wang', '--data', data);
  expect(code).toBe(1);
  expect(stderr).toContain('too easy to guess');
  expect(await register.pinMatches('wang', PIN)).toBe(true);
});

test('a PIN is no option, for everybody on the machine sees those', async () => {
  const { code, stderr } = await piped('', 'pin', 'wang', '--pin', NEW_PIN);
  expect(code).toBe(1);
  expect(stderr).toContain('unknown option');
});

test('a badge is printed as a code and as a QR code, and it works', async () => {
  const { data, register } = await listen();
  const { code, stdout } = await piped('', 'badge', 'wang', '--data', data);
  expect(code).toBe(0);
  const [text = '', ...qr] = stdout.trimEnd().split('\n');
  const badge = badgeOf(Buffer.from(text));
  expect(badge && register.badgeMatches(badge)).toBe(true);
  expect(qr.length).toBeGreaterThan(15);
  expect(qr.join('')).toMatch(/^[█▀▄ ]+$/);
});

test('list tells who may log in and who is locked out, and nothing to log in by', async () => {
  const { data, register, clock } = await listen();
  register.issueBadge('wang');
  register.setLockOut('wang', { failures: 5, lockedUntil: clock.now() + 60_000 });
  const { stdout } = await piped('', 'list', '--json', '--data', data);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    { id: 'li', name: '李明', role: 'maintenance', badge: false, failures: 0 },
    { id: 'wang', name: '王芳', role: 'staff', badge: true, failures: 5, lockedUntil: clock.now() + 60_000 },
  ]);
  const table = await piped('', 'list', '--data', data);
  expect(table.stdout).toMatch(/wang +staff +王芳 +badge +5 wrong PINs +locked until 2026-11-23T08:01/);
});

test('somebody is unlocked and removed', async () => {
  const { data, register } = await listen();
  register.setLockOut('wang', { failures: 5, lockedUntil: Number.MAX_SAFE_INTEGER });
  expect(await piped('', 'unlock', 'wang', '--data', data)).toMatchObject({ code: 0 });
  expect(register.find('wang')).toMatchObject({ failures: 0, lockedUntil: 0 });
  expect(await piped('', 'remove', 'wang', '--data', data)).toMatchObject({ code: 0 });
  expect(register.find('wang')).toBeUndefined();
});

test('without a running terminal nothing is done, and it is said where none runs', async () => {
  const { code, stderr } = await piped('', 'list', '--data', tempFolder());
  expect(code).toBe(1);
  expect(stderr).toContain('no terminal is running here');
});

/** A control socket that takes staff requests alone. */
async function listen() {
  const demo = await openDesk();
  const data = tempFolder();
  const { socket: path } = dataFolder(join(data, 'terminal'));
  mkdirSync(dirname(path), { recursive: true });
  const server = createServer((socket) => {
    socket.on('data', (line: Buffer) => {
      const request = staffRequestShape.parse(JSON.parse(line.toString()));
      void manageStaff(request, { ...demo, unixMs: () => demo.clock.now() }).then((answer) =>
        socket.end(`${JSON.stringify(answer)}\n`),
      );
    });
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return { ...demo, data };
}

async function piped(input: string, ...args: string[]) {
  const child = spawn(process.execPath, [PROGRAM, 'staff', ...args]);
  const output = collect(child);
  child.stdin.on('error', () => undefined); // it may end without having read any
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, ...output };
}

/** Runs it at a pseudo-terminal that echoes, as a person's does. */
function atTerminal(...args: string[]) {
  const command = [process.execPath, PROGRAM, 'staff', ...args].join(' ');
  const child = spawn('socat', ['-', `EXEC:${command},pty,stderr,setsid,ctty,echo=1`]);
  onTestFinished(() => void child.kill());
  const output = collect(child);
  return {
    types: (keys: string) => void child.stdin.write(keys),
    reads: (text: string) => vi.waitFor(() => expect(output.stdout).toContain(text), WAIT),
    output: () => output.stdout,
  };
}

function collect(child: ChildProcess) {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return output;
}
