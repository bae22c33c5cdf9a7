import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { foldFraming, inShort } from '../../testing/fold-framing.ts';
import { DESCRIPTORS, posReport, posReports, posReportsOf } from '../../testing/hid-reports.ts';
import { splitsIntoThree, splitsIntoTwo } from '../../testing/splits.ts';
import type { Frame } from '../framing.ts';
import { runFraming } from '../run-framing.ts';
import {
  CONTINUATION_MS,
  hidPosFraming,
  MAX_CODE_REPORTS,
  type PosState,
  statedHidPosFraming,
} from './hid-pos-framing.ts';
import { LAYOUT_A, LAYOUT_B, LAYOUT_MICROSCAN, LAYOUT_SHIFTED, type PosLayout } from './hid-pos-layout.ts';

const LAYOUTS = { A: LAYOUT_A, B: LAYOUT_B, shifted: LAYOUT_SHIFTED, Microscan: LAYOUT_MICROSCAN };
const FLAGGED = [LAYOUT_A, LAYOUT_B, LAYOUT_SHIFTED];

/** The longest that a QR code holds, in bytes. */
const LONGEST_QR = 2953;

/** What no scanner sends as a code: another id. */
const STATUS_REPORT = Uint8Array.of(0x09, 1, 2, 3);

function readAll(layout: PosLayout | 'auto', reports: readonly Uint8Array[]): readonly string[] {
  return inShort(foldFraming(hidPosFraming(layout), reports).frames);
}

/** Bytes that are no answer and show no identifier, whatever the layout. */
function bytesOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => 0x80 + (index % 0x80));
}

describe('worked examples', () => {
  test("Access-IS: 60 bytes in two reports, the flag in the first only, the vendor's code id in both", () => {
    const text = 'M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23     100';
    const reports = posReports(LAYOUT_A, text.slice(0, 60), ']Q0');
    for (const report of reports) report[61] = 0x73;
    expect(reports.map((report) => [report[1], report[63]])).toEqual([
      [56, 1],
      [4, 0],
    ]);
    expect(foldFraming(hidPosFraming('auto'), reports).frames).toEqual([
      {
        name: 'code',
        bytes: new TextEncoder().encode(text.slice(0, 60)),
        symbology: ']Q0',
        frames: 2,
      },
    ]);
  });

  test("Honeywell: the answer to REVINF in several reports, then the command's echo with its ACK", () => {
    const said =
      'Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\nSoftware Part Number: CW00082BBA\r\n';
    const reports = [...posReports(LAYOUT_A, said, ']X0'), ...posReports(LAYOUT_A, 'REVINF\x06.', ']Z6')];
    expect(reports).toHaveLength(3);
    expect(readAll('auto', reports)).toEqual([`answer ${said}`, 'answer REVINF\x06.']);
  });

  test('Newland: an answer is told by its beginning, where no identifier says that it is a code', () => {
    const answer = '\x02\x010000#SCNMOD2\x06;\x03';
    expect(readAll(LAYOUT_B, posReports(LAYOUT_B, answer))).toEqual([`answer ${answer}`]);
    expect(readAll(LAYOUT_A, posReports(LAYOUT_A, answer, '\0\0\0'))).toEqual([`answer ${answer}`]);
    expect(readAll(LAYOUT_A, posReports(LAYOUT_A, answer))).toEqual([`code ${answer}`]);
  });

  test('Newland: an answer in two reports is one', () => {
    const answer = `\x02\x010000${'@SCNMOD2\x06;'.repeat(8)}\x03`;
    expect(readAll('auto', posReports(LAYOUT_B, answer))).toEqual([`answer ${answer}`]);
  });
});

describe.each(Object.entries(LAYOUTS))('layout %s', (name, layout) => {
  const symbology = layout.aimAt === undefined ? {} : { symbology: ']Q1' };

  test('a code in one report', () => {
    const { frames } = foldFraming(hidPosFraming(layout), posReports(layout, 'LZ1:6BF'));
    expect(frames).toEqual([
      { name: 'code', bytes: new TextEncoder().encode('LZ1:6BF'), ...symbology, frames: 1 },
    ]);
  });

  test('the longest QR code', () => {
    const code = bytesOf(LONGEST_QR);
    const reports = posReports(layout, code);
    expect(reports).toHaveLength(name === 'Microscan' ? 48 : 53);
    expect(foldFraming(hidPosFraming(layout), reports).frames).toEqual([
      { name: 'code', bytes: code, ...symbology, frames: reports.length },
    ]);
  });

  test('a code of MAX_SCAN_BYTES', () => {
    const code = bytesOf(MAX_SCAN_BYTES);
    const { frames } = foldFraming(hidPosFraming(layout), posReports(layout, code));
    expect(frames).toMatchObject([{ name: 'code', bytes: code }]);
  });
});

