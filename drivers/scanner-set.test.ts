import { expect, test } from 'vitest';
import { PageKeyboardScanner } from './page-keyboard-scanner.ts';
import { MAX_SCAN_AGE_MS, ScannerSet } from './scanner-set.ts';
import { SimulatedScanner } from './simulated-scanner.ts';

/** A set of two whose scans are stamped at 1,000 ms and looked at `age` ms later. */
function openSet(age = 0) {
  const readAt = 1_000;
  const simulated = new SimulatedScanner(() => readAt);
  const keyboard = new PageKeyboardScanner(() => readAt);
  const set = new ScannerSet([simulated, keyboard], () => readAt + age);
  const told: string[] = [];
  const unsubscribe = set.subscribe({
    scan: (scan) => told.push(`${scan.device} scan ${Buffer.from(scan.bytes).toString()}`),
    state: (state, device) => told.push(`${device} is ${state.name}`),
    fault: (fault, device) => told.push(`${device} fault ${fault.name}`),
  });
  return { set, simulated, keyboard, told, unsubscribe };
}

test('start and stop reach every scanner, and each state is told with its scanner', async () => {
  const { set, told } = openSet();
  set.start();
  await set.stop();
  expect(told).toEqual([
    'simulated: is ready',
    'keyboard:page is ready',
    'simulated: is stopped',
    'keyboard:page is stopped',
  ]);
});

test('scans of all scanners arrive in the order they were read', () => {
  const { set, simulated, keyboard, told } = openSet();
  set.start();
  told.length = 0;
  keyboard.typed('A');
  simulated.present('B');
  keyboard.typed('C');
  expect(told).toEqual(['keyboard:page scan A', 'simulated: scan B', 'keyboard:page scan C']);
});

test('a fault is told with its scanner', () => {
  const { set, simulated, told } = openSet();
  set.start();
  simulated.unplug();
  expect(told).toContain('simulated: fault disconnected');
});

test('a scan as old as the limit still passes', () => {
  const { set, simulated, told } = openSet(MAX_SCAN_AGE_MS);
  set.start();
  simulated.present('A');
  expect(told.at(-1)).toBe('simulated: scan A');
});

test('a scan older than the limit is dropped and reported', () => {
  const { set, simulated, told } = openSet(MAX_SCAN_AGE_MS + 1);
  set.start();
  simulated.present('A');
  expect(told.at(-1)).toBe('simulated: fault dropped-stale');
  expect(told).not.toContain('simulated: scan A');
});

test('after unsubscribing nothing is told', () => {
  const { set, simulated, told, unsubscribe } = openSet();
  unsubscribe();
  set.start();
  simulated.present('A');
  expect(told).toEqual([]);
});
