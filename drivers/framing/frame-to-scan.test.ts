import { expect, test } from 'vitest';
import { MAX_SCAN_BYTES } from '../scanner.ts';
import { frameToScan } from './frame-to-scan.ts';

const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

test.each([
  [']Q1LZ1:6BF', ']Q1', 'LZ1:6BF'],
  [']d2LZ1:6BF', ']d2', 'LZ1:6BF'],
  [']E0690', ']E0', '690'],
  [']QA]Q1', ']QA', ']Q1'],
])('of %s the symbology is %s and the code %s', (frame, symbology, code) => {
  const reading = frameToScan(ascii(frame), 'simulated:', 7);
  expect(reading).toEqual({
    ok: true,
    scan: { bytes: ascii(code), symbology, device: 'simulated:', receivedAt: 7 },
  });
});

test.each(['LZ1:6BF', ']', ']Q', ']1Q', ']Q-A', ' ]Q1A', '\xd2]Q1'])(
  '"%s" has no symbology and stays as it is',
  (frame) => {
    const reading = frameToScan(ascii(frame), 'simulated:', 7);
    expect(reading).toEqual({ ok: true, scan: { bytes: ascii(frame), device: 'simulated:', receivedAt: 7 } });
  },
);

test('a symbology with no code behind it is no scan', () => {
  expect(frameToScan(ascii(']Q1'), 'simulated:', 7)).toMatchObject({
    ok: false,
    fault: { name: 'discarded-bytes' },
  });
});

test('a frame beyond the limit is no scan', () => {
  const frame = new Uint8Array(MAX_SCAN_BYTES + 1);
  expect(frameToScan(frame, 'simulated:', 7)).toMatchObject({ ok: false, fault: { name: 'too-long' } });
});
