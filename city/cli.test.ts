import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defaultCatalogue } from './catalogue/default-catalogue.ts';
import { openCity } from './city.ts';
import { CLI } from './testing/run-city.ts';

test('serve takes the next free port, says so, publishes the default catalogue and stops when its parent is gone', async () => {
  const data = mkdtempSync(join(tmpdir(), 'city-'));
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const occupied = z.object({ port: z.int() }).parse(holder.address()).port;
  const child = fork(CLI, ['serve', '--data', data, '--port', String(occupied)], { silent: true });
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  const [message] = await once(child, 'message');
  const { port } = z.strictObject({ ready: z.literal(true), port: z.int() }).parse(message);
  expect(port).toBeGreaterThan(occupied);
  expect((await fetch(`http://127.0.0.1:${port}/v1/trust/timestamp.json`)).status).toBe(200);
  const beside = await openCity({ data });
  expect(await beside.catalogue.current()).toEqual(defaultCatalogue);
  await beside.close();
  const exited = once(child, 'exit');
  child.disconnect();
  expect(await exited).toEqual([0, null]);
  expect(said).toContain(`Port ${occupied} is occupied, so this city uses ${port}.`);
  holder.close();
  rmSync(data, { recursive: true });
});

test('serve that can’t listen says why and ends', async () => {
  const data = mkdtempSync(join(tmpdir(), 'city-'));
  const child = fork(CLI, ['serve', '--data', data, '--host', '192.0.2.1'], { silent: true });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(said).toContain('EADDRNOTAVAIL');
  rmSync(data, { recursive: true });
});

test.each([[[]], [['licences', '--colour']]])('%j is misuse: exit code 2', async (args) => {
  const child = fork(CLI, args, { silent: true });
  expect(await once(child, 'exit')).toEqual([2, null]);
});
