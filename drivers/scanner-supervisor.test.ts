import { expect, test } from 'vitest';
import { PageKeyboardScanner } from './fed/page-keyboard-scanner.ts';
import { SimulatedScanner } from './fed/simulated-scanner.ts';
import { parseScannerAddress, type ScannerAddress } from './scanner-address.ts';
import { ScannerSupervisor } from './scanner-supervisor.ts';

function openSet() {
  const set = new ScannerSupervisor([{ transport: 'simulated' }, { transport: 'page' }]);
  const simulated = set.scanners.find((scanner) => scanner instanceof SimulatedScanner);
  const keyboard = set.scanners.find((scanner) => scanner instanceof PageKeyboardScanner);
  if (!simulated || !keyboard) throw new Error('no such scanners');
  const told: string[] = [];
  const unsubscribe = set.subscribe({
    scan: (scan) => told.push(`${scan.device} scan ${scan.text}`),
    state: (state, device) => told.push(`${device} is ${state.name}`),
    fault: (fault, device) => told.push(`${device} fault ${fault.name}`),
  });
  return { set, simulated, keyboard, told, unsubscribe };
}

test('claim and release reach every scanner, and each state is told with its scanner', async () => {
  const { set, told } = openSet();
  set.claim();
  await set.release();
  expect(told).toEqual([
    'simulated: is ready',
    'keyboard:page is ready',
    'simulated: is released',
    'keyboard:page is released',
  ]);
});

test('scans of all scanners arrive in the order they were read', () => {
  const { set, simulated, keyboard, told } = openSet();
  set.claim();
  told.length = 0;
  keyboard.typed('A');
  simulated.present('B');
  keyboard.typed('C');
  expect(told).toEqual(['keyboard:page scan A', 'simulated: scan B', 'keyboard:page scan C']);
});

test('a fault is told with its scanner', () => {
  const { set, simulated, told } = openSet();
  set.claim();
  simulated.unplug();
  expect(told).toContain('simulated: fault disconnected');
});

test('paused, none of them passes a scan', () => {
  const { set, simulated, keyboard, told } = openSet();
  set.claim();
  set.pause();
  simulated.present('A');
  keyboard.typed('B');
  set.resume();
  simulated.present('C');
  expect(told.filter((line) => line.includes('scan '))).toEqual(['simulated: scan C']);
});

test('two scanners for one role are refused, naming both', () => {
  const addresses = ['serial:/dev/ttyACM0', 'hid:0c2e:0b87'].map(addressOf);
  expect(() => new ScannerSupervisor(addresses)).toThrow(
    /serial:\/dev\/ttyACM0 and hid:0c2e:0b87 both have the role main/,
  );
});

test('two scanners of different roles are two scanners', () => {
  const addresses = ['serial:/dev/ttyACM0', 'serial:/dev/ttyACM1?role=counter'].map(addressOf);
  expect(new ScannerSupervisor(addresses).scanners).toHaveLength(2);
});

test('after unsubscribing nothing is told', () => {
  const { set, simulated, told, unsubscribe } = openSet();
  unsubscribe();
  set.claim();
  simulated.present('A');
  expect(told).toEqual([]);
});

function addressOf(text: string): ScannerAddress {
  const reading = parseScannerAddress(text);
  if (!reading.ok) throw new Error(reading.detail);
  return reading.address;
}
