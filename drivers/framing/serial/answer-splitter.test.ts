import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AnswerGrammar } from '../../modules/module.ts';
import { recordFraming } from '../../testing/framing-record.ts';
import { chunksOf, splitsIntoThree, splitsIntoTwo } from '../../testing/splits.ts';
import { runFraming } from '../run-framing.ts';
import {
  atSilence,
  BOUNDARY_GAP_MS,
  HOLD_MS,
  MAX_HELD_BYTES,
  release,
  START,
  splitAnswers,
  startWithAnswers,
} from './answer-splitter.ts';
import { IDLE_GAP_MS, idleFraming } from './idle-framing.ts';
import { LINE_ENDS, startLineFraming } from './line-framing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const now = () => performance.now();

/** Answers like those of Grow modules: `02 00`, a status, a length of two bytes, data, two bytes of checksum. */
const grow: AnswerGrammar = (bytes) => {
  if (bytes[0] !== 0x02 || (bytes[1] ?? 0) !== 0) return { name: 'none' };
  const length = 5 + ((bytes[3] ?? 0) << 8) + (bytes[4] ?? 0) + 2;
  return bytes.length >= 5 && bytes.length >= length ? { name: 'whole', length } : { name: 'part' };
};

const YES = '\x02\0\0\0\x01\x0031';

function openLine(grammar = grow) {
  return recordFraming((onFrame) =>
    startWithAnswers(grammar, (onCode) => startLineFraming(LINE_ENDS, now, onCode), now, onFrame),
  );
}

function openIdle(grammar = grow) {
  return recordFraming((onFrame) =>
    startWithAnswers(grammar, (onCode) => runFraming(idleFraming, now, onCode), now, onFrame),
  );
}

test('answers are taken out, and codes go on', async () => {
  const { take, record } = openLine();
  await take(`${YES}LZ1:6BF\r\n${YES}${YES}LZ1:QED\r`);
  expect(record).toEqual({
    codes: ['LZ1:6BF', 'LZ1:QED'],
    answers: [YES, YES, YES],
    replies: [],
    discarded: [],
  });
});

test('the same is taken out wherever the bytes are split in two or in three', async () => {
  const sent = `${YES}A\r${YES}B\x02\0\n`;
  for (const chunks of [...splitsIntoTwo(sent), ...splitsIntoThree(sent)]) {
    const { take, record } = openLine();
    for (const chunk of chunks) await take(chunk);
    expect(record).toMatchObject({ codes: ['A', 'B\x02\0'], answers: [YES, YES], discarded: [] });
  }
});

test('what looks like an answer within a code is part of the code', async () => {
  const { take, record } = openLine();
  await take(`LZ1:${YES}6\r`);
  expect(record).toMatchObject({ codes: [`LZ1:${YES}6`], answers: [] });
});

test('an answer behind a code without a terminator is found after a silence', async () => {
  const { take, record } = openIdle();
  await take('LZ1:6BF');
  await vi.advanceTimersByTimeAsync(BOUNDARY_GAP_MS);
  await take(YES);
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  expect(record).toMatchObject({ codes: ['LZ1:6BF'], answers: [YES] });
});

test('what only began like an answer goes on as a code after a silence', async () => {
  const { take, record } = openLine();
  await take('\x02\0');
  await vi.advanceTimersByTimeAsync(BOUNDARY_GAP_MS);
  await take('REST\r');
  expect(record).toMatchObject({ codes: ['\x02\0REST'], answers: [] });
});

test('no byte is held longer than the limit, even where bytes keep coming', async () => {
  const { take, record } = openLine(() => ({ name: 'part' }));
  for (let ms = 0; ms < HOLD_MS; ms += 10) {
    await take('A');
    await vi.advanceTimersByTimeAsync(10);
  }
  await take('\r');
  expect(record.codes).toEqual(['A'.repeat(HOLD_MS / 10)]);
});

