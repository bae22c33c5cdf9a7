import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { recordFraming } from '../../testing/framing-record.ts';
import { splitsIntoThree, splitsIntoTwo } from '../../testing/splits.ts';
import { MAX_DISCARDED_SHOWN } from '../framing.ts';
import { runFraming } from '../run-framing.ts';
import { IDLE_GAP_MS, idleFraming } from './idle-framing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const BINARY_CODE = '\xd2\x84\r\n\x00 \xff\n';

function openFraming() {
  return recordFraming((onFrame) => runFraming(idleFraming, () => performance.now(), onFrame));
}

test('a gap ends a code, whose line ends are part of it', async () => {
  const { take, record } = openFraming();
  await take(BINARY_CODE);
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS - 1);
  expect(record.codes).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(record).toMatchObject({ codes: [BINARY_CODE], discarded: [] });
});

test('a code is the same wherever it is split in two or in three', async () => {
  for (const chunks of [...splitsIntoTwo(BINARY_CODE), ...splitsIntoThree(BINARY_CODE)]) {
    const { take, record } = openFraming();
    for (const chunk of chunks) {
      await take(chunk);
      await vi.advanceTimersByTimeAsync(IDLE_GAP_MS - 1);
    }
    await vi.advanceTimersByTimeAsync(1);
    expect(record).toMatchObject({ codes: [BINARY_CODE], discarded: [] });
  }
});

test('two codes with a gap between them are two', async () => {
  const { take, record } = openFraming();
  for (const code of ['ONE', 'TWO']) {
    await take(code);
    await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  }
  expect(record.codes).toEqual(['ONE', 'TWO']);
});

test('the longest code is read', async () => {
  const { take, record } = openFraming();
  await take('A'.repeat(MAX_SCAN_BYTES));
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  expect(record.codes).toEqual(['A'.repeat(MAX_SCAN_BYTES)]);
});

test('a longer one is dropped up to the gap and reported once, and the next code is read', async () => {
  const { take, record } = openFraming();
  for (let i = 0; i < 10; i++) await take('A'.repeat(1_000));
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  await take('NEXT');
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  expect(record).toMatchObject({
    codes: ['NEXT'],
    discarded: [{ why: 'too-long', count: 5_000, bytes: 'A'.repeat(MAX_DISCARDED_SHOWN) }],
  });
});

test('a process held up in the middle of a code does not cut it in two', async () => {
  let heldUpFor = 0;
  const { take, record } = recordFraming((onFrame) =>
    runFraming(idleFraming, () => performance.now() + heldUpFor, onFrame),
  );
  await take('FIRST-');
  heldUpFor = 10 * IDLE_GAP_MS;
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  await take('SECOND');
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  expect(record.codes).toEqual(['FIRST-SECOND']);
});

test('half a code is dropped and reported when the connection ends', async () => {
  const { take, close, record } = openFraming();
  await take('HALF');
  await close();
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  expect(record).toMatchObject({
    codes: [],
    discarded: [{ why: 'unfinished', count: 4, bytes: 'HALF' }],
  });
});

test('a connection that ends between two codes is no fault', async () => {
  const { take, close, record } = openFraming();
  await take('WHOLE');
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  await close();
  expect(record).toMatchObject({ codes: ['WHOLE'], discarded: [] });
});
