import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { catchKeyboardBursts, FLUSH_AFTER_MS } from './catch-keyboard-bursts.ts';

const scans: string[] = [];
const dropped: number[] = [];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  scans.length = 0;
  dropped.length = 0;
  stop = catchKeyboardBursts(window, 20, {
    onScan: (text) => scans.push(text),
    onDropped: (length) => dropped.push(length),
  });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

test('a burst typed into the page is handed over, and its Enter presses nothing', () => {
  type('LZ1:ABC');
  expect(press('Enter').defaultPrevented).toBe(true);
  expect(scans).toEqual(['LZ1:ABC']);
});

test('a burst without terminator is handed over after the idle time', () => {
  type('LZ1:ABC');
  vi.advanceTimersByTime(FLUSH_AFTER_MS);
  expect(scans).toEqual(['LZ1:ABC']);
});

test('a key that a person holds down is no burst', () => {
  for (let count = 0; count < 30; count += 1) press('a', { repeat: true });
  vi.advanceTimersByTime(FLUSH_AFTER_MS);
  expect(scans).toEqual([]);
});

test('shortcuts are left alone', () => {
  expect(press('r', { ctrlKey: true }).defaultPrevented).toBe(false);
});

test('a burst longer than any code is reported, not handed over', () => {
  type('A'.repeat(30));
  press('Enter');
  expect([scans, dropped]).toEqual([[], [30]]);
});

test('nothing is heard after stopping', () => {
  stop();
  type('LZ1:ABC');
  press('Enter');
  expect(scans).toEqual([]);
});

function type(text: string): void {
  for (const key of text) press(key);
}

function press(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  document.body.dispatchEvent(event);
  return event;
}
