import { expect, test } from 'vitest';
import { describeScannerContract } from '../testing/scanner-contract.ts';
import { recordScanner } from '../testing/scanner-record.ts';
import { SimulatedScanner } from './simulated-scanner.ts';

const now = () => performance.now();

describeScannerContract('simulated', () => {
  const scanner = new SimulatedScanner(now);
  return { scanner, show: (code) => void scanner.present(code), close: () => undefined };
});

function claimedScanner() {
  const scanner = new SimulatedScanner(now);
  const record = recordScanner(scanner);
  scanner.claim();
  return { scanner, record };
}

test('bytes presented are scanned as they are, line ends included', () => {
  const { scanner, record } = claimedScanner();
  const bytes = Uint8Array.of(0xd2, 0x0d, 0x0a, 0x00, 0xff);
  expect(scanner.present(bytes)).toBe('scanned');
  expect(record.scans[0]?.bytes).toEqual(bytes);
});

test('text presented is scanned as UTF-8', () => {
  const { scanner, record } = claimedScanner();
  scanner.present('亮证');
  expect(new TextDecoder().decode(record.scans[0]?.bytes)).toBe('亮证');
});

test('presenting to a scanner that is not running is answered with not-ready', () => {
  expect(new SimulatedScanner(now).present('LZ1:6BF')).toBe('not-ready');
});

test('presenting nothing is answered and reported as discarded', () => {
  const { scanner, record } = claimedScanner();
  expect(scanner.present('')).toBe('discarded-bytes');
  expect(record.faults).toMatchObject([{ name: 'discarded-bytes' }]);
});

test('unplugged it is searching, reports the fault and scans nothing', () => {
  const { scanner, record } = claimedScanner();
  scanner.unplug();
  expect(scanner.state.name).toBe('searching');
  expect(record.faults).toMatchObject([{ name: 'disconnected' }]);
  expect(scanner.present('LZ1:6BF')).toBe('not-ready');
  expect(record.scans).toEqual([]);
});

test('plugged in again it is ready and scans', () => {
  const { scanner } = claimedScanner();
  scanner.unplug();
  scanner.plug();
  expect(scanner.state).toMatchObject({ name: 'ready' });
  expect(scanner.present('LZ1:6BF')).toBe('scanned');
});

test('unplugging and plugging do not claim a released scanner', async () => {
  const { scanner } = claimedScanner();
  await scanner.release();
  scanner.unplug();
  scanner.plug();
  expect(scanner.state).toEqual({ name: 'released' });
});
