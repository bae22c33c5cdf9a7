import { expect, test } from 'vitest';
import { MAX_SCAN_BYTES } from '../scanner.ts';
import { frameToScan } from './frame-to-scan.ts';

const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const read = (text: string, symbology?: string) =>
  frameToScan({ bytes: ascii(text), frames: 2, ...(symbology ? { symbology } : {}) }, 'simulated:', 7);

test.each([
  [']Q1LZ1:6BF', ']Q1', 'LZ1:6BF'],
  [']d2LZ1:6BF', ']d2', 'LZ1:6BF'],
  [']E0690', ']E0', '690'],
  [']QA]Q1', ']QA', ']Q1'],
])('of %s the symbology is %s and the code %s', (frame, symbology, code) => {
  expect(read(frame)).toEqual({
    ok: true,
    scan: {
      bytes: ascii(code),
      text: code,
      encoding: 'utf-8',
      symbology,
      device: 'simulated:',
      receivedAt: 7,
      frames: 2,
    },
  });
});

test.each([
  ['sLZ1:6BF', ']Q1', 'LZ1:6BF'],
  ['wLZ1:6BF', ']d1', 'LZ1:6BF'],
  [']Q1sLZ1', ']Q1', 'sLZ1'],
])(
  'of %s from a scanner that sends code ids the symbology is %s and the code %s',
  (frame, symbology, text) => {
    const code = { bytes: ascii(frame), frames: 1 };
    expect(frameToScan(code, 'simulated:', 7, 'honeywell')).toMatchObject({ scan: { symbology, text } });
  },
);

test('without such a setting no letter is taken for a code id', () => {
  expect(read('sLZ1:6BF')).toMatchObject({ scan: { text: 'sLZ1:6BF' } });
});

test('a symbology the wire carried beside the code leaves the code as it is', () => {
  expect(read(']Q1LZ1:6BF', ']d2')).toMatchObject({
    ok: true,
    scan: { bytes: ascii(']Q1LZ1:6BF'), symbology: ']d2' },
  });
});

test.each(['LZ1:6BF', ']', ']Q', ']1Q', ']Q-A', ' ]Q1A', '\xd2]Q1'])(
  '"%s" has no symbology and stays as it is',
  (frame) => {
    const reading = read(frame);
    expect(reading).toMatchObject({ ok: true, scan: { bytes: ascii(frame) } });
    expect(reading.ok && 'symbology' in reading.scan).toBe(false);
  },
);

test.each(['LZ1:6BF\r', 'LZ1:6BF\n', 'LZ1:6BF\r\n'])('%j is the code without the line end', (frame) => {
  expect(read(frame)).toMatchObject({ ok: true, scan: { text: 'LZ1:6BF' } });
});

test.each(['LZ1:6BF ', 'LZ1:6BF \t', 'A\x1dB\r', '\xd2\x84\xff\r', 'LZ1\r\r'])(
  '%j keeps its last byte',
  (frame) => {
    expect(read(frame)).toMatchObject({ ok: true, scan: { bytes: ascii(frame) } });
  },
);

test('a line end alone is no scan', () => {
  expect(read('\r\n')).toMatchObject({ ok: false, discarded: { why: 'garbage' } });
});

test('a symbology with no code behind it is no scan', () => {
  expect(read(']Q1')).toMatchObject({ ok: false, discarded: { why: 'garbage', count: 3 } });
});

test('a frame beyond the limit is no scan', () => {
  expect(read('A'.repeat(MAX_SCAN_BYTES + 1))).toMatchObject({
    ok: false,
    discarded: { why: 'too-long', count: MAX_SCAN_BYTES + 1 },
  });
});
