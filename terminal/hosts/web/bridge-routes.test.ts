import { expect, test, vi } from 'vitest';
import { requestAnswer, terminalAnswer } from '../../bridge/api-schemas.ts';
import { bridgeOpenApi } from '../../bridge/openapi.ts';
import {
  demoHandOn,
  HOLDER_NAME,
  receiverOf,
  rejectedVerdict,
  SERVICE,
} from '../../bridge/testing/demo-bridge.ts';
import { openEvents, putOf, serveBridge } from '../../bridge/testing/serve-bridge.ts';
import { MAX_BRIDGE_BODY_BYTES } from './bridge-routes.ts';

const BODY = { businessType: '01301', caseNo: 'MZ-2026-0001' };
const REQUEST = '/requests/request-1';

test('the terminal says who it is', async () => {
  const { ask } = await serveBridge();
  const answer = terminalAnswer.parse(JSON.parse((await ask('/terminal')).body));
  expect(answer).toMatchObject({ service: SERVICE, inService: true, publicKey: { kid: answer.terminal } });
});

test('from asking to acknowledging', async () => {
  const { ask, bridge } = await serveBridge();
  const opened = await ask(REQUEST, putOf(BODY));
  expect([opened.status, requestAnswer.parse(JSON.parse(opened.body))]).toEqual([
    201,
    { id: 'request-1', state: 'waiting', expiresInSeconds: 120 },
  ]);
  bridge.handOn(receiverOf(bridge), demoHandOn());
  const known = await ask(REQUEST, putOf(BODY));
  expect([known.status, requestAnswer.parse(JSON.parse(known.body))]).toEqual([
    200,
    { id: 'request-1', state: 'handed-on', receipt: expect.any(String) },
  ]);
  expect((await ask(REQUEST)).body).toBe(known.body);
  for (let i = 0; i < 2; i++)
    expect((await ask(`${REQUEST}/acknowledgement`, { method: 'POST' })).status).toBe(204);
  expect(JSON.parse((await ask(REQUEST)).body)).toEqual({ id: 'request-1', state: 'handed-on' });
});

test('a second request, and another one under the same id, are conflicts with codes of their own', async () => {
  const { ask } = await serveBridge();
  await ask(REQUEST, putOf(BODY));
  expect(codeOf(await ask('/requests/request-2', putOf(BODY)))).toEqual([409, 'busy']);
  expect(codeOf(await ask(REQUEST, putOf({ ...BODY, caseNo: 'other' })))).toEqual([409, 'request-differs']);
});

test('cancelling answers with how the request is now', async () => {
  const { ask } = await serveBridge();
  await ask(REQUEST, putOf(BODY));
  for (let i = 0; i < 2; i++) {
    const answer = await ask(REQUEST, { method: 'DELETE' });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { id: 'request-1', state: 'cancelled' }]);
  }
});

test('what was handed on can’t be cancelled, what waits can’t be acknowledged', async () => {
  const { ask, bridge } = await serveBridge();
  await ask(REQUEST, putOf(BODY));
  expect(codeOf(await ask(`${REQUEST}/acknowledgement`, { method: 'POST' }))).toEqual([409, 'not-handed-on']);
  bridge.handOn(receiverOf(bridge), demoHandOn());
  expect(codeOf(await ask(REQUEST, { method: 'DELETE' }))).toEqual([409, 'handed-on']);
});

test.for([
  ['GET', '/requests/unknown-1'],
  ['DELETE', '/requests/unknown-1'],
  ['POST', '/requests/unknown-1/acknowledgement'],
  ['GET', '/requests/short'],
  ['GET', '/nothing'],
  ['HEAD', '/events'],
] as const)('%s %s: there is nothing', async ([method, path]) => {
  const { ask } = await serveBridge();
  expect((await ask(path, { method })).status).toBe(404);
});

test.for([
  ['no JSON', '{'],
  ['nothing', ''],
  ['no object', '[]'],
  ['a further key', `{"${HOLDER_NAME}":1}`],
  ['a prototype', '{"__proto__":{}}'],
  ['a case number of another type', '{"caseNo":1}'],
  ['a case number that turns its writing', `{"caseNo":"${HOLDER_NAME}\u202e"}`],
  ['a case number with a line break', `{"caseNo":"${HOLDER_NAME}\\n"}`],
  ['a case number of 65 characters', `{"caseNo":"${'张'.repeat(65)}"}`],
  ['a business type that is none', `{"businessType":"${HOLDER_NAME}"}`],
  ['a matter that is none', `{"matter":"${HOLDER_NAME}"}`],
  ['a time longer than ten minutes', '{"expiresInSeconds":601}'],
  ['a time in fractions', '{"expiresInSeconds":10.5}'],
] as const)('a request that is %s is refused, without a word of it in the answer', async ([, body]) => {
  const { ask, told } = await serveBridge();
  const answer = await ask(REQUEST, putOf(body));
  expect(codeOf(answer)).toEqual([400, 'malformed']);
  expect(answer.body).not.toMatch(/张/);
  expect(told).toEqual([]);
});

