import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CommandResult } from '../capabilities.ts';
import type { ScannerModule } from './module.ts';
import { MAX_MISSED_PINGS, PING_INTERVAL_MS, watchHealth } from './module-health.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const ANSWER: CommandResult = { ok: true, value: undefined };
const SILENCE: CommandResult = { ok: false, reason: 'no-answer', detail: '' };

/** Watches a module that gives these answers in turn, then is silent. */
function watch(answers: readonly CommandResult[]) {
  const left = [...answers];
  const silences: string[] = [];
  let asked = 0;
  const module: ScannerModule = {
    name: 'grow',
    pacing: { timeoutMs: 1, tries: 1, gapMs: 1 },
    capabilities: () => ({}),
    setUp: () => Promise.resolve({ ok: true, value: [] }),
    ping: () => {
      asked += 1;
      return Promise.resolve(left.shift() ?? SILENCE);
    },
  };
  const ask = () => Promise.reject(new Error('only the ping asks'));
  const stop = watchHealth(module, ask, (detail) => silences.push(detail));
  return { silences, stop, asked: () => asked };
}

const pings = (count: number) => vi.advanceTimersByTimeAsync(count * PING_INTERVAL_MS);

test('a module that answers is left in peace', async () => {
  const { silences } = watch(Array(10).fill(ANSWER));
  await pings(10);
  expect(silences).toEqual([]);
});

test('one that stops answering is reported once, after so many questions', async () => {
  const { silences, asked } = watch([ANSWER]);
  await pings(MAX_MISSED_PINGS);
  expect(silences).toEqual([]);
  await pings(10);
  expect(silences).toHaveLength(1);
  expect(asked()).toBe(1 + MAX_MISSED_PINGS);
});

test('an answer in between begins the count anew', async () => {
  const { silences } = watch([ANSWER, SILENCE, SILENCE, ANSWER, SILENCE, SILENCE, ANSWER]);
  await pings(7);
  expect(silences).toEqual([]);
});

test('one that never knew the question is never reported', async () => {
  const { silences } = watch([]);
  await pings(20);
  expect(silences).toEqual([]);
});

test('after stopping nothing is asked', async () => {
  const { stop, asked } = watch([ANSWER, ANSWER]);
  await pings(1);
  stop();
  await pings(5);
  expect(asked()).toBe(1);
});
