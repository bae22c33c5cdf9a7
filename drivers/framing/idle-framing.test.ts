import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_SCAN_BYTES } from '../scanner.ts';
import { recordFraming } from '../testing/framing-record.ts';
import { splitsIntoThree, splitsIntoTwo } from '../testing/splits.ts';
import { IDLE_GAP_MS, startIdleFraming } from './idle-framing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const BINARY_CODE = '\xd2\x84\r\n\x00 \xff\n';

function openFraming() {
  return recordFraming((output) => startIdleFraming(output, () => performance.now()));
}

test('a gap ends a code, whose line ends are part of it', async () => {
  const { take, record } = openFraming();
  await take(BINARY_CODE);
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS - 1);
  expect(record.frames).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(record).toEqual({ frames: [BINARY_CODE], faults: [] });
});

test('a code is the same wherever it is split in two or in three', async () => {
  for (const chunks of [...splitsIntoTwo(BINARY_CODE), ...splitsIntoThree(BINARY_CODE)]) {
    const { take, record } = openFraming();
    for (const chunk of chunks) {
      await take(chunk);
      await vi.advanceTimersByTimeAsync(IDLE_GAP_MS - 1);
    }
    await vi.advanceTimersByTimeAsync(1);
    expect(record).toEqual({ frames: [BINARY_CODE], faults: [] });
  }
});

test('two codes with a gap between them are two', async () => {
  const { take, record } = openFraming();
  for (const code of ['ONE', 'TWO']) {
    await take(code);
    await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  }
  expect(record.frames).toEqual(['ONE', 'TWO']);
});

test('the longest code is read', async () => {
  const { take, record } = openFraming();
  await take('A'.repeat(MAX_SCAN_BYTES));
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  expect(record.frames).toEqual(['A'.repeat(MAX_SCAN_BYTES)]);
});

test('a longer one is dropped up to the gap and reported once, and the next code is read', async () => {
  const { take, record } = openFraming();
  for (let i = 0; i < 10; i++) await take('A'.repeat(1_000));
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  await take('NEXT');
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  expect(record).toEqual({ frames: ['NEXT'], faults: ['too-long'] });
});

test('a process held up in the middle of a code does not cut it in two', async () => {
  let heldUpFor = 0;
  const { take, record } = recordFraming((output) =>
    startIdleFraming(output, () => performance.now() + heldUpFor),
  );
  await take('FIRST-');
  heldUpFor = 10 * IDLE_GAP_MS;
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  await take('SECOND');
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  expect(record.frames).toEqual(['FIRST-SECOND']);
});

test('half a code is dropped and reported when the connection ends', async () => {
  const { take, close, record } = openFraming();
  await take('HALF');
  await close();
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  expect(record).toEqual({ frames: [], faults: ['discarded-bytes'] });
});

test('a connection that ends between two codes is no fault', async () => {
  const { take, close, record } = openFraming();
  await take('WHOLE');
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  await close();
  expect(record).toEqual({ frames: ['WHOLE'], faults: [] });
});
