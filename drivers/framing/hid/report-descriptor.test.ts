import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_DESCRIPTOR_BYTES } from '../../profiles/device.ts';
import { DESCRIPTORS } from '../../testing/hid-reports.ts';
import {
  MAX_FIELDS,
  MAX_NESTING,
  type ReportField,
  readReportDescriptor,
  topLevelUsage,
} from './report-descriptor.ts';

function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

/** What stands inside one application collection of a bar code scanner. */
function inCollection(hex: string): Uint8Array {
  return fromHex(`05 8C 09 02 A1 01 ${hex} C0`);
}

function fieldsOf(bytes: Uint8Array): readonly ReportField[] {
  const reading = readReportDescriptor(bytes);
  if (!reading.ok) throw new Error(reading.detail);
  return reading.descriptor.fields;
}

const BYTE_FIELD = '75 08 95 01 09 01 81 02';

test('a keyboard has a byte of modifiers, a byte of padding and six keys, and LEDs to set', () => {
  const places = fieldsOf(DESCRIPTORS.keyboard).map(({ kind, bitOffset, bitSize, count }) => [
    kind,
    bitOffset,
    bitSize,
    count,
  ]);
  expect(places).toEqual([
    ['input', 0, 1, 8],
    ['input', 8, 8, 1],
    ['output', 0, 1, 5],
    ['output', 5, 3, 1],
    ['input', 16, 8, 6],
  ]);
});

test('a field says what it is for, and whether it is padding or a list', () => {
  const [modifiers, padding, , , keys] = fieldsOf(DESCRIPTORS.keyboard);
  expect(modifiers).toEqual({
    kind: 'input',
    bitOffset: 0,
    bitSize: 1,
    count: 8,
    constant: false,
    variable: true,
    usages: [{ usagePage: 0x07, first: 0xe0, last: 0xe7 }],
  });
  expect(padding).toMatchObject({ constant: true, usages: [] });
  expect(keys).toMatchObject({ constant: false, variable: false });
});

test('a report with an id has its fields behind the id, and each report counts for itself', () => {
  const fields = fieldsOf(inCollection(`85 01 ${BYTE_FIELD} 85 02 ${BYTE_FIELD} 85 01 ${BYTE_FIELD}`));
  expect(fields.map(({ reportId, bitOffset }) => [reportId, bitOffset])).toEqual([
    [1, 8],
    [2, 8],
    [1, 16],
  ]);
});

test('a usage of four bytes names its page itself', () => {
  const [field] = fieldsOf(inCollection('75 08 95 01 0B 3B 00 01 00 81 02'));
  expect(field?.usages).toEqual([{ usagePage: 0x01, first: 0x3b, last: 0x3b }]);
});

test('a range of usages of four bytes has the page they name', () => {
  const [field] = fieldsOf(inCollection('75 08 95 03 1B FB 00 8C 00 2B FD 00 8C 00 81 02'));
  expect(field?.usages).toEqual([{ usagePage: 0x8c, first: 0xfb, last: 0xfd }]);
});

test('a usage without a page is of the page declared last before the field', () => {
  const [field] = fieldsOf(inCollection('75 08 95 01 09 3B 05 01 81 02'));
  expect(field?.usages).toEqual([{ usagePage: 0x01, first: 0x3b, last: 0x3b }]);
});

test('usages are used up by the collection or field they stand before', () => {
  const [, second] = fieldsOf(inCollection(`${BYTE_FIELD} 81 02`));
  expect(second?.usages).toEqual([]);
});

test('of usages between delimiters the first counts', () => {
  const [field] = fieldsOf(inCollection('75 08 95 01 A9 01 09 01 09 02 A9 00 81 02'));
  expect(field?.usages).toEqual([{ usagePage: 0x8c, first: 1, last: 1 }]);
});

test('what is pushed comes back when popped', () => {
  const [field] = fieldsOf(inCollection('75 08 95 02 A4 75 01 95 07 05 01 B4 09 01 81 02'));
  expect(field).toMatchObject({ bitSize: 8, count: 2, usages: [{ usagePage: 0x8c }] });
});

test('long items are passed over', () => {
  expect(fieldsOf(inCollection(`FE 03 F0 01 02 03 ${BYTE_FIELD}`))).toHaveLength(1);
});

test('fields of nothing are none', () => {
  expect(fieldsOf(inCollection(`75 08 95 00 81 03 ${BYTE_FIELD}`))).toMatchObject([{ bitOffset: 0 }]);
});