describe('a code is the same however its bytes are spread over reports', () => {
  const code = 'LZ1:6BFOXN*TS0BI$ZD ';
  test.each(FLAGGED.map((layout) => [layout.dataAt, layout] as const))('data from byte %i', (_at, layout) => {
    for (const parts of [...splitsIntoTwo(code), ...splitsIntoThree(code)]) {
      expect(readAll(layout, posReportsOf(layout, parts))).toEqual([`code ${code}`]);
    }
  });

  test('and a last report may be empty', () => {
    expect(readAll(LAYOUT_A, posReportsOf(LAYOUT_A, ['LZ1', ':6B', '']))).toEqual(['code LZ1:6B']);
  });
});

describe('the AIM identifier', () => {
  const symbologyOf = (...aims: readonly string[]) => {
    const reports = aims.map((aim, index) => posReport(LAYOUT_A, bytesOf(3), aim, index < aims.length - 1));
    const { frames } = foldFraming(hidPosFraming(LAYOUT_A), reports);
    return frames.map((frame) => (frame.name === 'code' ? frame.symbology : inShort([frame])[0]));
  };

  test('is that of whichever report has it', () => {
    expect(symbologyOf(']Q1', '\0\0\0')).toEqual([']Q1']);
    expect(symbologyOf('\0\0\0', ']Q2', '\0\0\0')).toEqual([']Q2']);
    expect(symbologyOf(']Q1', ']Q1')).toEqual([']Q1']);
  });

  test('is absent where none has it', () => {
    expect(symbologyOf('\0\0\0', '\0\0\0')).toEqual([undefined]);
  });

  test('of another code says that the end of the first was lost', () => {
    expect(symbologyOf(']Q1', ']Q1', ']E0')).toEqual(['discarded unfinished', ']E0']);
    expect(symbologyOf(']Q1', ']X0', ']X0')).toEqual([
      'discarded unfinished',
      expect.stringMatching(/^answer /),
    ]);
  });
});

describe("'auto'", () => {
  test.each(FLAGGED.map((layout) => [layout.dataAt, layout] as const))(
    'tells data from byte %i',
    (_at, layout) => {
      expect(readAll('auto', posReports(layout, bytesOf(200)))).toEqual(
        readAll(layout, posReports(layout, bytesOf(200))),
      );
    },
  );

  test('keeps to the layout of the first report for the whole code', () => {
    const reports = posReportsOf(LAYOUT_B, ['A', ']Q1B', 'A]Q1', 'C']);
    expect(readAll('auto', reports)).toEqual(['code A]Q1BA]Q1C']);
    const silent = [
      posReport(LAYOUT_A, bytesOf(56), ']Q1', true),
      posReport(LAYOUT_A, bytesOf(4), '\0\0\0', false),
    ];
    expect(readAll('auto', silent)).toHaveLength(1);
    expect(readAll('auto', silent)).toEqual(readAll(LAYOUT_A, silent));
  });

  test('decides anew for the next code', () => {
    const reports = FLAGGED.flatMap((layout) => posReports(layout, 'LZ1:6BF'));
    expect(readAll('auto', reports)).toEqual(['code LZ1:6BF', 'code LZ1:6BF', 'code LZ1:6BF']);
  });
});

describe("a device's own descriptor", () => {
  test('gives the layout, which nothing about a report shows', () => {
    const framing = statedHidPosFraming(DESCRIPTORS.compact);
    const compact: PosLayout = { ...LAYOUT_A, more: { byte: 61, mask: 1 } };
    const reports = posReports(compact, bytesOf(100));
    expect(reports[0]).toHaveLength(62);
    expect(foldFraming(framing, reports).frames).toMatchObject([
      { name: 'code', bytes: bytesOf(100), frames: 2 },
    ]);
  });

  test.each([
    ['there is none', undefined],
    ['it is broken', DESCRIPTORS.layoutB.subarray(0, 20)],
    ['it states no layout', DESCRIPTORS.keyboard],
  ])('where %s, the reports show the layout', (_why, descriptor) => {
    const { frames } = foldFraming(statedHidPosFraming(descriptor), posReports(LAYOUT_SHIFTED, 'LZ1:6BF'));
    expect(inShort(frames)).toEqual(['code LZ1:6BF']);
  });
});

