import { expect, test } from 'vitest';
import { HIS_ORIGIN, PHARMACY_ORIGIN } from '../../bridge/testing/demo-bridge.ts';
import { putOf, serveBridge } from '../../bridge/testing/serve-bridge.ts';
import {
  CLIENT_BURST,
  CLIENT_PER_SECOND,
  WRONG_TOKEN_BURST,
  WRONG_TOKENS_PER_SECOND,
} from './bridge-gate.ts';

const ROUTES = [
  ['GET', '/terminal'],
  ['GET', '/events'],
  ['GET', '/requests/request-1'],
  ['PUT', '/requests/request-1'],
  ['DELETE', '/requests/request-1'],
  ['POST', '/requests/request-1/acknowledgement'],
] as const;

test.for(ROUTES)('%s %s needs a token', async ([method, path]) => {
  const { ask } = await serveBridge();
  for (const token of [null, '', 'x', 'A'.repeat(43)]) {
    const answer = await ask(path, { method }, token);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(answer.body)).toEqual({
      type: 'about:blank',
      title: 'No client has this token',
      status: 401,
      code: 'unknown-token',
    });
  }
});

test.for(ROUTES)('%s %s is refused to a name that only resolves to this machine', async ([method, path]) => {
  const { ask } = await serveBridge();
  for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.'])
    expect((await ask(path, { method, headers: { host } })).status).toBe(403);
});

test.for(['https://evil.example', 'http://his.example', 'https://his.example:8443', 'null', '*'])(
  'a page of %s is refused, even with a good token, and may not read why',
  async (origin) => {
    const { ask } = await serveBridge();
    for (const path of ['/terminal', '/openapi.json', '/nothing']) {
      const answer = await ask(path, { headers: { origin } });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('foreign-origin');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  },
);

test('a page of its client may read the answer, and it alone', async () => {
  const { ask } = await serveBridge();
  const { status, headers } = await ask('/terminal', {
    headers: { origin: HIS_ORIGIN, 'sec-fetch-site': 'cross-site' },
  });
  expect(status).toBe(200);
  expect(headers['access-control-allow-origin']).toBe(HIS_ORIGIN);
  expect(headers.vary).toBe('Origin');
  expect(headers).not.toHaveProperty('access-control-allow-credentials');
});

test('a page of its client may read why it is refused', async () => {
  const { ask } = await serveBridge();
  const { status, headers } = await ask('/terminal', { headers: { origin: HIS_ORIGIN } }, 'wrong');
  expect([status, headers['access-control-allow-origin']]).toEqual([401, HIS_ORIGIN]);
});

test('the token of another client is of no use to a page', async () => {
  const { ask, his } = await serveBridge();
  const answer = await ask('/terminal', { headers: { origin: PHARMACY_ORIGIN } }, his);
  expect(answer.status).toBe(403);
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
});

test('a program without an Origin needs only the token', async () => {
  const { ask } = await serveBridge();
  const { status, headers } = await ask('/terminal');
  expect(status).toBe(200);
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test('a browser that asks first is told what a page of a client may do', async () => {
  const { ask } = await serveBridge();
  const answer = await ask('/requests/request-1', preflight(HIS_ORIGIN), null);
  expect(answer.status).toBe(204);
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': HIS_ORIGIN,
    'access-control-allow-methods': 'GET, PUT, POST, DELETE',
    'access-control-allow-headers': 'authorization, content-type, last-event-id',
    'access-control-allow-private-network': 'true',
    vary: 'Origin',
  });
});

test('a browser that asks for a foreign page is told nothing', async () => {
  const { ask } = await serveBridge();
  const answer = await ask('/requests/request-1', preflight('https://evil.example'), null);
  expect(answer.status).toBe(403);
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('a removed client’s pages are foreign at once', async () => {
  const { ask, clients } = await serveBridge();
  clients.remove('his');
  expect((await ask('/terminal')).status).toBe(401);
  expect((await ask('/terminal', { headers: { origin: HIS_ORIGIN } })).status).toBe(403);
});

test('a client past its rate is told when to come back, and another is not held up', async () => {
  const { ask, clock, pharmacy } = await serveBridge();
  for (let i = 0; i < CLIENT_BURST; i++) expect((await ask('/terminal')).status).toBe(200);
  const refused = await ask('/terminal');
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
  expect(refused.body).toContain('too-many');
  expect((await ask('/terminal', {}, pharmacy)).status).toBe(200);
  clock.advance(1000 / CLIENT_PER_SECOND);
  expect((await ask('/terminal')).status).toBe(200);
});

test('wrong tokens are slowed down, a right one never', async () => {
  const { ask, clock } = await serveBridge();
  for (let i = 0; i < WRONG_TOKEN_BURST; i++) expect((await ask('/terminal', {}, 'x')).status).toBe(401);
  const slowed = await ask('/terminal', {}, 'x');
  expect([slowed.status, slowed.headers['retry-after']]).toEqual([429, String(1 / WRONG_TOKENS_PER_SECOND)]);
  expect((await ask('/terminal')).status).toBe(200);
  clock.advance(1000 / WRONG_TOKENS_PER_SECOND);
  expect((await ask('/terminal', {}, 'x')).status).toBe(401);
});

test('no token is looked at after the body of its request: it is refused unread', async () => {
  const { ask } = await serveBridge();
  expect((await ask('/requests/request-1', putOf('{"caseNo":'), 'x')).status).toBe(401);
});

function preflight(origin: string) {
  return {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization,content-type',
      'access-control-request-private-network': 'true',
    },
  };
}
