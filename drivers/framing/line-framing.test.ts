import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_SCAN_BYTES } from '../scanner.ts';
import { recordFraming } from '../testing/framing-record.ts';
import { chunksOf, splitsIntoThree, splitsIntoTwo } from '../testing/splits.ts';
import { LINE_STALL_MS, startLineFraming } from './line-framing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const TERMINATORS = { CR: '\r', LF: '\n', CRLF: '\r\n' };

function openFraming() {
  return recordFraming((output) => startLineFraming(output, () => performance.now()));
}

test.each(Object.entries(TERMINATORS))('codes ended by %s are read without it', async (_name, terminator) => {
  const { take, record } = openFraming();
  await take(`LZ1:6BF${terminator}LZ1:QED8WEX0${terminator}`);
  expect(record).toEqual({ frames: ['LZ1:6BF', 'LZ1:QED8WEX0'], faults: [] });
});

test.each(Object.entries(TERMINATORS))(
  'a code ended by %s is the same code wherever it is split in two or in three',
  async (_name, terminator) => {
    const sent = `]Q1LZ1:6BF ${terminator}`;
    for (const chunks of [...splitsIntoTwo(sent), ...splitsIntoThree(sent)]) {
      const { take, record } = openFraming();
      for (const chunk of chunks) await take(chunk);
      expect(record).toEqual({ frames: [']Q1LZ1:6BF '], faults: [] });
    }
  },
);

test('a code is there at its CR, without waiting for a LF', async () => {
  const { take, record } = openFraming();
  await take('LZ1:6BF\r');
  expect(record.frames).toEqual(['LZ1:6BF']);
});

test('terminators alone make no code', async () => {
  const { take, record } = openFraming();
  await take('\r\n\n\r\r\n');
  expect(record).toEqual({ frames: [], faults: [] });
});

test('every byte but the terminators comes through unchanged', async () => {
  const every = Buffer.from(
    Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10 && byte !== 13),
  );
  const { take, record } = openFraming();
  await take(`${every.toString('latin1')}\r`);
  expect(record.frames).toEqual([every.toString('latin1')]);
});

test('the longest code is read', async () => {
  const { take, record } = openFraming();
  await take(`${'A'.repeat(MAX_SCAN_BYTES)}\r`);
  expect(record).toEqual({ frames: ['A'.repeat(MAX_SCAN_BYTES)], faults: [] });
});

test('a line of one byte more is dropped whole and reported once, and the next code is read', async () => {
  const { take, record } = openFraming();
  await take(`${'A'.repeat(MAX_SCAN_BYTES + 1)}\rNEXT\r`);
  expect(record).toEqual({ frames: ['NEXT'], faults: ['too-long'] });
});

test('an endless line is reported as soon as it is too long, not at its end', async () => {
  const { take, record } = openFraming();
  for (let i = 0; i < 100; i++) await take('A'.repeat(1_000));
  expect(record).toEqual({ frames: [], faults: ['too-long'] });
  await take('\nNEXT\n');
  expect(record.frames).toEqual(['NEXT']);
});

test('an unfinished line is given up after the stall time, and the next code is clean', async () => {
  const { take, record } = openFraming();
  await take('NOISE');
  await vi.advanceTimersByTimeAsync(LINE_STALL_MS);
  await take('LZ1:6BF\r');
  expect(record).toEqual({ frames: ['LZ1:6BF'], faults: ['discarded-bytes'] });
});

test('a slow code is kept as long as its bytes keep coming', async () => {
  const { take, record } = openFraming();
  for (const byte of 'LZ1:6BF\r') {
    await vi.advanceTimersByTimeAsync(LINE_STALL_MS - 1);
    await take(byte);
  }
  expect(record).toEqual({ frames: ['LZ1:6BF'], faults: [] });
});

test('half a code is dropped and reported when the connection ends', async () => {
  const { take, close, record } = openFraming();
  await take('WHOLE\rHALF');
  await close();
  expect(record).toEqual({ frames: ['WHOLE'], faults: ['discarded-bytes'] });
});

test('a connection that ends between two codes is no fault', async () => {
  const { take, close, record } = openFraming();
  await take('WHOLE\r');
  await close();
  expect(record.faults).toEqual([]);
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
      expect(record.frames).toEqual(lines.filter((line) => line.length > 0 && line.length <= MAX_SCAN_BYTES));
    }),
    { numRuns: 60 },
  );
});

const latin1 = fc.nat(255).map((byte) => String.fromCharCode(byte));
