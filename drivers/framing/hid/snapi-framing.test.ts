import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { foldFraming, inShort } from '../../testing/fold-framing.ts';
import { snapiReports } from '../../testing/hid-reports.ts';
import type { Frame } from '../framing.ts';
import { runFraming } from '../run-framing.ts';
import { NEXT_PART_MS, snapiFraming } from './snapi-framing.ts';

const ACKNOWLEDGEMENT = Uint8Array.of(0x01, 0x22, 0x01, 0x00);

/** What the reports make, but for the acknowledgements. */
function readAll(reports: readonly Uint8Array[]): readonly string[] {
  return inShort(foldFraming(snapiFraming, reports).frames.filter(({ name }) => name !== 'reply'));
}

function bytesOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index % 256);
}

test('a code in one report, which is acknowledged first', () => {
  const report = new Uint8Array(32);
  report.set([0x22, 1, 0, 3, 28, 0, 0x4c, 0x5a, 0x31]);
  expect(foldFraming(snapiFraming, [report]).frames).toEqual([
    { name: 'reply', bytes: ACKNOWLEDGEMENT },
    { name: 'code', bytes: Uint8Array.of(0x4c, 0x5a, 0x31), frames: 1 },
  ]);
});

test('the longest QR code, every report of it acknowledged', () => {
  const { frames } = foldFraming(snapiFraming, snapiReports(bytesOf(2953)));
  expect(frames.filter(({ name }) => name === 'reply')).toHaveLength(114);
  expect(frames.at(-1)).toEqual({ name: 'code', bytes: bytesOf(2953), frames: 114 });
});

test('a report with numbers of two bytes is read and acknowledged by its own id', () => {
  const reports = [0, 1].map((index) => Uint8Array.of(0x26, 0, 2, 0, index, 2, 28, 0, 0x41, 0x42 + index));
  const { frames } = foldFraming(snapiFraming, reports);
  expect(inShort(frames.filter(({ name }) => name === 'code'))).toEqual(['code ABAC']);
  expect(frames[0]).toEqual({ name: 'reply', bytes: Uint8Array.of(0x01, 0x26, 0x01, 0x00) });
});

test('what a scanner says of itself is an answer, and is not acknowledged', () => {
  expect(
    inShort(foldFraming(snapiFraming, [Uint8Array.of(0x21, 1, 1), Uint8Array.of(0x24, 2)]).frames),
  ).toEqual(['answer \x21\x01\x01', 'answer \x24\x02']);
});

describe('a break in the order', () => {
  const [a, b, c] = snapiReports(`${'A'.repeat(26)}${'B'.repeat(26)}CCC`);
  const next = snapiReports('NEXT');
  if (!a || !b || !c) throw new Error('there are three');
  const changed = (report: Uint8Array, at: number, to: number) =>
    report.map((byte, index) => (index === at ? to : byte));

  test('a missing part spoils the code, and the next code is read', () => {
    expect(readAll([a, c, ...next])).toEqual(['discarded unfinished', 'discarded garbage', 'code NEXT']);
  });

  test('a missing first part leaves the others as garbage', () => {
    expect(readAll([b, c, ...next])).toEqual(['discarded garbage', 'discarded garbage', 'code NEXT']);
  });

  test('a missing last part is found out by the next code', () => {
    expect(readAll([a, b, ...next])).toEqual(['discarded unfinished', 'code NEXT']);
  });

  test('another total, or another type, belongs to another code', () => {
    for (const stray of [changed(b, 1, 4), changed(b, 4, 11)]) {
      expect(readAll([a, stray, ...next])).toEqual([
        'discarded unfinished',
        'discarded garbage',
        'code NEXT',
      ]);
    }
  });

  test('a part that is not whole spoils the code', () => {
    for (const damaged of [
      changed(b, 3, 27),
      changed(b, 3, 0),
      changed(b, 2, 3),
      changed(a, 1, 0),

      b.subarray(0, 5),
      b.subarray(0, 31),
    ]) {
      expect(readAll([a, damaged, ...next])).toEqual([
        'discarded unfinished',
        'discarded garbage',
        'code NEXT',
      ]);
    }
  });

  test('every part is acknowledged all the same, or the scanner would wait', () => {
    const { frames } = foldFraming(snapiFraming, [b, a, c, b.subarray(0, 5)]);
    expect(frames.filter(({ name }) => name === 'reply')).toHaveLength(4);
  });

  test('an unknown or empty report within a code does no harm', () => {
    expect(readAll([a, Uint8Array.of(0x09, 1), new Uint8Array(), b, c])).toEqual([
      'discarded garbage',
      `code ${'A'.repeat(26)}${'B'.repeat(26)}CCC`,
    ]);
  });

  test('half a code is discarded when the connection ends', () => {
    const { state } = foldFraming(snapiFraming, [a, b]);
    expect(snapiFraming.end(state)).toMatchObject([{ why: 'unfinished', count: 52 }]);
    expect(snapiFraming.end(snapiFraming.start)).toEqual([]);
  });
});

