import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, 'main.ts');

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'sync-agent-'));
});
afterEach(() => rmSync(data, { recursive: true }));

/** A running agent that waits to be enrolled. */
async function started() {
  const child = fork(MAIN, ['--data', data], { silent: true });
  const [said] = await once(child, 'message');
  expect(said).toEqual({ ready: true });
  return child;
}

test('SIGTERM ends the process cleanly', async () => {
  const child = await started();
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the end of its parent ends the process cleanly', async () => {
  const child = await started();
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a parent that is gone before the start is over ends the process cleanly', async () => {
  const child = fork(MAIN, ['--data', data], { silent: true });
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a call without a data folder says what is missing', async () => {
  const child = fork(MAIN, [], { silent: true });
  const said = child.stderr ? once(child.stderr, 'data') : Promise.reject(new Error('no stderr'));
  expect(String((await said)[0])).toContain('--data is missing');
  expect(await once(child, 'exit')).toEqual([2, null]);
});
