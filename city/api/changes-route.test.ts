import { afterEach, beforeEach, expect, test } from 'vitest';
import { type City, openCity } from '../city.ts';
import { type ChangeListener, listenToChanges } from '../testing/listen-to-changes.ts';
import { problemOf } from '../testing/problem-code.ts';
import { runCity } from '../testing/run-city.ts';
import { startTestCity, TEST_ISSUER, type TestCity } from '../testing/start-test-city.ts';
import { TestTerminal } from '../testing/test-terminal.ts';

let running: TestCity;
let terminal: TestTerminal;
let cti: Uint8Array;
beforeEach(async () => {
  running = await startTestCity(async (city) => {
    await city.issuers.define({ ...TEST_ISSUER, suspends: true });
    cti = await issue(city);
  });
  terminal = await TestTerminal.enrolled(running);
});
afterEach(() => running.close());

const LIST_HINT = 'event: list\ndata: {"uri":"urn:lz:health:1"}';

test('a revocation made by another process reaches the stream', async () => {
  await using listener = await listen();
  const ran = await runCity(running.data, 'revoke', 'MI-1');
  expect(ran).toMatchObject({ code: 0, stdout: 'revoked 1 licence\n' });
  expect(await listener.next()).toBe(LIST_HINT);
});

test('a suspension made by another process reaches the stream', async () => {
  await using listener = await listen();
  const ran = await runCity(running.data, 'suspend', 'MI-1');
  expect(ran).toMatchObject({ code: 0, stdout: 'suspended 1 licence\n' });
  expect(await listener.next()).toBe(LIST_HINT);
});

test('a revocation made over another connection reaches the stream', async () => {
  await using listener = await listen();
  const other = await openCity({ data: running.data, clock: running.clock });
  await other.states.change(cti, 'revoke');
  await other.close();
  expect(await listener.next()).toBe(LIST_HINT);
});

test('new trust metadata is hinted at', async () => {
  await using listener = await listen();
  await running.city.issuers.define({ ...TEST_ISSUER, slug: 'housing', iss: 'urn:test:housing' });
  expect(await listener.next()).toBe('event: trust\ndata: {}');
});

test('a call for reports is hinted at, and nothing from before the server began', async () => {
  // the issuer above was published before
  await using listener = await listen();
  await running.city.terminals.askForReports();
  expect(await listener.next()).toBe('event: report\ndata: {}');
});

test('a terminal has one stream: the newest takes the place of the older', async () => {
  await using older = await listen();
  const cutOff = expect(older.next()).rejects.toThrow('terminated');
  await using newest = await listen();
  await cutOff;
  await running.city.terminals.askForReports();
  expect(await newest.next()).toBe('event: report\ndata: {}');
});

test('one terminal’s stream leaves another’s alone', async () => {
  await using mine = await listen();
  await using other = await listen(await TestTerminal.enrolled(running));
  await running.city.terminals.askForReports();
  const hint = 'event: report\ndata: {}';
  expect([await mine.next(), await other.next()]).toEqual([hint, hint]);
});

test('stopping the server ends open streams', async () => {
  const stopping = await startTestCity();
  const listener = await listenToChanges(stopping, await TestTerminal.enrolled(stopping));
  const ended = listener.next();
  await stopping.close();
  expect(await ended).toBeUndefined();
});

test('without authorization there is no stream', async () => {
  expect(await problemOf(await fetch(`${running.url}/v1/changes`))).toBe('401 not-proved');
});

test('a stream’s request can’t be used twice', async () => {
  const authorization = `COSE ${Buffer.from(terminal.request('/v1/changes')).toString('base64url')}`;
  const open = () => fetch(`${running.url}/v1/changes`, { headers: { authorization } });
  const first = await open();
  expect(await problemOf(await open())).toBe('409 replayed');
  await first.body?.cancel();
});

async function listen(who = terminal): Promise<ChangeListener & AsyncDisposable> {
  const listener = await listenToChanges(running, who);
  return { ...listener, [Symbol.asyncDispose]: async () => listener.close() };
}

async function issue(city: City): Promise<Uint8Array> {
  const issued = await city.licences.issue({
    iss: TEST_ISSUER.iss,
    kind: 'medical-insurance',
    sub: 'MI-1',
    fields: new Map(),
    exp: Math.floor(city.clock.now() / 1000) + 86_400,
  });
  if (!issued.ok) throw new Error(issued.fault);
  return issued.issued.licence.cti;
}
