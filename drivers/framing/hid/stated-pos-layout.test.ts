import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DESCRIPTORS } from '../../testing/hid-reports.ts';
import { LAYOUT_A, LAYOUT_B, type PosLayout } from './hid-pos-layout.ts';
import { MAX_REPORT_BYTES, readReportDescriptor } from './report-descriptor.ts';
import { posLayoutOf } from './stated-pos-layout.ts';

function statedBy(descriptor: Uint8Array): PosLayout | undefined {
  const reading = readReportDescriptor(descriptor);
  if (!reading.ok) throw new Error(reading.detail);
  return posLayoutOf(reading.descriptor);
}

/** Items inside a bar code scanner's collection; elements are bytes unless they say otherwise. */
function scanner(hex: string): Uint8Array {
  const items = `05 8C 09 02 A1 01 75 08 95 01 ${hex} C0`;
  return new Uint8Array(Buffer.from(items.replaceAll(' ', ''), 'hex'));
}

const COUNT = '0B 3B 00 01 00 81 02';
const AIM = '95 03 19 FB 29 FD 81 02 95 01';
const DATA = '95 10 09 FE 82 02 01 95 01';
const FLAG = '75 01 09 FF 81 02 95 07 81 03 75 08 95 01';

test('layouts A and B are read from what their devices say', () => {
  expect(statedBy(DESCRIPTORS.layoutA)).toEqual(LAYOUT_A);
  expect(statedBy(DESCRIPTORS.layoutB)).toEqual(LAYOUT_B);
});

test('a report of 62 bytes has its flag right behind the data', () => {
  expect(statedBy(DESCRIPTORS.compact)).toEqual({ ...LAYOUT_A, more: { byte: 61, mask: 1 } });
});

test('a maker may put the fields in any order, without report ids and with any size', () => {
  expect(statedBy(scanner(`${FLAG} ${DATA} ${COUNT} ${AIM}`))).toEqual({
    lengthAt: 17,
    aimAt: 18,
    dataAt: 1,
    dataLength: 16,
    more: { byte: 0, mask: 1 },
  });
});

test('without a flag a layout has none', () => {
  expect(statedBy(scanner(`85 05 ${COUNT} ${DATA}`))).toEqual({
    reportId: 5,
    lengthAt: 1,
    dataAt: 2,
    dataLength: 16,
  });
});

test('data are as long as the elements that the usage stands for', () => {
  const dataLength = (items: string) => statedBy(scanner(`${COUNT} ${items}`))?.dataLength;
  expect(dataLength('95 08 09 05 09 FE 82 02 01')).toBe(7);
  expect(dataLength('95 08 09 FE 09 05 82 02 01')).toBe(1);
});

test('of more data than a byte can count only so much is used', () => {
  expect(statedBy(scanner(`${COUNT} 96 2C 01 09 FE 82 02 01`))?.dataLength).toBe(0xff);
});

test('the report with the code is found among others', () => {
  const others = '85 01 09 05 81 02';
  expect(statedBy(scanner(`${others} 85 07 ${COUNT} ${DATA} ${others}`))?.reportId).toBe(7);
});

test.each([
  ['a keyboard', DESCRIPTORS.keyboard],
  ['no byte count', scanner(DATA)],
  ['no data', scanner(COUNT)],
  ['data in another report than its count', scanner(`85 01 ${COUNT} 85 02 ${DATA}`)],
  ['a byte count of two bytes', scanner(`75 10 ${COUNT} 75 08 ${DATA}`)],
  ['data that begins within a byte', scanner(`75 04 81 03 75 08 ${COUNT} ${DATA}`)],
  ['an identifier without its last byte', scanner(`${COUNT} 95 02 19 FB 29 FC 81 02 95 01 ${DATA}`)],
  ['an identifier in pieces', scanner(`${COUNT} 09 FB 81 02 ${DATA} 95 02 19 FC 29 FD 81 02`)],
  ['a flag over two bytes', scanner(`${COUNT} ${DATA} 75 10 09 FF 81 02`)],
  ['data that is only padding', scanner(`${COUNT} 95 10 09 FE 81 03`)],
  ['more usages than elements', scanner(`${COUNT} 95 02 19 05 29 FE 81 02`)],
  ['data in an output report', scanner(`${COUNT} 95 10 09 FE 91 02`)],
])('%s makes no layout', (_what, descriptor) => {
  expect(statedBy(descriptor)).toBeUndefined();
});

test('whatever a descriptor says, its layout lies within a report', () => {
  const items = fc.array(
    fc.oneof(
      fc.constantFrom(
        COUNT,
        AIM,
        DATA,
        FLAG,
        '85 01',
        '85 02',
        '09 FE',
        '19 00 2A FF 00',
        '05 8C',
        'A4',
        'B4',
      ),
      fc.nat(255).map((count) => `95 ${count.toString(16).padStart(2, '0')}`),
      fc.nat(255).map((size) => `75 ${size.toString(16).padStart(2, '0')}`),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(items, (pieces) => {
      const reading = readReportDescriptor(scanner(pieces.join(' ')));
      const layout = reading.ok ? posLayoutOf(reading.descriptor) : undefined;
      if (!layout) return;
      const { lengthAt, aimAt = 0, dataAt, dataLength, more } = layout;
      for (const end of [lengthAt + 1, aimAt + 3, dataAt + dataLength, (more?.byte ?? 0) + 1]) {
        expect(end).toBeLessThanOrEqual(MAX_REPORT_BYTES);
      }
      expect(dataLength).toBeGreaterThan(0);
      expect(dataLength).toBeLessThanOrEqual(0xff);
      if (more) expect(more.mask & ~0xff).toBe(0);
    }),
  );
});