describe('what is no code is discarded, and the next code is read', () => {
  const [next] = posReports(LAYOUT_A, 'NEXT');
  const good = posReport(LAYOUT_A, bytesOf(10), ']Q1', false);
  const changed = (at: number, to: number) => good.map((byte, index) => (index === at ? to : byte));

  test.each([
    ['another id', changed(0, 3)],
    ['more data than a report holds', changed(1, 57)],
    ['a report too short for its flag', good.subarray(0, 63)],
    ['a report of its id alone', good.subarray(0, 1)],
    ['bytes that are no identifier', changed(2, 0x41)],
    ['no data', changed(1, 0)],
  ])('%s', (_what, report) => {
    expect(next && readAll(LAYOUT_A, [report, next])).toEqual(['discarded garbage', 'code NEXT']);
  });

  test('all of a report counts as thrown away, and its beginning is kept for who looks', () => {
    const { frames } = foldFraming(hidPosFraming(LAYOUT_A), [changed(0, 3)]);
    expect(frames).toMatchObject([{ count: 64, bytes: changed(0, 3) }]);
  });

  test('no detail tells anything of a code', () => {
    const reports = [...posReportsOf(LAYOUT_A, ['SECRET', 'SECRET']).slice(0, 1), changed(1, 99)];
    const { frames } = foldFraming(hidPosFraming(LAYOUT_A), reports);
    expect(frames).toHaveLength(2);
    for (const frame of frames) expect(frame).toHaveProperty('detail', expect.not.stringContaining('SECRET'));
  });

  test('an empty report is nothing', () => {
    expect(readAll(LAYOUT_A, [new Uint8Array()])).toEqual([]);
  });
});

describe('within a code', () => {
  const [first, second, third] = posReportsOf(LAYOUT_A, ['ONE', 'TWO', 'THREE']);
  const next = posReports(LAYOUT_A, 'NEXT');
  if (!first || !second || !third) throw new Error('there are three');

  test('a report that carries no codes does no harm', () => {
    expect(readAll(LAYOUT_A, [first, STATUS_REPORT, second, third])).toEqual([
      'discarded garbage',
      'code ONETWOTHREE',
    ]);
  });

  test('a damaged report spoils the code up to its last report: no code with a hole comes out', () => {
    const damaged = second.map((byte, index) => (index === 1 ? 57 : byte));
    expect(readAll(LAYOUT_A, [first, damaged, third, ...next])).toEqual([
      'discarded unfinished',
      'discarded garbage',
      'discarded garbage',
      'code NEXT',
    ]);
  });

  test('a damaged last report ends it', () => {
    const damaged = third.map((byte, index) => (index === 1 ? 57 : byte));
    expect(readAll(LAYOUT_A, [first, second, damaged, ...next])).toEqual([
      'discarded unfinished',
      'discarded garbage',
      'code NEXT',
    ]);
  });

  test('one cut short is taken for one with more to follow', () => {
    expect(readAll(LAYOUT_A, [first, second.subarray(0, 20), third, ...next])).toEqual([
      'discarded unfinished',
      'discarded garbage',
      'discarded garbage',
      'code NEXT',
    ]);
  });

  test('what is half read is discarded when the connection ends', () => {
    const framing = hidPosFraming(LAYOUT_A);
    const { state } = foldFraming(framing, [first, second]);
    expect(framing.end(state)).toMatchObject([{ name: 'discarded', why: 'unfinished', count: 6 }]);
    expect(framing.end(framing.start)).toEqual([]);
  });
});

describe('too long', () => {
  test('a code is reported once, dropped up to its last report, and the next one is read', () => {
    const reports = [...posReports(LAYOUT_A, bytesOf(3 * MAX_SCAN_BYTES)), ...posReports(LAYOUT_A, 'NEXT')];
    expect(readAll(LAYOUT_A, reports)).toEqual(['discarded too-long', 'code NEXT']);
  });

  test('by its last report, a code leaves nothing to drop', () => {
    const reports = [...posReports(LAYOUT_A, bytesOf(MAX_SCAN_BYTES + 1)), ...posReports(LAYOUT_A, 'NEXT')];
    expect(readAll(LAYOUT_A, reports)).toEqual(['discarded too-long', 'code NEXT']);
  });

  test('a code of empty reports without end is one, too', () => {
    const empty = posReport(LAYOUT_A, new Uint8Array(), ']Q1', true);
    const reports = Array.from({ length: 3 * MAX_CODE_REPORTS }, () => empty);
    expect(readAll(LAYOUT_A, reports)).toEqual(['discarded too-long']);
  });
});

