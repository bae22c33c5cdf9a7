import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTimeAnswer } from '../../licence/wire/time-answer.ts';
import { problemOf } from '../testing/problem-code.ts';
import { startTestCity, type TestCity } from '../testing/start-test-city.ts';

let running: TestCity;
beforeEach(async () => {
  running = await startTestCity();
});
afterEach(() => running.close());

const ID = new Uint8Array(16).fill(7);

test('the answer carries the city’s time and the id of the request', async () => {
  const answer = await ask(ID);
  const opened = openTimeAnswer(
    await answer.bytes(),
    ID,
    [running.city.keys.city.publicKey],
    running.city.verifier,
  );
  expect(opened).toEqual({ ok: true, value: { requestId: ID, unixMs: running.clock.unixMs } });
});

test('an answer does not open for another request', async () => {
  const other = new Uint8Array(16).fill(8);
  const answer = await (await ask(ID)).bytes();
  const opened = openTimeAnswer(answer, other, [running.city.keys.city.publicKey], running.city.verifier);
  expect(opened.ok).toBe(false);
});

test('an id of another length is malformed', async () => {
  expect(await problemOf(await ask(ID.subarray(1)))).toBe('400 malformed');
});

test('a longer body is refused before it is read', async () => {
  expect(await problemOf(await ask(new Uint8Array(17)))).toBe('413 too-large');
});

async function ask(id: Uint8Array): Promise<Response> {
  return await fetch(`${running.url}/v1/time`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Uint8Array.from(id),
  });
}
