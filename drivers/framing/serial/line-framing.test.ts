import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { recordFraming } from '../../testing/framing-record.ts';
import { chunksOf, splitsIntoThree, splitsIntoTwo } from '../../testing/splits.ts';
import { MAX_DISCARDED_SHOWN } from '../framing.ts';
import { LINE_ENDS, LINE_ENDS_AND_TAB, LINE_STALL_MS, startLineFraming } from './line-framing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const TERMINATORS = { CR: '\r', LF: '\n', CRLF: '\r\n' };

/** What is reported of a line that is too long: the byte that was too many is the last that counts. */
const TOO_LONG = { why: 'too-long', count: MAX_SCAN_BYTES + 1, bytes: 'A'.repeat(MAX_DISCARDED_SHOWN) };

function openFraming(terminators = LINE_ENDS) {
  return recordFraming((onFrame) => startLineFraming(terminators, () => performance.now(), onFrame));
}

test.each(Object.entries(TERMINATORS))('codes ended by %s are read without it', async (_name, terminator) => {
  const { take, record } = openFraming();
  await take(`LZ1:6BF${terminator}LZ1:QED8WEX0${terminator}`);
  expect(record).toMatchObject({ codes: ['LZ1:6BF', 'LZ1:QED8WEX0'], discarded: [] });
});

test.each(Object.entries(TERMINATORS))(
  'a code ended by %s is the same code wherever it is split in two or in three',
  async (_name, terminator) => {
    const sent = `]Q1LZ1:6BF ${terminator}`;
    for (const chunks of [...splitsIntoTwo(sent), ...splitsIntoThree(sent)]) {
      const { take, record } = openFraming();
      for (const chunk of chunks) await take(chunk);
      expect(record).toMatchObject({ codes: [']Q1LZ1:6BF '], discarded: [] });
    }
  },
);

test.each(['\t', '\r', '\n', '\r\n'])('with Tab as a terminator too, %j ends a code', async (terminator) => {
  for (const chunks of splitsIntoTwo(`LZ1:6BF${terminator}LZ1:QED${terminator}`)) {
    const { take, record } = openFraming(LINE_ENDS_AND_TAB);
    for (const chunk of chunks) await take(chunk);
    expect(record).toMatchObject({ codes: ['LZ1:6BF', 'LZ1:QED'], discarded: [] });
  }
});

test('a Tab is part of a code where it is no terminator', async () => {
  const { take, record } = openFraming();
  await take('LZ1:\t6BF\r');
  expect(record.codes).toEqual(['LZ1:\t6BF']);
});

test('spaces and nulls around a code are part of it', async () => {
  const { take, record } = openFraming();
  await take(' \0LZ1:6BF \0\r');
  expect(record.codes).toEqual([' \0LZ1:6BF \0']);
});

test('a line that was given up does not reach into the next, even where its parser had it', async () => {
  const { take, record } = openFraming();
  await take('A'.repeat(MAX_SCAN_BYTES));
  await vi.advanceTimersByTimeAsync(LINE_STALL_MS);
  await take('A\r');
  expect(record.codes).toEqual(['A']);
});

test('a code is there at its CR, without waiting for a LF', async () => {
  const { take, record } = openFraming();
  await take('LZ1:6BF\r');
  expect(record.codes).toEqual(['LZ1:6BF']);
});

test('terminators alone make no code', async () => {
  const { take, record } = openFraming();
  await take('\r\n\n\r\r\n');
  expect(record).toMatchObject({ codes: [], discarded: [] });
});

test('every byte but the terminators comes through unchanged', async () => {
  const every = Buffer.from(
    Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10 && byte !== 13),
  );
  const { take, record } = openFraming();
  await take(`${every.toString('latin1')}\r`);
  expect(record.codes).toEqual([every.toString('latin1')]);
});

test('the longest code is read', async () => {
  const { take, record } = openFraming();
  await take(`${'A'.repeat(MAX_SCAN_BYTES)}\r`);
  expect(record).toMatchObject({ codes: ['A'.repeat(MAX_SCAN_BYTES)], discarded: [] });
});

test('a line of one byte more is dropped whole and reported once, and the next code is read', async () => {
  const { take, record } = openFraming();
  await take(`${'A'.repeat(MAX_SCAN_BYTES + 1)}\rNEXT\r`);
  expect(record).toMatchObject({ codes: ['NEXT'], discarded: [TOO_LONG] });
});

test('an endless line is reported as soon as it is too long, not at its end', async () => {
  const { take, record } = openFraming();
  for (let i = 0; i < 100; i++) await take('A'.repeat(1_000));
  expect(record).toMatchObject({ codes: [], discarded: [TOO_LONG] });
  await take('\nNEXT\n');
  expect(record.codes).toEqual(['NEXT']);
});

test('an unfinished line is given up after the stall time, and the next code is clean', async () => {
  const { take, record } = openFraming();
  await take('NOISE');
  await vi.advanceTimersByTimeAsync(LINE_STALL_MS);
  await take('LZ1:6BF\r');
  expect(record).toMatchObject({
    codes: ['LZ1:6BF'],
    discarded: [{ why: 'unfinished', count: 5, bytes: 'NOISE' }],
  });
});

test('a slow code is kept as long as its bytes keep coming', async () => {
  const { take, record } = openFraming();
  for (const byte of 'LZ1:6BF\r') {
    await vi.advanceTimersByTimeAsync(LINE_STALL_MS - 1);
    await take(byte);
  }
  expect(record).toMatchObject({ codes: ['LZ1:6BF'], discarded: [] });
});

test('half a code is dropped and reported when the connection ends', async () => {
  const { take, close, record } = openFraming();
  await take('WHOLE\rHALF');
  await close();
  expect(record).toMatchObject({
    codes: ['WHOLE'],
    discarded: [{ why: 'unfinished', count: 4, bytes: 'HALF' }],
  });
});

test('a connection that ends between two codes is no fault', async () => {
  const { take, close, record } = openFraming();
  await take('WHOLE\r');
  await close();
  expect(record.discarded).toEqual([]);
});

test('any bytes in any chunks give the lines between the terminators, each within the limit', async () => {
  const wire = fc.array(
    fc.oneof(fc.constantFrom('\r', '\n', 'A'.repeat(MAX_SCAN_BYTES), 'B'), fc.string({ unit: latin1 })),
  );
  await fc.assert(
    fc.asyncProperty(wire, fc.array(fc.nat(5_000)), async (parts, sizes) => {
      const sent = parts.join('');
      const lines = sent.split(/[\r\n]/).slice(0, -1);
      const { take, record } = openFraming();
      for (const chunk of chunksOf(sent, sizes)) await take(chunk);
      expect(record.codes).toEqual(lines.filter((line) => line.length > 0 && line.length <= MAX_SCAN_BYTES));
    }),
    { numRuns: 60 },
  );
});

const latin1 = fc.nat(255).map((byte) => String.fromCharCode(byte));
