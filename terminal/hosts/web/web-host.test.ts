import { createServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { COMMAND_ROUTE, MAX_KEYBOARD_TEXT, VIEW_ROUTE } from '../../contract.ts';
import { phoneCode } from '../../testing/demo-city.ts';
import { startDemoWebHost } from '../../testing/demo-web-host.ts';
import { ask, openStream } from '../../testing/http.ts';
import { MAX_STREAMS_PER_FACE } from './view-stream.ts';

test('kiosk and counter pages are served', async () => {
  const { host } = await startDemoWebHost();
  expect((await ask(host.port)).body).toBe('<title>kiosk</title>');
  expect((await ask(host.port, { path: '/counter/' })).body).toBe('<title>counter</title>');
  expect((await ask(host.port, { path: '/counter' })).headers.location).toBe('/counter/');
});

test.for(['/assets/../kiosk-ui/kiosk/index.html', '/assets/%2e%2e/kiosk-ui/kiosk/index.html', '/kiosk-ui/'])(
  'nothing outside the assets is served (%s)',
  async (path) => {
    const { host } = await startDemoWebHost();
    expect((await ask(host.port, { path })).status).toBeOneOf([403, 404]);
  },
);

test('whatever is served is under a content security policy and behind the guard', async () => {
  const { host } = await startDemoWebHost();
  for (const path of ['/', '/counter/', '/assets/app.js', '/api/view', '/not-there']) {
    const { headers } = await ask(host.port, { path });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect((await ask(host.port, { path, headers: { host: 'evil.example' } })).status).toBe(403);
  }
});

test('a screen gets the present view at once', async () => {
  const { host } = await startDemoWebHost();
  const stream = await openStream(host.port, 'kiosk');
  await vi.waitFor(() =>
    expect(stream.views()).toMatchObject([{ face: 'kiosk', screen: { name: 'inviting' } }]),
  );
  expect(stream.headers['content-type']).toBe('text/event-stream');
  expect(stream.headers['cache-control']).toBe('no-store');
});

test('a view stream is under the content security policy too', async () => {
  const { host } = await startDemoWebHost();
  const stream = await openStream(host.port, 'kiosk');
  expect(stream.headers['content-security-policy']).toContain("default-src 'none'");
});

test('a screen gets a view for each change: verifying, then the verdict', async () => {
  const { host, terminal } = await startDemoWebHost();
  const stream = await openStream(host.port, 'kiosk');
  await terminal.show(phoneCode());
  await vi.waitFor(() =>
    expect(stream.views().map(({ screen }) => screen.name)).toEqual(['inviting', 'verifying', 'verdict']),
  );
});

test('each screen gets the view of its own face', async () => {
  const { host, terminal } = await startDemoWebHost();
  const [kiosk, counter] = await Promise.all([
    openStream(host.port, 'kiosk'),
    openStream(host.port, 'counter'),
  ]);
  await terminal.show(phoneCode({ exp: 1 }));
  await vi.waitFor(() => {
    expect(kiosk.views().at(-1)?.screen).toMatchObject({ reason: 'expired', fields: [] });
    expect(counter.views().at(-1)?.screen).toMatchObject({ reason: 'expired', fields: [{ value: '张**' }] });
  });
});

test.for(['', '?face=', '?face=manager', '?face=kiosk&face=counter', '?face=kiosk&x=1'])(
  'a stream asked for with %s is refused',
  async (query) => {
    const { host } = await startDemoWebHost();
    expect((await ask(host.port, { path: `${VIEW_ROUTE}${query}` })).status).toBe(400);
  },
);

test('a screen too many replaces the oldest of its face, and no other', async () => {
  const { host } = await startDemoWebHost();
  const counter = await openStream(host.port, 'counter');
  const oldest = await openStream(host.port, 'kiosk');
  for (let i = 0; i < MAX_STREAMS_PER_FACE; i++) await openStream(host.port, 'kiosk');
  await vi.waitFor(() => expect(oldest.ended()).toBe(true));
  expect(counter.ended()).toBe(false);
});

test('a code typed into the page reaches the terminal', async () => {
  const { host, until } = await startDemoWebHost();
  const answer = await command(host.port, { type: 'keyboard-scan', text: phoneCode() });
  expect(answer.status).toBe(200);
  await until('verdict');
});

test.for([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['an unknown command', '{"type":"reboot"}'],
  ['a further key', '{"type":"dismiss","force":true}'],
  ['an empty scan', '{"type":"keyboard-scan","text":""}'],
  ['an unknown language', '{"type":"settings","settings":{"language":"fr","largeText":false}}'],
  ['a prototype', '{"type":"dismiss","__proto__":{}}'],
] as const)('a command that is %s is refused', async ([, body]) => {
  const { host } = await startDemoWebHost();
  expect((await send(host.port, body)).status).toBe(400);
});

test('a keyboard burst of the longest length is taken, one more character refused', async () => {
  const { host } = await startDemoWebHost();
  const longest = '证'.repeat(MAX_KEYBOARD_TEXT);
  expect((await command(host.port, { type: 'keyboard-scan', text: longest })).status).toBe(200);
  expect((await command(host.port, { type: 'keyboard-scan', text: `${longest}证` })).status).toBe(400);
});

test('a body past the limit is refused unread', async () => {
  const { host } = await startDemoWebHost();
  expect((await send(host.port, `"${'A'.repeat(64 * 1024)}"`)).status).toBe(413);
});

test('a form of a foreign page is no command, since forms can not send JSON', async () => {
  const { host } = await startDemoWebHost();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    expect((await send(host.port, '{"type":"dismiss"}', type)).status).toBeOneOf([400, 415]);
  }
});

test('an occupied port gives way to no other where a page is open at it', async () => {
  const { port: occupied } = await occupyPort();
  await expect(startDemoWebHost(occupied, true)).rejects.toThrow(/EADDRINUSE/);
});

test('an occupied port gives way to the next free one', async () => {
  const { port: occupied, next } = await occupyPort();
  const { host } = await startDemoWebHost(occupied);
  expect(host.port).toBeGreaterThanOrEqual(next);
  expect((await ask(host.port)).status).toBe(200);
});

test('closing ends the screens that are connected', async () => {
  const { host } = await startDemoWebHost();
  await openStream(host.port, 'kiosk');
  await host.close();
  await expect(ask(host.port)).rejects.toThrow(/ECONNREFUSED/);
});

function command(port: number, value: unknown) {
  return send(port, JSON.stringify(value));
}

function send(port: number, body: string, type = 'application/json') {
  return ask(port, {
    method: 'POST',
    path: `${COMMAND_ROUTE}?face=kiosk`,
    headers: { 'content-type': type },
    body,
  });
}

/** Listens where the host would like to. */
async function occupyPort(): Promise<{ port: number; next: number }> {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return { port: address.port, next: address.port + 1 };
}
