import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRoot, rootFingerprint } from '../../licence/trust/tuf.ts';
import { parseEnrolmentCode } from '../../licence/wire/enrolment-code.ts';
import { problemOf } from '../testing/problem-code.ts';
import { startTestCity, type TestCity } from '../testing/start-test-city.ts';
import { TestTerminal } from '../testing/test-terminal.ts';
import { ENROL_LIMIT } from './enrol-route.ts';

let running: TestCity;
beforeEach(async () => {
  running = await startTestCity();
});
afterEach(() => running.close());

const HOUR_MS = 3_600_000;

test('a code and a key give the id of the key and the root the code vouches for', async () => {
  const terminal = new TestTerminal(running);
  const code = await running.city.terminals.enrolmentCode();
  const answer = await terminal.enrol(code);
  expect(answer.status).toBe(201);
  const { terminalId, root } = await answer.json();
  const rootBytes = new Uint8Array(Buffer.from(root, 'base64url'));
  expect(terminalId).toBe(Buffer.from(terminal.id).toString('hex'));
  expect(rootFingerprint(rootBytes)).toEqual(parseEnrolmentCode(code)?.rootFingerprint);
  expect(openRoot(rootBytes)).toEqual({ ok: true, version: 1 });
});

test('the same code and key again get the same answer', async () => {
  const terminal = new TestTerminal(running);
  const code = await running.city.terminals.enrolmentCode();
  const first = await (await terminal.enrol(code)).json();
  expect(await (await terminal.enrol(code)).json()).toEqual(first);
  expect(await running.city.terminals.list()).toHaveLength(1);
});

test('another key is refused a used code', async () => {
  const code = await running.city.terminals.enrolmentCode();
  await new TestTerminal(running).enrol(code);
  expect(await problemOf(await new TestTerminal(running).enrol(code))).toBe('409 code-used');
});

test('a code is refused once its time is over', async () => {
  const code = await running.city.terminals.enrolmentCode();
  running.clock.unixMs += 24 * HOUR_MS;
  expect(await problemOf(await new TestTerminal(running).enrol(code))).toBe('403 code-expired');
});

test('a code nobody made is refused', async () => {
  const made = await running.city.terminals.enrolmentCode();
  const guessed = made.replace(/^./, (first) => (first === '7' ? '8' : '7'));
  expect(await problemOf(await new TestTerminal(running).enrol(guessed))).toBe('403 code-unknown');
});

test('a key that does not prove itself is refused and the code stays good', async () => {
  const code = await running.city.terminals.enrolmentCode();
  const terminal = new TestTerminal(running);
  const other = new TestTerminal(running);
  const answer = await fetch(`${running.url}/v1/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      publicKey: Buffer.from(terminal.key.publicKey).toString('base64url'),
      request: Buffer.from(other.request('/v1/enrol', { code: 'AAAA', name: '' })).toString('base64url'),
    }),
  });
  expect(await problemOf(answer)).toBe('401 not-proved');
  expect((await terminal.enrol(code)).status).toBe(201);
});

test.each(['\n', '\x1b[2J', '\x9b', '\u2028'])(
  'a name with the control character %j is refused',
  async (control) => {
    const terminal = new TestTerminal(running);
    const code = await running.city.terminals.enrolmentCode();
    expect(await problemOf(await terminal.enrol(code, `Hall 3${control}`))).toBe('400 malformed');
    expect((await terminal.enrol(code, '三号厅 counter 2')).status).toBe(201);
  },
);

test('an unknown member in the body is malformed', async () => {
  const answer = await fetch(`${running.url}/v1/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ publicKey: 'AA', request: 'AA', admin: true }),
  });
  expect(await problemOf(answer)).toBe('400 malformed');
});

test('a body that is no JSON is malformed', async () => {
  const answer = await fetch(`${running.url}/v1/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  });
  expect(await problemOf(answer)).toBe('400 malformed');
});

test('one address that asks too often is told when to come again', async () => {
  const ask = () => fetch(`${running.url}/v1/enrol`, { method: 'POST' });
  for (let i = 0; i < ENROL_LIMIT.requests; i++) await (await ask()).text();
  const refused = await ask();
  expect(refused.headers.get('retry-after')).toBe('60');
  expect(await problemOf(refused)).toBe('429 too-many');
  running.clock.unixMs += ENROL_LIMIT.windowMs;
  expect((await ask()).status).toBe(400);
});

test('behind a proxy on this machine each address is counted for itself', async () => {
  await exhaust(() => '192.0.2.1');
  expect(await problemOf(await askFor('192.0.2.1'))).toBe('429 too-many');
  expect((await askFor('192.0.2.2')).status).toBe(400);
});

test('an address a client invents before the proxy’s word doesn’t count', async () => {
  await exhaust((i) => `198.51.100.${i}, 192.0.2.1`);
  expect(await problemOf(await askFor('203.0.113.9, 192.0.2.1'))).toBe('429 too-many');
});

async function exhaust(forwardedFor: (i: number) => string): Promise<void> {
  for (let i = 0; i < ENROL_LIMIT.requests; i++) await (await askFor(forwardedFor(i))).text();
}

async function askFor(forwardedFor: string): Promise<Response> {
  return await fetch(`${running.url}/v1/enrol`, {
    method: 'POST',
    headers: { 'x-forwarded-for': forwardedFor },
  });
}
