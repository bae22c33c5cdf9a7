import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_BAUD_RATE } from './serial-port-options.ts';
import { REOPEN_INTERVAL_MS, SerialScanner } from './serial-scanner.ts';
import { eventually } from './testing/eventually.ts';
import { openPtyPair, type PtyPair } from './testing/pty-pair.ts';
import { recordScanner } from './testing/scanner-record.ts';

const now = () => performance.now();

function serialScanner(path: string): SerialScanner {
  return new SerialScanner({ path, baudRate: DEFAULT_BAUD_RATE, framing: 'line' }, now);
}

let cable: PtyPair;
let scanner: SerialScanner;

beforeEach(async () => {
  cable = await openPtyPair();
  scanner = serialScanner(cable.terminalEnd);
});

afterEach(async () => {
  try {
    await scanner.stop();
  } finally {
    await cable.close();
  }
});

async function startReady() {
  const record = recordScanner(scanner);
  scanner.start();
  await eventually(() => expect(scanner.state.name).toBe('ready'));
  return record;
}

test('an unplugged scanner is searched for and reported', async () => {
  const record = await startReady();
  await cable.unplug();
  await eventually(() =>
    expect(scanner.state).toMatchObject({ name: 'searching', cure: expect.stringContaining('plug') }),
  );
  expect(record.faults).toMatchObject([{ name: 'disconnected' }]);
});

test('plugged in again it reads within three seconds', async () => {
  const record = await startReady();
  await cable.unplug();
  await eventually(() => expect(scanner.state.name).toBe('searching'));
  await cable.plug();
  await eventually(() => expect(scanner.state.name).toBe('ready'));
  await cable.write('LZ1:6BF\r');
  await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
});

test('half a code is dropped with a fault at an unplug and does not touch the next code', async () => {
  const record = await startReady();
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

test('a scanner that is not there yet is found when it comes', async () => {
  await cable.unplug();
  const record = recordScanner(scanner);
  scanner.start();
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
  scanner.start();
  await pause(REOPEN_INTERVAL_MS + 200);
  expect(record.faults).toHaveLength(1);
});

test('a scanner stopped while it is searched for stops', async () => {
  await cable.unplug();
  scanner.start();
  await eventually(() => expect(scanner.state).toMatchObject({ cure: expect.stringContaining('plug') }));
  await scanner.stop();
  expect(scanner.state).toEqual({ name: 'stopped' });
});

test('a scanner stopped at the moment it is unplugged stops', async () => {
  await startReady();
  await Promise.all([cable.unplug(), scanner.stop()]);
  expect(scanner.state).toEqual({ name: 'stopped' });
});

test('a stopped scanner leaves the port to others', async () => {
  await startReady();
  await scanner.stop();
  scanner = serialScanner(cable.terminalEnd);
  await startReady();
});

test('a port that another program holds is searched for, saying so, until it is free', async () => {
  const other = serialScanner(cable.terminalEnd);
  other.start();
  await eventually(() => expect(other.state.name).toBe('ready'));
  scanner.start();
  await eventually(() =>
    expect(scanner.state).toMatchObject({ cure: expect.stringContaining('another program holds') }),
  );
  await other.stop();
  await eventually(() => expect(scanner.state.name).toBe('ready'));
});

test('a path that is no serial port is said to be none', async () => {
  const file = `${cable.terminalEnd}-file`;
  await writeFile(file, 'no port');
  const misled = serialScanner(file);
  misled.start();
  await eventually(() =>
    expect(misled.state).toMatchObject({ cure: expect.stringContaining('not a serial port') }),
  );
  await misled.stop();
});