describe('what can not be read says why', () => {
  const nested = (depth: number) => `${'A1 02 '.repeat(depth)} ${'C0 '.repeat(depth)}`;
  test.each([
    ['', 'no application collection'],
    ['05 8C 09 02 A1 01', 'a collection is not closed'],
    ['C0', 'a collection is closed that was not opened'],
    ['05 8C 09 02 A1', 'the item at byte 4 ends after the descriptor'],
    ['FE', 'the item at byte 0 ends after the descriptor'],
    ['FE 05 F0 01', 'the item at byte 0 ends after the descriptor'],
    ['0C', 'the item at byte 0 is of the reserved type'],
    ['A1 01 C0', 'an application collection without a usage'],
    [BYTE_FIELD, 'a field outside of any collection'],
    ['09 01 A1 01 D0 C0', 'main item 13 is reserved'],
    ['C4', 'global item 12 is reserved'],
    ['69 01', 'local item 6 is reserved'],
    ['85 00', 'report id 0 is none'],
    ['86 00 01', 'report id 256 is none'],
    ['07 00 00 01 00', 'a usage page above FFFF'],
    ['B4', 'a state is popped that was not pushed'],
    ['A4'.repeat(MAX_NESTING + 1), 'more than 16 states pushed'],
    [`09 01 A1 01 ${nested(MAX_NESTING)} C0`, 'more than 16 collections in one another'],
    [`09 01 A1 01 ${BYTE_FIELD} 85 01 ${BYTE_FIELD} C0`, 'fields with and without a report id'],
    [`09 01 A1 01 ${BYTE_FIELD.repeat(MAX_FIELDS + 1)} C0`, 'more than 256 fields'],
    ['09 01 A1 01 75 08 96 01 10 81 02 C0', 'a report of more than 4096 bytes'],
    ['09 01 A1 01 77 FF FF FF FF 97 FF FF FF FF 81 02 C0', 'a report of more than 4096 bytes'],
    ['19 01 A1 01', 'a usage minimum without its maximum'],
    ['29 01', 'a usage maximum without its minimum'],
    ['19 01 19 02', 'two usage minimums'],
    ['19 02 29 01', 'a range of usages that ends before it begins'],
    ['1B 01 00 8C 00 29 02', 'a range of usages over two pages'],
    ['A9 01 A9 01', 'delimiters that do not match'],
    ['A9 00', 'delimiters that do not match'],
    ['A9 01 A1 01', 'a delimiter is not closed'],
  ])('%.30s', (hex, detail) => {
    expect(readReportDescriptor(fromHex(hex))).toEqual({ ok: false, detail });
  });

  test('one that is too long', () => {
    const detail = `longer than ${MAX_DESCRIPTOR_BYTES} bytes`;
    expect(readReportDescriptor(new Uint8Array(MAX_DESCRIPTOR_BYTES + 1))).toEqual({ ok: false, detail });
  });
});

test('as deep and as many as allowed can be read', () => {
  const deep = `${'A1 02 '.repeat(MAX_NESTING - 1)} ${'C0 '.repeat(MAX_NESTING - 1)}`;
  expect(fieldsOf(inCollection(deep + BYTE_FIELD.repeat(MAX_FIELDS)))).toHaveLength(MAX_FIELDS);
});

test('a device that is a keyboard and a bar code scanner is a bar code scanner', () => {
  const both = Uint8Array.of(...DESCRIPTORS.keyboard, ...DESCRIPTORS.layoutA);
  expect(topLevelUsage(both)).toEqual({ usagePage: 0x8c, usage: 0x02 });
});

test('the usage at the top tells a bar code scanner from a keyboard', () => {
  expect(topLevelUsage(DESCRIPTORS.layoutA)).toEqual({ usagePage: 0x8c, usage: 0x02 });
  expect(topLevelUsage(DESCRIPTORS.keyboard)).toEqual({ usagePage: 0x01, usage: 0x06 });
});

test('the usage at the top is known of a descriptor that is broken later on', () => {
  expect(topLevelUsage(DESCRIPTORS.layoutA.subarray(0, 7))).toEqual({ usagePage: 0x8c, usage: 0x02 });
  expect(topLevelUsage(DESCRIPTORS.layoutA.subarray(0, 5))).toBeUndefined();
});

test('of several collections at the top all are listed, and those inside are not', () => {
  const reading = readReportDescriptor(fromHex('05 01 09 06 A1 01 09 07 A1 01 C0 C0 05 8C 09 02 A1 01 C0'));
  expect(reading).toMatchObject({
    ok: true,
    descriptor: {
      topLevel: [
        { usagePage: 0x01, usage: 0x06 },
        { usagePage: 0x8c, usage: 0x02 },
      ],
    },
  });
});

test('no bytes make it throw or take more than they could say', () => {
  // items that exist are likelier than any bytes
  const item = fc.oneof(
    fc.constantFrom('0502', '0902', 'A101', 'C0', '8102', '7508', '9501', '8501', 'A4', 'B4', '1901', '2905'),
    fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  );
  fc.assert(
    fc.property(fc.array(item, { maxLength: 200 }), (items) => {
      const bytes = fromHex(items.join(''));
      const reading = readReportDescriptor(bytes);
      topLevelUsage(bytes);
      if (reading.ok) expect(reading.descriptor.fields.length).toBeLessThanOrEqual(MAX_FIELDS);
      else expect(reading.detail).not.toBe('');
    }),
  );
});

test('a descriptor cut short is never read as a whole one', () => {
  for (const descriptor of Object.values(DESCRIPTORS)) {
    for (let length = 0; length < descriptor.length; length++) {
      expect(readReportDescriptor(descriptor.subarray(0, length)).ok).toBe(false);
    }
  }
});
