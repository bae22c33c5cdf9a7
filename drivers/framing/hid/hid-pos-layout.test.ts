import { describe, expect, test } from 'vitest';
import { posReport } from '../../testing/hid-reports.ts';
import {
  LAYOUT_A,
  LAYOUT_B,
  LAYOUT_MICROSCAN,
  LAYOUT_SHIFTED,
  layoutShownBy,
  readPosReport,
} from './hid-pos-layout.ts';

const CODE = new TextEncoder().encode('LZ1:6BF');

test('layout A has the AIM identifier in bytes 2 to 4 and data from 5', () => {
  const report = posReport(LAYOUT_A, CODE, ']Q1', true);
  expect(report).toHaveLength(64);
  expect([...report.subarray(0, 6)]).toEqual([0x02, 7, 0x5d, 0x51, 0x31, 0x4c]);
  expect(readPosReport(LAYOUT_A, report)).toEqual({
    name: 'part',
    data: CODE,
    symbology: ']Q1',
    last: false,
  });
});

test('layout B has data from byte 2 and no AIM identifier', () => {
  const report = posReport(LAYOUT_B, CODE, ']Q1', false);
  expect(report).toHaveLength(64);
  expect([...report.subarray(0, 3)]).toEqual([0x02, 7, 0x4c]);
  expect(readPosReport(LAYOUT_B, report)).toEqual({ name: 'part', data: CODE, last: true });
});

test('the shifted layout is A with all one byte later but the flag', () => {
  const report = posReport(LAYOUT_SHIFTED, CODE, ']Q1', true);
  expect([report[3], report[6], report[63]]).toEqual([0x5d, 0x4c, 0x01]);
  expect(report).toHaveLength(64);
});

test("Microscan's reports have id 1 and hold 62 bytes; one that isn't full is the last", () => {
  const report = posReport(LAYOUT_MICROSCAN, CODE, '', false);
  expect(report).toHaveLength(64);
  expect(readPosReport(LAYOUT_MICROSCAN, report)).toEqual({ name: 'part', data: CODE, last: true });
  const full = posReport(LAYOUT_MICROSCAN, new Uint8Array(62), '', false);
  expect(readPosReport(LAYOUT_MICROSCAN, full)).toMatchObject({ last: false });
});

test('only bit 0 of the last byte says that more follows', () => {
  const report = posReport(LAYOUT_A, CODE, ']Q1', false);
  report[63] = 0xfe;
  expect(readPosReport(LAYOUT_A, report)).toMatchObject({ last: true });
  report[63] = 0xff;
  expect(readPosReport(LAYOUT_A, report)).toMatchObject({ last: false });
});

test.each(['\0\0\0', '   '])('an identifier of nothing but %j is none', (aim) => {
  expect(readPosReport(LAYOUT_A, posReport(LAYOUT_A, CODE, aim, false))).toEqual({
    name: 'part',
    data: CODE,
    last: true,
  });
});

describe('a report is damaged', () => {
  test.each(['LZ1', ']11', ']Q ', '[Q1'])('where %j stands in place of the identifier', (aim) => {
    expect(readPosReport(LAYOUT_A, posReport(LAYOUT_A, CODE, aim, true))).toMatchObject({
      name: 'damaged',
      last: false,
    });
  });

  test('where it has more data than it holds', () => {
    const report = posReport(LAYOUT_A, CODE, ']Q1', false);
    report[1] = 57;
    expect(readPosReport(LAYOUT_A, report)).toMatchObject({ name: 'damaged', last: true });
  });

  test('where it ends before its flag, wherever it ends', () => {
    const report = posReport(LAYOUT_A, CODE, ']Q1', false);
    for (let length = 1; length < 64; length++) {
      const cut = readPosReport(LAYOUT_A, report.subarray(0, length));
      expect(cut).toMatchObject({ name: 'damaged', last: undefined });
    }
  });

  test('where it ends before its data does, in a layout without a flag', () => {
    const report = posReport(LAYOUT_MICROSCAN, CODE, '', false);
    expect(readPosReport(LAYOUT_MICROSCAN, report.subarray(0, 8)).name).toBe('damaged');
    expect(readPosReport(LAYOUT_MICROSCAN, report.subarray(0, 9)).name).toBe('part');
  });
});

test('a report with another id is not one that carries codes', () => {
  const report = posReport(LAYOUT_A, CODE, ']Q1', false);
  report[0] = 3;
  expect(readPosReport(LAYOUT_A, report).name).toBe('foreign');
});

test('the bytes of a report may be used again once it is read', () => {
  const report = posReport(LAYOUT_A, CODE, ']Q1', false);
  const reading = readPosReport(LAYOUT_A, report);
  report.fill(0);
  expect(reading).toMatchObject({ data: CODE });
});

describe('a report shows its layout', () => {
  test.each([
    ['A', LAYOUT_A],
    ['B', LAYOUT_B],
    ['shifted', LAYOUT_SHIFTED],
  ])('%s', (_name, layout) => {
    expect(layoutShownBy(posReport(layout, CODE, ']Q1', false))).toBe(layout);
  });

  test('A with data that ends in NUL, by the code id behind the data', () => {
    const report = posReport(LAYOUT_A, new Uint8Array([0x41, 0, 0, 0]), ']Q1', false);
    report[61] = 0x73;
    expect(layoutShownBy(report)).toBe(LAYOUT_A);
  });

  test('B with the identifier in front of the data, be the report full or not', () => {
    for (const length of [1, 53]) {
      const data = new TextEncoder().encode(`]Q1${'A'.repeat(length)}`);
      expect(layoutShownBy(posReport(LAYOUT_B, data, '', true))).toBe(LAYOUT_B);
    }
  });

  test('B with data that has a bracket but no identifier where A and the shifted one have it', () => {
    for (const text of ['][', 'A]-B', ']']) {
      expect(layoutShownBy(posReport(LAYOUT_B, new TextEncoder().encode(text), '', false))).toBe(LAYOUT_B);
    }
  });
});
