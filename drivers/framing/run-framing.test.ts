import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordFraming } from '../testing/framing-record.ts';
import type { Framing } from './framing.ts';
import { runFraming } from './run-framing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const PATIENCE_MS = 10;

/** Makes a code of what came before a silence; `.` needs no patience. */
const words: Framing<string> = {
  start: '',
  take: (state, chunk) => ({ state: state + Buffer.from(chunk).toString('latin1'), frames: [] }),
  patienceMs: (state) => (state === '' || state.endsWith('.') ? undefined : PATIENCE_MS),
  quiet: (state) => ({ state: '', frames: [{ name: 'code', bytes: Buffer.from(state), frames: 1 }] }),
  end: (state) => [{ name: 'discarded', why: 'unfinished', count: 1, bytes: Buffer.from(state), detail: '' }],
};

function run() {
  return recordFraming((onFrame) => runFraming(words, () => performance.now(), onFrame));
}

test('what a framing keeps is there at the next chunk', async () => {
  const { take, record } = run();
  await take('A');
  await take('B');
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  expect(record.codes).toEqual(['AB']);
});

test('a framing hears of a silence as long as its patience, counted from the last chunk', async () => {
  const { take, record } = run();
  await take('A');
  await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1);
  await take('B');
  await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1);
  expect(record.codes).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(record.codes).toEqual(['AB']);
});

test('a framing that waits for nothing hears of no silence', async () => {
  const { take, record } = run();
  await take('A');
  await take('.');
  await vi.advanceTimersByTimeAsync(100 * PATIENCE_MS);
  expect(record.codes).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a silence is heard of once', async () => {
  const { take, record } = run();
  await take('A');
  await vi.advanceTimersByTimeAsync(100 * PATIENCE_MS);
  expect(record.codes).toEqual(['A']);
});

test('at the end of the connection what is half read is discarded, and no timer is left', async () => {
  const { take, close, record } = run();
  await take('A');
  await close();
  expect(record).toMatchObject({ codes: [], discarded: [{ why: 'unfinished', bytes: 'A' }] });
  expect(vi.getTimerCount()).toBe(0);
});

test('a framing that is fed by its own frames finds its state settled', async () => {
  const codes: string[] = [];
  const running = runFraming(
    words,
    () => performance.now(),
    (frame) => {
      codes.push(Buffer.from(frame.bytes).toString('latin1'));
      if (codes.length === 1) running.take(Buffer.from('B'));
    },
  );
  running.take(Buffer.from('A'));
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  expect(codes).toEqual(['A', 'B']);
});
