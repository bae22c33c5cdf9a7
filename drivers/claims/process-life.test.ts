import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { isRunning, startTimeOf } from './process-life.ts';

test('this process and the first of all are running', () => {
  expect([process.pid, 1].map(isRunning)).toEqual([true, true]);
});

test('a process that ended is not running and has no start time', () => {
  const { pid } = spawnSync('true');
  expect([isRunning(pid), startTimeOf(pid)]).toEqual([false, undefined]);
});

test('a process that ended and waits to be buried is not running', async () => {
  // the shell becomes a `sleep` that never asks after its child
  const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = await once(parent.stdout, 'data');
  await eventually(() => expect(isRunning(Number(String(said)))).toBe(false));
  parent.kill('SIGKILL');
  await once(parent, 'exit');
});

test('the start time is in clock ticks since the start of the machine, whatever the process is called', async () => {
  const child = spawn('bash', ['-c', 'printf "a) R 9 (" > /proc/self/comm; echo named; read'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const [own, younger] = [startTimeOf(process.pid), startTimeOf(child.pid ?? 0)];
  child.stdin.end('\n');
  await once(child, 'exit');
  expect(own).toMatch(/^\d+$/);
  expect(Number(younger)).toBeGreaterThanOrEqual(Number(own));
});