test('the longest answer is whole, byte by byte at 9600 baud', async () => {
  const longest =
    `\x02\0\0${String.fromCharCode((MAX_HELD_BYTES - 7) >> 8, (MAX_HELD_BYTES - 7) & 0xff)}`.padEnd(
      MAX_HELD_BYTES,
      'V',
    );
  const { take, record } = openLine();
  for (const byte of longest) {
    await take(byte);
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(record).toEqual({ codes: [], answers: [longest], replies: [], discarded: [] });
});

test('lines that all look like an answer’s beginning cost one look each', async () => {
  let looks = 0;
  const { take } = openLine(() => {
    looks += 1;
    return { name: 'part' };
  });
  await take('REVINF\n'.repeat(9_000));
  expect(looks).toBeLessThanOrEqual(9_000);
});

test('the limit counts anew for what is held next', async () => {
  const { take, record } = openLine();
  await take(`${YES.slice(0, 4)}`);
  await vi.advanceTimersByTimeAsync(BOUNDARY_GAP_MS - 1);
  await take(YES.slice(4));
  for (const byte of YES) {
    await vi.advanceTimersByTimeAsync(BOUNDARY_GAP_MS - 8);
    await take(byte);
  }
  expect(record.answers).toEqual([YES, YES]);
});

test('a binary code is not cut in two because its middle looks like the beginning of an answer', async () => {
  const { take, record } = openIdle();
  await take('AB\r\n');
  await vi.advanceTimersByTimeAsync(16);
  await take('\x02\0');
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  await vi.advanceTimersByTimeAsync(IDLE_GAP_MS);
  expect(record.codes).toEqual(['AB\r\n\x02\0']);
});

test('at the end of the connection what is held is discarded with the code it belongs to, and no timer is left', async () => {
  const { take, close, record } = openLine();
  await take('\x02\0');
  await close();
  expect(record).toMatchObject({ codes: [], discarded: [{ why: 'unfinished', count: 2, bytes: '\x02\0' }] });
  expect(vi.getTimerCount()).toBe(0);
});

test('what is held is bounded, and what exceeds it goes on', () => {
  const always: AnswerGrammar = () => ({ name: 'part' });
  const full = splitAnswers(always, START, new Uint8Array(MAX_HELD_BYTES - 1));
  expect(full).toEqual({ state: { atBoundary: true, held: new Uint8Array(MAX_HELD_BYTES - 1) }, parts: [] });
  const over = splitAnswers(always, full.state, new Uint8Array(1));
  expect(over.parts).toEqual([{ name: 'rest', bytes: new Uint8Array(MAX_HELD_BYTES) }]);
  expect(over.state).toEqual({ atBoundary: false, held: new Uint8Array() });
});

test('a grammar that claims more bytes than it was given, or none, is not believed', () => {
  for (const length of [0, -1, 2]) {
    const { parts } = splitAnswers(() => ({ name: 'whole', length }), START, Buffer.from('A'));
    expect(parts).toMatchObject([{ name: 'rest' }]);
  }
});

test('what is released behind a line end leaves a boundary, and a silence always does', () => {
  const held = { atBoundary: true, held: Buffer.from('\x02\r') };
  expect(release(held).state.atBoundary).toBe(true);
  expect(release({ ...held, held: Buffer.from('\x02') }).state.atBoundary).toBe(false);
  expect(atSilence({ atBoundary: false, held: new Uint8Array() })).toEqual({ state: START, parts: [] });
});

test('however a wire is cut, the same is taken out, no byte is lost and none is changed', () => {
  // its answers overlap and begin like codes: cutting must not depend on how much came together
  const greedy: AnswerGrammar = (bytes) => {
    if (bytes.at(0) !== 0x02) return { name: 'none' };
    const end = bytes.subarray(0, 7).indexOf(0x03);
    if (end > 0) return { name: 'whole', length: end + 1 };
    return bytes.length > 6 ? { name: 'none' } : { name: 'part' };
  };
  const wire = fc.string({ unit: fc.constantFrom('\x02', '\x03', 'A', '\r', '\n', 'B'), maxLength: 60 });
  fc.assert(
    fc.property(wire, fc.array(fc.nat(20)), (sent, sizes) => {
      const whole = split(greedy, [sent]);
      expect(split(greedy, chunksOf(sent, sizes))).toEqual(whole);
      expect(whole.map(([, text]) => text).join('')).toBe(sent);
    }),
    { numRuns: 100 },
  );
});

/** The parts in their order, neighbouring rests as one. */
function split(grammar: AnswerGrammar, chunks: readonly string[]): [string, string][] {
  const joined: [string, string][] = [];
  let state = START;
  const add = (name: string, bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString('latin1');
    const last = joined.at(-1);
    if (name === 'rest' && last?.[0] === 'rest') last[1] += text;
    else joined.push([name, text]);
  };
  for (const chunk of chunks) {
    const next = splitAnswers(grammar, state, Buffer.from(chunk, 'latin1'));
    state = next.state;
    for (const { name, bytes } of next.parts) add(name, bytes);
  }
  for (const { name, bytes } of release(state).parts) add(name, bytes);
  return joined;
}