test('a refusal names the key and the rule', async () => {
  const { ask } = await serveBridge();
  const answer = await ask(REQUEST, putOf({ caseNo: 1, expiresInSeconds: 601 }));
  expect(JSON.parse(answer.body).detail).toBe('caseNo: invalid_type, expiresInSeconds: too_big');
});

test.for(['short', 'with_underscore', 'a'.repeat(65), '%E5%BC%A0%E5%BC%A0%E5%BC%A0%E5%BC%A0'])(
  'an id that is none is refused (%s)',
  async (id) => {
    const { ask } = await serveBridge();
    expect(codeOf(await ask(`/requests/${id}`, putOf(BODY)))).toEqual([400, 'malformed']);
  },
);

test('a body past the limit is refused unread', async () => {
  const { ask } = await serveBridge();
  const body = `{"caseNo":"${'A'.repeat(MAX_BRIDGE_BODY_BYTES)}"}`;
  expect(codeOf(await ask(REQUEST, putOf(body)))).toEqual([413, 'too-large']);
});

test('what a form of a page can send is no request', async () => {
  const { ask } = await serveBridge();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    const answer = await ask(REQUEST, putOf(JSON.stringify(BODY), { 'content-type': type }));
    expect(codeOf(answer)).toEqual([415, 'media-type']);
  }
});

test('a fault of the terminal is told as such, without its message', async () => {
  const { ask, terminal } = await serveBridge();
  Object.defineProperty(terminal, 'service', {
    get: () => {
      throw new Error(HOLDER_NAME);
    },
  });
  const answer = await ask('/terminal');
  expect(codeOf(answer)).toEqual([500, 'internal']);
  expect(answer.body).not.toContain(HOLDER_NAME);
});

test('nothing of it is to be cached', async () => {
  const { ask } = await serveBridge();
  expect((await ask('/terminal')).headers['cache-control']).toBe('no-store');
});

test('document, client and sample page need no token', async () => {
  const { ask } = await serveBridge();
  const openApi = await ask('/openapi.json', {}, null);
  expect(JSON.parse(openApi.body)).toEqual(JSON.parse(JSON.stringify(bridgeOpenApi())));
  for (const [path, type, text] of [
    ['/liangzheng-bridge.js', 'text/javascript; charset=utf-8', 'export function connect'],
    ['/sample', 'text/html; charset=utf-8', 'src="sample.js"'],
    ['/sample.js', 'text/javascript; charset=utf-8', "from './liangzheng-bridge.js'"],
  ] as const) {
    const answer = await ask(path, {}, null);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
    expect(answer.body).toContain(text);
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
  }
});

test('a listener gets the state, then what happens, each with its id', async () => {
  const served = await serveBridge();
  const stream = await openEvents(served);
  expect(stream.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  served.bridge.verdict(rejectedVerdict(), SERVICE);
  await vi.waitFor(() => expect(stream.text()).toContain('event: verdict'));
  expect(stream.text()).toMatch(
    /^retry: 1000\n\nid: [0-9a-f]{8}-0\nevent: state\ndata: \{.*\}\n\nid: [0-9a-f]{8}-1\nevent: verdict\ndata: \{.*\}\n\n$/,
  );
});

test('a listener that was cut off goes on where it was', async () => {
  const served = await serveBridge();
  served.bridge.verdict(rejectedVerdict(1), SERVICE);
  served.bridge.verdict(rejectedVerdict(2), SERVICE);
  const all = await openEvents(served, { 'last-event-id': '00000000-0' });
  await vi.waitFor(() => expect(all.text()).toContain('event: state'));
  const [first = '', second, place] = idsIn(all.text());
  const rest = await openEvents(served, { 'last-event-id': first });
  await vi.waitFor(() => expect(idsIn(rest.text())).toEqual([second, place]));
  expect(place).toBe(second);
});

test('a Last-Event-ID that is none is refused', async () => {
  const { ask } = await serveBridge();
  const answer = await ask('/events', { headers: { 'last-event-id': HOLDER_NAME.length.toString() } });
  expect(codeOf(answer)).toEqual([400, 'malformed']);
});

test('a listener that left is no receiver any more', async () => {
  const served = await serveBridge();
  await openEvents(served);
  expect(served.bridge.receiverFor(SERVICE)).toEqual({ client: 'his' });
  await served.restart();
  await vi.waitFor(() => expect(served.bridge.receiverFor(SERVICE)).toBeUndefined());
});

test('a removed client’s stream ends', async () => {
  const served = await serveBridge();
  const stream = await openEvents(served);
  served.clients.remove('his');
  await vi.waitFor(() => expect(stream.ended()).toBe(true));
});

function codeOf({ status, body }: { readonly status: number; readonly body: string }): [number, string] {
  return [status, JSON.parse(body).code];
}

function idsIn(text: string): string[] {
  return [...text.matchAll(/^id: (.*)$/gm)].map(([, id = '']) => id);
}
