import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_HEALTH_BYTES } from '../../licence/wire/terminal-request.ts';
import { problemOf } from '../testing/problem-code.ts';
import { startTestCity, type TestCity } from '../testing/start-test-city.ts';
import { TestTerminal } from '../testing/test-terminal.ts';
import { MAX_HEALTH_DEPTH, NEXT_POLL } from './report-route.ts';

let running: TestCity;
let terminal: TestTerminal;
beforeEach(async () => {
  running = await startTestCity();
  terminal = await TestTerminal.enrolled(running);
});
afterEach(() => running.close());

const ROUTE = '/v1/report';
const REPORT = {
  version: '0.1.0',
  clockOffsetMs: -12,
  queue: 3,
  trust: null,
  lists: [{ uri: 'urn:x', iat: 5 }],
};

test('a report is kept and answered with the next window', async () => {
  const answer = await terminal.post(ROUTE, terminal.request(ROUTE, REPORT));
  expect(await answer.json()).toEqual({ nextPoll: NEXT_POLL });
  const [held] = await running.city.terminals.list();
  expect(JSON.parse(held?.report ?? '')).toEqual(REPORT);
  expect(held?.reported_at).toBe(running.clock.unixMs);
});

test.each([301, -301])('a request %i s off is told to look at its clock', async (off) => {
  const request = terminal.request(ROUTE, REPORT, off);
  expect(await problemOf(await terminal.post(ROUTE, request))).toBe('401 clock');
});

test('a request at the edge of the window is taken', async () => {
  expect((await terminal.post(ROUTE, terminal.request(ROUTE, REPORT, -299))).status).toBe(200);
});

test('a request sent again is replayed', async () => {
  const request = terminal.request(ROUTE, REPORT);
  await terminal.post(ROUTE, request);
  expect(await problemOf(await terminal.post(ROUTE, request))).toBe('409 replayed');
});

test('a request stays replayed as long as its iat could be taken, pruning or not', async () => {
  const request = terminal.request(ROUTE, REPORT, 300);
  await terminal.post(ROUTE, request);
  running.clock.unixMs += 599_000;
  await running.city.requests.prune();
  expect(await problemOf(await terminal.post(ROUTE, request))).toBe('409 replayed');
});

test('a request made for another route is malformed', async () => {
  const request = terminal.request('/v1/changes', REPORT);
  expect(await problemOf(await terminal.post(ROUTE, request))).toBe('400 malformed');
});

test('a terminal that never enrolled is unknown', async () => {
  const stranger = new TestTerminal(running);
  expect(await problemOf(await stranger.post(ROUTE, stranger.request(ROUTE, REPORT)))).toBe(
    '401 unknown-terminal',
  );
});

test('a request changed on the way is not proved', async () => {
  const request = terminal.request(ROUTE, REPORT);
  request[request.length - 1] = (request[request.length - 1] ?? 0) ^ 1;
  expect(await problemOf(await terminal.post(ROUTE, request))).toBe('401 not-proved');
});

test('a report with an unknown member is malformed', async () => {
  const request = terminal.request(ROUTE, { ...REPORT, holder: '张三' });
  expect(await problemOf(await terminal.post(ROUTE, request))).toBe('400 malformed');
});

test('a media type the route does not take is refused', async () => {
  const answer = await fetch(running.url + ROUTE, {
    method: 'POST',
    headers: { 'content-type': 'text/html' },
    body: 'x',
  });
  expect(await problemOf(answer)).toBe('415 media-type');
});

test("the terminal's account of its health is kept as it came", async () => {
  const report = {
    ...REPORT,
    health: { version: 1, scanners: [{ id: 'auto:', state: 'ready' }], cause: null },
  };
  await terminal.post(ROUTE, terminal.request(ROUTE, report));
  const [held] = await running.city.terminals.list();
  expect(JSON.parse(held?.report ?? '')).toEqual(report);
});

test.for<[string, unknown]>([
  ['no object', 'well'],
  ['too large', { notes: 'x'.repeat(MAX_HEALTH_BYTES) }],
  ['too deep', nested(MAX_HEALTH_DEPTH + 1)],
  ['so deep that no stack holds it', nested(3000)],
])('a health document that is %s is malformed', async ([, health]) => {
  const request = terminal.request(ROUTE, { ...REPORT, health });
  expect(await problemOf(await terminal.post(ROUTE, request))).toBe('400 malformed');
});

test('a health document as deep as may be is taken', async () => {
  const request = terminal.request(ROUTE, { ...REPORT, health: nested(MAX_HEALTH_DEPTH) });
  expect((await terminal.post(ROUTE, request)).status).toBe(200);
});

/** Objects in objects, so many levels of them. */
function nested(levels: number): object {
  let value = {};
  for (let i = 1; i < levels; i++) value = { a: value };
  return value;
}