test('a code too long is reported once, dropped up to its last part, and the next one is read', () => {
  const reports = snapiReports(bytesOf(MAX_SCAN_BYTES + 1000));
  expect(readAll([...reports, ...snapiReports('NEXT')])).toEqual(['discarded too-long', 'code NEXT']);
  expect(foldFraming(snapiFraming, reports).state).toEqual(snapiFraming.start);
});

test('of a code too long nothing is kept, and nothing is reported again when the connection ends', () => {
  const { state } = foldFraming(snapiFraming, snapiReports(bytesOf(MAX_SCAN_BYTES + 2000)).slice(0, -1));
  expect(state).toMatchObject({ name: 'within', bytes: new Uint8Array() });
  expect(snapiFraming.end(state)).toEqual([]);
});

describe('in time', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('a part that does not come ends the wait', async () => {
    const frames: Frame[] = [];
    const { take } = runFraming(
      snapiFraming,
      () => performance.now(),
      (frame) => frames.push(frame),
    );
    const [first] = snapiReports(bytesOf(52));
    if (!first) throw new Error('there are two');
    take(first);
    await vi.advanceTimersByTimeAsync(NEXT_PART_MS - 1);
    expect(frames).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(frames.at(-1)).toMatchObject({ why: 'unfinished', count: 26 });
    expect(snapiFraming.patienceMs(snapiFraming.start)).toBeUndefined();
  });
});

describe('whatever comes', () => {
  test('codes come out as they went in, with garbage anywhere', () => {
    const garbage = fc.uint8Array({ maxLength: 40 }).filter(([id]) => id !== 0x22 && id !== 0x26);
    const shown = fc.record({ garbage, code: fc.uint8Array({ minLength: 1, maxLength: 200 }) });
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 5 }), (codes) => {
        const reports = codes.flatMap(({ garbage, code }) =>
          snapiReports(code).flatMap((report) => [garbage, report]),
        );
        const read = foldFraming(snapiFraming, reports).frames.filter(({ name }) => name === 'code');
        expect(read.map(({ bytes }) => bytes)).toEqual(codes.map(({ code }) => code));
      }),
    );
  });

  test('nothing throws and the state stays small', () => {
    const report = fc.oneof(
      fc.uint8Array({ maxLength: 70 }),
      // parts in order get further
      fc.nat(255).map((index) => Uint8Array.of(0x22, 255, index % 4, 26, 28, 0, ...bytesOf(26))),
    );
    fc.assert(
      fc.property(fc.array(report, { maxLength: 200 }), (reports) => {
        const { state } = foldFraming(snapiFraming, reports);
        if (state.name === 'within') expect(state.bytes.length).toBeLessThanOrEqual(MAX_SCAN_BYTES);
      }),
    );
  });
});
