import { expect, test } from 'vitest';
import { COMMAND_ROUTE } from '../../contract.ts';
import { startDemoWebHost } from '../../testing/demo-web-host.ts';
import { ask } from '../../testing/http.ts';

test.for(['127.0.0.1', 'localhost', '[::1]'])('the page is served under the name %s', async (name) => {
  const { host } = await startDemoWebHost();
  expect((await ask(host.port, { headers: { host: `${name}:${host.port}` } })).status).toBe(200);
});

test.for(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.'])(
  'a foreign Host (%s) that resolves to this machine is refused',
  async (name) => {
    const { host } = await startDemoWebHost();
    expect((await ask(host.port, { headers: { host: name } })).status).toBe(403);
  },
);

test('its own pages may send commands', async () => {
  const { host } = await startDemoWebHost();
  expect((await dismiss(host.port, { origin: `http://127.0.0.1:${host.port}` })).status).toBe(204);
});

test('a program without an Origin may send commands', async () => {
  const { host } = await startDemoWebHost();
  expect((await dismiss(host.port, {})).status).toBe(204);
});

test.for(['https://evil.example', 'http://127.0.0.1:1', 'http://localhost', 'null'])(
  'a page of %s can not send commands',
  async (origin) => {
    const { host } = await startDemoWebHost();
    expect((await dismiss(host.port, { origin })).status).toBe(403);
  },
);

test('what a browser marks as cross-site is refused', async () => {
  const { host } = await startDemoWebHost();
  const headers = { 'sec-fetch-site': 'cross-site' };
  for (const path of ['/', '/api/view?face=kiosk', '/assets/app.js']) {
    expect((await ask(host.port, { path, headers })).status).toBe(403);
  }
});

test.for(['/', '/counter/', '/assets/app.js', '/not-there'])(
  'everything is served under a content security policy (%s)',
  async (path) => {
    const { host } = await startDemoWebHost();
    const { headers } = await ask(host.port, { path });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  },
);

function dismiss(port: number, headers: Record<string, string>) {
  return ask(port, {
    method: 'POST',
    path: COMMAND_ROUTE,
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"type":"dismiss"}',
  });
}
