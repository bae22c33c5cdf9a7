import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PULSE_MS, ReceiptClock } from './receipt-clock.ts';

let heldUpFor: number;
let receipts: ReceiptClock;

beforeEach(() => {
  vi.useFakeTimers();
  heldUpFor = 0;
  receipts = new ReceiptClock(() => performance.now() + heldUpFor);
});

afterEach(() => {
  receipts.close();
  vi.useRealTimers();
});

test('in a process that runs, bytes came in when they are read', async () => {
  await vi.advanceTimersByTimeAsync(10 * PULSE_MS + 7);
  expect(receipts.receivedAt()).toBe(performance.now());
});

test('what is read first after the process stood still may be as old as its last sign of life', async () => {
  await vi.advanceTimersByTimeAsync(PULSE_MS);
  const alive = performance.now();
  heldUpFor = 60_000;
  expect(receipts.receivedAt()).toBe(alive);
});

test('so is what is read just after the timers caught up', async () => {
  await vi.advanceTimersByTimeAsync(PULSE_MS);
  const alive = performance.now();
  heldUpFor = 60_000;
  await vi.advanceTimersByTimeAsync(PULSE_MS);
  expect(receipts.receivedAt()).toBe(alive);
});

test('soon after it runs again, bytes came in when they are read', async () => {
  heldUpFor = 60_000;
  await vi.advanceTimersByTimeAsync(2 * PULSE_MS);
  expect(receipts.receivedAt()).toBe(performance.now() + heldUpFor);
});
