import { expect, test } from 'vitest';
import { hidPosReports, REPORT_BYTES } from './hid-pos-reports.ts';

test('layout A has the AIM identifier beside the data and the continuation bit in the last byte', () => {
  const [first, second] = hidPosReports('A', `]Q1${'X'.repeat(57)}`);
  expect(Buffer.from(first ?? []).toString('latin1', 0, 6)).toBe('\x02\x38]Q1X');
  expect(Buffer.from(second ?? []).toString('latin1', 0, 7)).toBe('\x02\x01]Q1X\0');
  expect([first?.[REPORT_BYTES - 1], second?.[REPORT_BYTES - 1]]).toEqual([1, 0]);
});

test('layout B has the data from byte 2 on', () => {
  const [report] = hidPosReports('B', 'LZ1');
  expect(Buffer.from(report ?? []).toString('latin1', 0, 6)).toBe('\x02\x03LZ1\0');
  expect(report).toHaveLength(REPORT_BYTES);
});
