import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROUTE } from '../licence/wire/route.ts';
import { openTerminalRequest } from '../licence/wire/terminal-request.ts';
import type { Fault } from './fault.ts';
import { HINT_SILENCE_MS, type Hint, listenForHints } from './hints.ts';
import { MAX_SSE_LINE } from './sse-parser.ts';
import { type Bench, openBench } from './testing/bench.ts';

let bench: Bench;
let listening: Promise<void> = Promise.resolve();
beforeEach(async () => {
  bench = await openBench();
});
afterEach(async () => {
  bench.stop.abort();
  await listening;
  await bench.close();
});

/** Listens until the test ends; what happens is handed out one by one. */
function listen(): () => Promise<Hint | Fault | 'opened'> {
  const queue: (Hint | Fault | 'opened')[] = [];
  let waiting: ((value: Hint | Fault | 'opened') => void) | undefined;
  const put = (value: Hint | Fault | 'opened'): void => {
    if (waiting) waiting(value);
    else queue.push(value);
    waiting = undefined;
  };
  listening = listenForHints(
    { ...bench, random: () => 0, opened: () => put('opened'), hint: put, failed: put },
    bench.signal,
  );
  return () => {
    const next = queue.shift();
    return next === undefined
      ? new Promise((resolve) => {
          waiting = resolve;
        })
      : Promise.resolve(next);
  };
}

test('a list, trust and report hint arrive', async () => {
  const next = listen();
  expect(await next()).toBe('opened');
  bench.city.hint('list', { uri: 'urn:a' });
  bench.city.hint('trust', {});
  bench.city.hint('report', {});
  expect([await next(), await next(), await next()]).toEqual([
    { kind: 'list', uri: 'urn:a' },
    { kind: 'trust' },
    { kind: 'report' },
  ]);
});

test('a list hint that names none means all', async () => {
  const next = listen();
  await next();
  bench.city.hint('list', { urn: 'a' });
  expect(await next()).toEqual({ kind: 'list', uri: 'all' });
});

test('hints of a later version are passed over', async () => {
  const next = listen();
  await next();
  bench.city.hint('dance', {});
  bench.city.hint('trust', {});
  expect(await next()).toEqual({ kind: 'trust' });
});

test('the listener proves itself', async () => {
  let authorization = '';
  bench.city.intercept = (request) => {
    authorization = request.headers.authorization ?? '';
    return false;
  };
  await listen()();
  const proof = new Uint8Array(Buffer.from(authorization.replace('COSE ', ''), 'base64url'));
  expect(openTerminalRequest(proof, ROUTE.changes, bench.key.publicKey, bench.verifier).ok).toBe(true);
});

test('a silent connection is given up and made anew', async () => {
  const next = listen();
  await next();
  bench.clock.advance(HINT_SILENCE_MS);
  expect(await next()).toMatchObject({ name: 'timeout' });
  bench.clock.advance(0);
  expect(await next()).toBe('opened');
});

test('an event without an end is given up', async () => {
  const next = listen();
  await next();
  bench.city.hint('x'.repeat(MAX_SSE_LINE + 1), {});
  expect(await next()).toMatchObject({ name: 'too-large' });
});
