import { expect, test } from 'vitest';
import { SimulatedScanner } from './simulated-scanner.ts';
import { describeScannerContract } from './testing/scanner-contract.ts';
import { recordScanner } from './testing/scanner-record.ts';

const now = () => performance.now();

describeScannerContract('simulated', () => {
  const scanner = new SimulatedScanner(now);
  return { scanner, show: (code) => void scanner.present(code), close: () => undefined };
});

function startedScanner() {
  const scanner = new SimulatedScanner(now);
  const record = recordScanner(scanner);
  scanner.start();
  return { scanner, record };
}

test('bytes presented are scanned as they are, line ends included', () => {
  const { scanner, record } = startedScanner();
  const bytes = Uint8Array.of(0xd2, 0x0d, 0x0a, 0x00, 0xff);
  expect(scanner.present(bytes)).toBe('scanned');
  expect(record.scans[0]?.bytes).toEqual(bytes);
});

test('text presented is scanned as UTF-8', () => {
  const { scanner, record } = startedScanner();
  scanner.present('亮证');
  expect(new TextDecoder().decode(record.scans[0]?.bytes)).toBe('亮证');
});

test('presenting to a scanner that is not running is answered with not-ready', () => {
  expect(new SimulatedScanner(now).present('LZ1:6BF')).toBe('not-ready');
});

test('presenting nothing is answered and reported as discarded', () => {
  const { scanner, record } = startedScanner();
  expect(scanner.present('')).toBe('discarded-bytes');
  expect(record.faults).toMatchObject([{ name: 'discarded-bytes' }]);
});

test('unplugged it is searching, reports the fault and scans nothing', () => {
  const { scanner, record } = startedScanner();
  scanner.unplug();
  expect(scanner.state.name).toBe('searching');
  expect(record.faults).toMatchObject([{ name: 'disconnected' }]);
  expect(scanner.present('LZ1:6BF')).toBe('not-ready');
  expect(record.scans).toEqual([]);
});

test('plugged in again it is ready and scans', () => {
  const { scanner } = startedScanner();
  scanner.unplug();
  scanner.plug();
  expect(scanner.state).toEqual({ name: 'ready' });
  expect(scanner.present('LZ1:6BF')).toBe('scanned');
});

test('unplugging and plugging do not start a stopped scanner', async () => {
  const { scanner } = startedScanner();
  await scanner.stop();
  scanner.unplug();
  scanner.plug();
  expect(scanner.state).toEqual({ name: 'stopped' });
});
