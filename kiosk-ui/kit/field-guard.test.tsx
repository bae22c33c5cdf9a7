import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { catchKeyboardBursts } from './catch-keyboard-bursts.ts';

const scans: string[] = [];
let stop: () => void;
let field: HTMLInputElement;
let clock: number;

beforeEach(() => {
  scans.length = 0;
  clock = 1000;
  field = document.createElement('input');
  document.body.append(field);
  stop = catchKeyboardBursts(window, 4096, {
    onScan: (text) => scans.push(text),
    onDropped: () => expect.unreachable(),
  });
});

afterEach(() => {
  stop();
  field.remove();
});

test('what a person types stays in the field and is no scan', () => {
  type('11010519491231002X', 90);
  press('Enter', 90);
  expect(field.value).toBe('11010519491231002X');
  expect(scans).toEqual([]);
});

test('fingers that roll over a few keys lose none of them', () => {
  type('abc', 15);
  type('def', 60);
  expect(field.value).toBe('abcdef');
});

test('a PIN known by heart is no scan', () => {
  type('493817', 55);
  expect(press('Enter', 55).defaultPrevented).toBe(false);
  expect([field.value, scans]).toEqual(['493817', []]);
});

test('a burst is a scan and leaves the field, its selection and whoever listens to it as they were', () => {
  const heard = vi.fn();
  field.addEventListener('input', () => heard(field.value));
  type('20', 120);
  field.setSelectionRange(1, 1);
  type('LZ1:ABCDEF', 12, 200);
  expect(press('Enter', 12).defaultPrevented).toBe(true);
  expect(scans).toEqual(['LZ1:ABCDEF']);
  expect([field.value, field.selectionStart]).toEqual(['20', 1]);
  expect(heard).toHaveBeenLastCalledWith('20');
});

test('a burst over selected text brings it back', () => {
  type('2026-17', 120);
  field.setSelectionRange(0, 7);
  type('LZ1:ABCDEF', 12, 200);
  press('Enter', 12);
  expect(field.value).toBe('2026-17');
});

test('Shift between the keys of a burst leaves nothing behind', () => {
  press('L', 200);
  press('Shift', 5);
  type('Z1:ABCDEF', 12);
  press('Enter', 12);
  expect([field.value, scans]).toEqual(['', ['LZ1:ABCDEF']]);
});

test('what an input method composes is left to it', () => {
  for (const key of 'pinyin') dispatch(key, 10, { isComposing: true });
  expect(scans).toEqual([]);
  expect(press('Enter', 10).defaultPrevented).toBe(false);
});

function type(text: string, gap: number, firstGap = gap): void {
  [...text].forEach((key, index) => {
    press(key, index === 0 ? firstGap : gap);
  });
}

/** One key as a browser handles it: what nobody prevents goes into the field. */
function press(key: string, gap: number): KeyboardEvent {
  const event = dispatch(key, gap);
  if (event.defaultPrevented || key.length > 1) return event;
  const start = field.selectionStart ?? field.value.length;
  field.value = field.value.slice(0, start) + key + field.value.slice(field.selectionEnd ?? start);
  field.setSelectionRange(start + 1, start + 1);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return event;
}

function dispatch(key: string, gap: number, more: KeyboardEventInit = {}): KeyboardEvent {
  clock += gap;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, 'timeStamp', { value: clock });
  field.dispatchEvent(event);
  return event;
}
