import { expect, test } from 'vitest';
import { failed, type Outcome, succeeded } from './fault.ts';
import { TASK_GAP_MS, Task } from './task.ts';
import { TestClock } from './testing/test-clock.ts';

/** A task whose runs answer what stands in `outcomes`, then succeed. */
function bench(...outcomes: Outcome<void>[]) {
  const clock = new TestClock();
  const stop = new AbortController();
  const seen: string[] = [];
  const task = new Task<void>({
    clock,
    random: () => 0.5,
    run: async () => outcomes.shift() ?? succeeded(undefined),
    succeeded: () => seen.push('ok'),
    failed: (fault) => seen.push(fault.name),
  });
  /** Lets what is ready run. */
  const settle = async (ms = 0) => {
    clock.advance(ms);
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return { task, stop, seen, settle, loop: () => task.loop(stop.signal) };
}

test('a task runs when asked and not before', async () => {
  const { task, seen, settle, loop } = bench();
  void loop();
  await settle(10_000);
  expect(seen).toEqual([]);
  task.request();
  await settle();
  expect(seen).toEqual(['ok']);
});

test('a failure is tried again after its back-off, which grows', async () => {
  const offline = failed('offline', '');
  const { task, seen, settle, loop } = bench(offline, offline);
  void loop();
  task.request();
  await settle();
  await settle(499);
  expect(seen).toEqual(['offline']);
  await settle(1);
  await settle(999);
  expect(seen).toEqual(['offline', 'offline']);
  await settle(1);
  expect(seen).toEqual(['offline', 'offline', 'ok']);
});

test('asking again does not shorten a back-off', async () => {
  const busy: Outcome<void> = { ok: false, fault: { name: 'busy', detail: '', retryAfterMs: 60_000 } };
  const { task, seen, settle, loop } = bench(busy);
  void loop();
  task.request();
  await settle();
  task.request();
  await settle(60_499);
  expect(seen).toEqual(['busy']);
  await settle(1);
  expect(seen).toEqual(['busy', 'ok']);
});

test('a task that is asked for without end runs at most every 200 ms', async () => {
  const { task, seen, settle, loop } = bench();
  void loop();
  for (let ms = 0; ms < 10 * TASK_GAP_MS; ms++) {
    task.request();
    await settle(1);
  }
  expect(seen.length).toBeLessThanOrEqual(11);
  expect(seen.length).toBeGreaterThanOrEqual(9);
});

test('an exception is a fault, not the end', async () => {
  const clock = new TestClock();
  const task = new Task<void>({
    clock,
    random: () => 0,
    run: () => Promise.reject(new Error('disk I/O error')),
    succeeded: () => undefined,
    failed: () => undefined,
  });
  await task.attempt(new AbortController().signal);
  expect(task.fault?.name).toBe('crashed');
});

test('an abort ends the loop', async () => {
  const { stop, loop } = bench();
  const ended = loop();
  stop.abort();
  await expect(ended).resolves.toBeUndefined();
});
