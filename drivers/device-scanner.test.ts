import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FIRST_RETRY_MS } from './back-off.ts';
import type { Scanner } from './scanner.ts';
import { eventually } from './testing/eventually.ts';
import { openPtyPair, type PtyPair } from './testing/pty-pair.ts';
import { scannerAt } from './testing/scanner-at.ts';
import { recordScanner } from './testing/scanner-record.ts';

let cable: PtyPair;
let scanner: Scanner;

beforeEach(async () => {
  cable = await openPtyPair();
  scanner = scannerAt(`serial:${cable.terminalEnd}`);
});

afterEach(async () => {
  try {
    await scanner.release();
  } finally {
    await cable.close();
  }
});

async function claimReady() {
  const record = recordScanner(scanner);
  scanner.claim();
  await eventually(() => expect(scanner.state.name).toBe('ready'));
  return record;
}

test('an unplugged scanner is searched for and reported', async () => {
  const record = await claimReady();
  await cable.unplug();
  await eventually(() =>
    expect(scanner.state).toMatchObject({ name: 'searching', cure: expect.stringContaining('plug') }),
  );
  expect(record.faults).toMatchObject([{ name: 'disconnected' }]);
});

test('plugged in again it reads within three seconds', async () => {
  const record = await claimReady();
  await cable.unplug();
  await eventually(() => expect(scanner.state.name).toBe('searching'));
  await cable.plug();
  await eventually(() => expect(scanner.state.name).toBe('ready'));
  await cable.write('LZ1:6BF\r');
  await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
  expect(scanner.statistics.connections).toBe(2);
});

test('half a code is dropped with a fault at an unplug and does not touch the next code', async () => {
  const record = await claimReady();
  await cable.write('WHOLE\rHALF');
  await eventually(() => expect(record.codes).toEqual(['WHOLE']));
  await cable.unplug();
  await eventually(() => expect(scanner.state.name).toBe('searching'));
  expect(record.faults.map((fault) => fault.name)).toEqual(['discarded-bytes', 'disconnected']);
  await cable.plug();
  await eventually(() => expect(scanner.state.name).toBe('ready'));
  await cable.write('NEXT\r');
  await eventually(() => expect(record.codes).toEqual(['WHOLE', 'NEXT']));
});

test('a code held in front of it is one scan', async () => {
  const record = await claimReady();
  for (let i = 0; i < 3; i++) await cable.write('SAME\r');
  await cable.write('OTHER\r');
  await eventually(() => expect(record.codes).toEqual(['SAME', 'OTHER']));
  expect(scanner.statistics.heldOff).toBe(2);
});

test('without a hold-off every reading is a scan', async () => {
  scanner = scannerAt(`serial:${cable.terminalEnd}?holdoff=0`);
  const record = await claimReady();
  await cable.write('SAME\rSAME\r');
  await eventually(() => expect(record.codes).toEqual(['SAME', 'SAME']));
});

test('a scanner that is not there yet is found when it comes', async () => {
  await cable.unplug();
  const record = recordScanner(scanner);
  scanner.claim();
  await eventually(() => expect(record.faults).toMatchObject([{ name: 'open-failed' }]));
  expect(scanner.state).toMatchObject({
    name: 'searching',
    cure: expect.stringContaining('plug the scanner in'),
  });
  await cable.plug();
  await eventually(() => expect(scanner.state.name).toBe('ready'));
});

test('a missing scanner is reported once, however often it is looked for', async () => {
  await cable.unplug();
  const record = recordScanner(scanner);
  scanner.claim();
  await pause(3 * FIRST_RETRY_MS + 200);
  expect(record.faults).toHaveLength(1);
});

test('a scanner released while it is searched for lets go', async () => {
  await cable.unplug();
  scanner.claim();
  await eventually(() => expect(scanner.state).toMatchObject({ cure: expect.stringContaining('plug') }));
  await scanner.release();
  expect(scanner.state).toEqual({ name: 'released' });
});

test('a scanner released at the moment it is unplugged lets go', async () => {
  await claimReady();
  await Promise.all([cable.unplug(), scanner.release()]);
  expect(scanner.state).toEqual({ name: 'released' });
});

test('a released scanner leaves the port to others', async () => {
  await claimReady();
  await scanner.release();
  scanner = scannerAt(`serial:${cable.terminalEnd}`);
  await claimReady();
});

test('a device that another scanner has is searched for, saying so, until it is free', async () => {
  const other = scannerAt(`serial:${cable.terminalEnd}`);
  other.claim();
  await eventually(() => expect(other.state.name).toBe('ready'));
  scanner.claim();
  await eventually(() => expect(scanner.state).toMatchObject({ cure: expect.stringContaining('only once') }));
  await other.release();
  await eventually(() => expect(scanner.state.name).toBe('ready'));
});

test('a path that is no serial port is said to be none', async () => {
  const file = `${cable.terminalEnd}-file`;
  await writeFile(file, 'no port');
  const misled = scannerAt(`serial:${file}`);
  misled.claim();
  await eventually(() =>
    expect(misled.state).toMatchObject({ cure: expect.stringContaining('not a serial port') }),
  );
});
