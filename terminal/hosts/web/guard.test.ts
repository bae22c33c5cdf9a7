import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { COMMAND_ROUTE } from '../../contract.ts';
import { ask } from '../../testing/http.ts';
import { guard } from './guard.ts';
import { listenOnLoopback } from './listen.ts';

test.for(['127.0.0.1', 'localhost', '[::1]'])('the page is served under the name %s', async (name) => {
  const port = await serveGuarded();
  expect((await ask(port, { headers: { host: `${name}:${port}` } })).status).toBe(200);
});

test.for(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.'])(
  'a foreign Host (%s) that resolves to this machine is refused',
  async (name) => {
    const port = await serveGuarded();
    expect((await ask(port, { headers: { host: name } })).status).toBe(403);
  },
);

test('its own pages may send commands', async () => {
  const port = await serveGuarded();
  expect((await dismiss(port, { origin: `http://127.0.0.1:${port}` })).status).toBe(204);
});

test('a program without an Origin may send commands', async () => {
  const port = await serveGuarded();
  expect((await dismiss(port, {})).status).toBe(204);
});

test.for(['https://evil.example', 'http://127.0.0.1:1', 'http://localhost', 'null'])(
  'a page of %s can not send commands',
  async (origin) => {
    const port = await serveGuarded();
    expect((await dismiss(port, { origin })).status).toBe(403);
  },
);

test('what a browser marks as cross-site is refused', async () => {
  const port = await serveGuarded();
  const headers = { 'sec-fetch-site': 'cross-site' };
  expect((await ask(port, { headers })).status).toBe(403);
  expect((await dismiss(port, headers)).status).toBe(403);
});

function dismiss(port: number, headers: Record<string, string>) {
  return ask(port, {
    method: 'POST',
    path: `${COMMAND_ROUTE}?face=kiosk`,
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"type":"dismiss"}',
  });
}

/** A server with nothing behind its guard but a page and a command. @returns its port. */
async function serveGuarded(): Promise<number> {
  const server = Fastify();
  onTestFinished(() => server.close());
  guard(server);
  server.get('/', () => 'page');
  server.post(COMMAND_ROUTE, (_, reply) => reply.code(204).send());
  return listenOnLoopback(server, { port: 0, exact: false });
}