describe('in time', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  function open(layout: PosLayout) {
    const frames: Frame[] = [];
    const { take } = runFraming(
      hidPosFraming(layout),
      () => performance.now(),
      (frame) => frames.push(frame),
    );
    return { take, read: () => inShort(frames) };
  }

  test('a continuation that does not come ends the wait, and what comes later is another code', async () => {
    const { take, read } = open(LAYOUT_A);
    const [first, second] = posReportsOf(LAYOUT_A, ['ONE', 'TWO']);
    if (!first || !second) throw new Error('there are two');
    take(first);
    await vi.advanceTimersByTimeAsync(CONTINUATION_MS - 1);
    expect(read()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(read()).toEqual(['discarded unfinished']);
    take(second);
    expect(read()).toEqual(['discarded unfinished', 'code TWO']);
  });

  test('each report gives the next one as much time again', async () => {
    const { take, read } = open(LAYOUT_A);
    for (const report of posReportsOf(LAYOUT_A, ['ONE', 'TWO', 'THREE'])) {
      take(report);
      await vi.advanceTimersByTimeAsync(CONTINUATION_MS - 1);
    }
    expect(read()).toEqual(['code ONETWOTHREE']);
  });

  test('without a flag, a code that fills its reports ends with the wait', async () => {
    const { take, read } = open(LAYOUT_MICROSCAN);
    for (const report of posReports(LAYOUT_MICROSCAN, 'A'.repeat(124))) take(report);
    expect(read()).toEqual([]);
    await vi.advanceTimersByTimeAsync(CONTINUATION_MS);
    expect(read()).toEqual([`code ${'A'.repeat(124)}`]);
  });

  test('a code whose last report never comes after it was spoilt does not take the next one with it', async () => {
    const { take, read } = open(LAYOUT_A);
    for (const report of posReports(LAYOUT_A, bytesOf(2 * MAX_SCAN_BYTES)).slice(0, -1)) take(report);
    await vi.advanceTimersByTimeAsync(CONTINUATION_MS);
    for (const report of posReports(LAYOUT_A, 'NEXT')) take(report);
    expect(read()).toEqual(['discarded too-long', 'code NEXT']);
  });

  test('between codes nothing is waited for', () => {
    const framing = hidPosFraming(LAYOUT_A);
    expect(framing.patienceMs(foldFraming(framing, posReports(LAYOUT_A, 'ONE')).state)).toBeUndefined();
  });
});

describe('whatever comes', () => {
  /** Of any id but that of codes, or too short to be one. */
  const garbage = fc
    .uint8Array({ minLength: 1, maxLength: 70 })
    .filter((bytes) => bytes[0] !== 2 || bytes.length < 64);
  const foreign = garbage.filter((bytes) => bytes[0] !== 2);
  const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 56 }), { minLength: 1, maxLength: 6 });

  test.each(FLAGGED.map((layout) => [layout.dataAt, layout] as const))(
    'codes come out as they went in, with garbage between them and other reports within, data from byte %i',
    (_at, layout) => {
      const shown = fc.record({ before: fc.array(garbage, { maxLength: 3 }), within: foreign, parts });
      fc.assert(
        fc.property(fc.array(shown, { maxLength: 5 }), (codes) => {
          const reports = codes.flatMap((code) => [
            ...code.before,
            ...posReportsOf(layout, code.parts).flatMap((report, index) =>
              index === 0 ? [report] : [code.within, report],
            ),
          ]);
          const { frames, state } = foldFraming(hidPosFraming(layout), reports);
          const read = frames.filter((frame) => frame.name !== 'discarded');
          expect(read.map((frame) => frame.bytes)).toEqual(
            codes.map((code) => new Uint8Array(code.parts.flatMap((part) => [...part]))),
          );
          expect(state).toEqual({ name: 'between' });
        }),
      );
    },
  );

  test('nothing throws, the state stays small and no code is empty or too long', () => {
    const report = fc.oneof(
      fc.uint8Array({ maxLength: 70 }),
      // what looks like a report gets further
      fc
        .tuple(fc.constantFrom(1, 2), fc.uint8Array({ minLength: 63, maxLength: 63 }))
        .map(([id, rest]) => Uint8Array.of(id, (rest[0] ?? 0) % 64, ...rest.subarray(1))),
    );
    const layouts = fc.constantFrom<PosLayout | 'auto'>('auto', ...Object.values(LAYOUTS));
    fc.assert(
      fc.property(layouts, fc.array(report, { maxLength: 150 }), (layout, reports) => {
        const framing = hidPosFraming(layout);
        const { frames, state } = foldFraming(framing, reports);
        expect(sizeOf(state)).toBeLessThanOrEqual(MAX_SCAN_BYTES);
        for (const frame of [...frames, ...framing.quiet(state).frames, ...framing.end(state)]) {
          if (frame.name !== 'code') continue;
          expect(frame.bytes.length).toBeGreaterThan(0);
          expect(frame.bytes.length).toBeLessThanOrEqual(MAX_SCAN_BYTES);
        }
      }),
    );
  });

  function sizeOf(state: PosState): number {
    return state.name === 'within' ? state.bytes.length : 0;
  }
});
