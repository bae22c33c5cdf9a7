import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { VIEW_ROUTE } from '../../../terminal/contract.ts';

/** One built program of the product, run by itself. */
export interface StartedProgram {
  /** The address it printed. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The terminal alone, without city and agent. Resolves when it is ready to scan. @param root as of `npm start` */
export async function startTerminal(root: string, scanner: string): Promise<StartedProgram> {
  const args = ['run', '--data', root, '--port', '0', '--scanner', scanner, '--log-level', 'error'];
  const terminal = await startProgram('terminal/liangzheng.js', args, /kiosk (http:\S+)/);
  await untilInviting(terminal.url);
  return terminal;
}

/** The demo city of a data folder where `npm start` has made one. */
export function startCity(root: string): Promise<StartedProgram> {
  const args = ['serve', '--demo', '--data', `${root}/city`, '--port', '0', '--log-level', 'error'];
  return startProgram('city/city.js', args, /(http:\S+)/);
}

async function startProgram(file: string, args: readonly string[], address: RegExp): Promise<StartedProgram> {
  const path = fileURLToPath(new URL(`../../../dist/${file}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = address.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return { url, pid: child.pid ?? 0, stop: () => stop(child) };
  }
  throw new Error(`${file} ended before it said its address`);
}

const READY_WITHIN_MS = 60_000;

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}

async function untilInviting(url: string): Promise<void> {
  const signal = AbortSignal.timeout(READY_WITHIN_MS);
  const { body } = await fetch(new URL(`${VIEW_ROUTE}?face=kiosk`, url), { signal });
  let seen = '';
  for await (const chunk of body ?? []) {
    seen += Buffer.from(chunk).toString();
    if (seen.includes('"name":"inviting"')) return; // leaving the loop cancels the stream
  }
  throw new Error('the terminal ended before it invited');
}
