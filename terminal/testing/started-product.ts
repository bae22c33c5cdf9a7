import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The product as a user starts it: `npm start`, in a data folder of its own, on free ports. */
export interface StartedProduct {
  readonly kioskUrl: string;
  readonly counterUrl: string;
  readonly phoneUrl: string;
  /** Everything it has printed. */
  output(): string;
  /** Runs `liangzheng …` against the same data folder. @returns standard output. */
  liangzheng(...args: string[]): Promise<string>;
  /** pid of one of its processes. */
  pid(part: 'terminal' | 'agent' | 'city'): number;
  /** Which of its parts still run. */
  running(): string[];
  /** Ctrl-C; resolves when npm has ended. */
  interrupt(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const NODE = `${root}/node_modules/.bin/node`;

const PROGRAM = {
  terminal: 'dist/terminal/liangzheng.js\0run',
  agent: 'dist/terminal/sync-agent.js',
  city: 'dist/city/city.js\0serve',
} as const;

/** @param data an empty or used data folder. @param args further arguments of `npm start`. */
export async function startProduct(data: string, ...args: string[]): Promise<StartedProduct> {
  const child = spawn(
    'npm',
    ['start', '--', '--data', data, '--port', '0', '--city-port', '0', '--no-open', ...args],
    { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const address = (name: string) => output.match(new RegExp(`${name} +(http://\\S+)`))?.[1];
  await waitUntil(
    () => address('phone') !== undefined || child.exitCode !== null,
    'npm start to be ready',
    60_000,
  );
  const [kioskUrl, counterUrl, phoneUrl] = ['kiosk', 'counter', 'phone'].map(address);
  if (!kioskUrl || !counterUrl || !phoneUrl) throw new Error(`npm start did not become ready:\n${output}`);
  return {
    kioskUrl,
    counterUrl,
    phoneUrl,
    output: () => output,
    liangzheng: (...command) => liangzheng(data, command),
    pid: (part) => {
      const pid = findProcess(PROGRAM[part], data);
      if (pid === undefined) throw new Error(`no ${part} is running`);
      return pid;
    },
    running: () =>
      Object.entries(PROGRAM)
        .filter(([, program]) => findProcess(program, data))
        .map(([part]) => part),
    interrupt: () => interrupt(child),
  };
}

/** Polls until the condition holds. @throws naming what was waited for. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 20_000,
): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > until) throw new Error(`waited ${withinMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function liangzheng(data: string, command: readonly string[]): Promise<string> {
  const args = ['dist/terminal/liangzheng.js', ...command, '--data', data];
  const { stdout } = await promisify(execFile)(NODE, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

function findProcess(program: string, data: string): number | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const commandLine = readCommandLine(pid);
    if (commandLine.includes(program) && commandLine.includes(data)) return Number(pid);
  }
  return undefined;
}

function readCommandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch (error) {
    // ended between the listing and the reading
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return '';
    throw error;
  }
}

async function interrupt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  // a terminal's Ctrl-C goes to the whole foreground group
  process.kill(-child.pid, 'SIGINT');
  await exited;
}
