import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { QuietTimer } from './quiet-timer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const QUIET_MS = 10;

function startTimer(heldUpForMs = () => 0) {
  const onQuiet = vi.fn();
  const timer = new QuietTimer(() => performance.now() + heldUpForMs(), onQuiet);
  return { timer, onQuiet };
}

test('it calls back once, as long after the last byte as that one said', async () => {
  const { timer, onQuiet } = startTimer();
  timer.heard(QUIET_MS);
  await vi.advanceTimersByTimeAsync(QUIET_MS - 1);
  timer.heard(2 * QUIET_MS);
  await vi.advanceTimersByTimeAsync(2 * QUIET_MS - 1);
  expect(onQuiet).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100 * QUIET_MS);
  expect(onQuiet).toHaveBeenCalledOnce();
});

test('cancelled, it does not call back', async () => {
  const { timer, onQuiet } = startTimer();
  timer.heard(QUIET_MS);
  timer.cancel();
  await vi.advanceTimersByTimeAsync(100 * QUIET_MS);
  expect(onQuiet).not.toHaveBeenCalled();
});

test('where it fires late it waits once more, for bytes may be waiting unread', async () => {
  let heldUpForMs = 0;
  const { timer, onQuiet } = startTimer(() => heldUpForMs);
  timer.heard(QUIET_MS);
  heldUpForMs = 10 * QUIET_MS;
  await vi.advanceTimersByTimeAsync(QUIET_MS);
  expect(onQuiet).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(QUIET_MS);
  expect(onQuiet).toHaveBeenCalledOnce();
});
