import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { STOP_WITHIN_MS, SupervisedChild } from './supervised-child.ts';

/** Notes its pid and port in a file at each start and says it is ready; `how` makes it misbehave. */
const PROGRAM = `
  import { appendFileSync } from 'node:fs';
  const [starts, port, how] = process.argv.slice(2);
  if (how === 'broken') process.exit(3);
  if (how === 'stubborn') process.on('SIGTERM', () => undefined);
  appendFileSync(starts, process.pid + ' ' + port + '\\n');
  process.on('disconnect', () => process.exit());
  process.send({ ready: true, port: port === '0' ? 4711 : Number(port) });
`;

test('it starts and tells the port it took', async () => {
  const { child } = plan();
  expect(await child.start()).toBe(4711);
});

test('a child that was killed is started again', async () => {
  const { child, starts, exits } = plan();
  await child.start();
  process.kill(pidOf(starts()[0]), 'SIGKILL');
  await vi.waitFor(() => expect(starts()).toHaveLength(2), { timeout: 3000 });
  expect(exits).toEqual(['demo: SIGKILL']);
});

test('a child that is started again comes back at the port it had, whatever port was asked for first', async () => {
  const { child, starts } = plan();
  await child.start();
  process.kill(pidOf(starts()[0]), 'SIGKILL');
  await vi.waitFor(() => expect(starts()).toHaveLength(2), { timeout: 3000 });
  expect(starts().map((start) => start.split(' ')[1])).toEqual(['0', '4711']);
});

test('the pauses between restarts grow, so that a broken child does not eat the machine', async () => {
  const { child, starts, exits } = plan();
  await child.start();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  for (const [i, pauseMs] of [100, 200, 400].entries()) {
    process.kill(pidOf(starts()[i]), 'SIGKILL');
    await until(() => exits.length === i + 1);
    vi.advanceTimersByTime(pauseMs - 1);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    await until(() => starts().length === i + 2);
  }
});

test('a child that ends before it was ready is an error, and is not tried for ever', async () => {
  const { child, exits } = plan('broken');
  await expect(child.start()).rejects.toThrow('demo ended before it was ready');
  expect(exits).toEqual([]);
});

test('a stopped child ends and stays ended', async () => {
  const { child, starts, exits } = plan();
  await child.start();
  await child.stop();
  expect(isRunning(pidOf(starts()[0]))).toBe(false);
  expect(exits).toEqual([]);
});

test('a child that does not heed is made to end within the limit', async () => {
  const { child, starts } = plan('stubborn');
  await child.start();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const stopped = child.stop();
  vi.advanceTimersByTime(STOP_WITHIN_MS - 1);
  expect(isRunning(pidOf(starts()[0]))).toBe(true);
  vi.advanceTimersByTime(1);
  await stopped;
  expect(isRunning(pidOf(starts()[0]))).toBe(false);
});

test('a stop between two starts calls the next one off', async () => {
  const { child, starts, exits } = plan();
  await child.start();
  process.kill(pidOf(starts()[0]), 'SIGKILL');
  await until(() => exits.length === 1);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  await child.stop();
  expect(vi.getTimerCount()).toBe(0);
});

test('a child that never ran can be stopped', async () => {
  await expect(plan().child.stop()).resolves.toBeUndefined();
});

function plan(how = '') {
  const folder = tempFolder();
  const program = join(folder, 'program.mjs');
  writeFileSync(program, PROGRAM);
  const noted = join(folder, 'starts');
  writeFileSync(noted, '');
  const exits: string[] = [];
  const child = new SupervisedChild({
    name: 'demo',
    args: [program, noted, '0', how],
    restartArgs: (port) => [program, noted, String(port), how],
    onExit: (name, why) => exits.push(`${name}: ${why}`),
  });
  onTestFinished(() => child.stop());
  /** One "pid port" for each start. */
  const starts = () => readFileSync(noted, 'utf8').split('\n').slice(0, -1);
  return { child, starts, exits };
}

function pidOf(start = ''): number {
  const pid = Number.parseInt(start, 10);
  // 0 and what is no number would signal this process's own group
  if (!(pid > 1)) throw new Error(`no pid in "${start}"`);
  return pid;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Waits where timers stand still. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
