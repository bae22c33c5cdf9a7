import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FramingName } from './framing/framing.ts';
import { DEFAULT_BAUD_RATE } from './serial-port-options.ts';
import { REOPEN_INTERVAL_MS, SerialScanner } from './serial-scanner.ts';
import { openPtyPair, type PtyPair } from './testing/pty-pair.ts';
import { describeScannerContract } from './testing/scanner-contract.ts';
import { recordScanner } from './testing/scanner-record.ts';

const now = () => performance.now();
/** The longest a replugged scanner may take to read again. */
const RECOVERY = { timeout: 3_000, interval: 10 };

function serialScanner(path: string, framing: FramingName = 'line'): SerialScanner {
  return new SerialScanner({ path, baudRate: DEFAULT_BAUD_RATE, framing }, now);
}

for (const { framing, terminator } of [
  { framing: 'line', terminator: '\r\n' },
  { framing: 'idle', terminator: '' },
] as const) {
  describeScannerContract(`serial with ${framing} framing`, async () => {
    const cable = await openPtyPair();
    return {
      scanner: serialScanner(cable.terminalEnd, framing),
      show: (code) => cable.write(code + terminator),
      close: () => cable.close(),
    };
  });
}

let cable: PtyPair;
let scanner: SerialScanner;

beforeEach(async () => {
  cable = await openPtyPair();
  scanner = serialScanner(cable.terminalEnd);
});

afterEach(async () => {
  await scanner.stop();
  await cable.close();
});

async function startReady() {
  const record = recordScanner(scanner);
  scanner.start();
  await vi.waitFor(() => expect(scanner.state.name).toBe('ready'), RECOVERY);
  return record;
}

test('an unplugged scanner is searched for and reported', async () => {
  const record = await startReady();
  await cable.unplug();
  await vi.waitFor(
    () => expect(scanner.state).toMatchObject({ name: 'searching', cure: expect.stringContaining('plug') }),
    RECOVERY,
  );
  expect(record.faults).toMatchObject([{ name: 'disconnected' }]);
});

test('plugged in again it reads within three seconds', async () => {
  const record = await startReady();
  await cable.unplug();
  await vi.waitFor(() => expect(scanner.state.name).toBe('searching'), RECOVERY);
  await cable.plug();
  await vi.waitFor(() => expect(scanner.state.name).toBe('ready'), RECOVERY);
  await cable.write('LZ1:6BF\r');
  await vi.waitFor(() => expect(record.codes).toEqual(['LZ1:6BF']), RECOVERY);
});

test('half a code is dropped with a fault at an unplug and does not touch the next code', async () => {
  const record = await startReady();
  await cable.write('WHOLE\rHALF');
  await vi.waitFor(() => expect(record.codes).toEqual(['WHOLE']), RECOVERY);
  await cable.unplug();
  await vi.waitFor(() => expect(scanner.state.name).toBe('searching'), RECOVERY);
  expect(record.faults.map((fault) => fault.name)).toEqual(['discarded-bytes', 'disconnected']);
  await cable.plug();
  await vi.waitFor(() => expect(scanner.state.name).toBe('ready'), RECOVERY);
  await cable.write('NEXT\r');
  await vi.waitFor(() => expect(record.codes).toEqual(['WHOLE', 'NEXT']), RECOVERY);
});

test('a scanner that is not there yet is found when it comes', async () => {
  await cable.unplug();
  const record = recordScanner(scanner);
  scanner.start();
  await vi.waitFor(() => expect(record.faults).toMatchObject([{ name: 'open-failed' }]), RECOVERY);
  expect(scanner.state).toMatchObject({
    name: 'searching',
    cure: expect.stringContaining('plug the scanner in'),
  });
  await cable.plug();
  await vi.waitFor(() => expect(scanner.state.name).toBe('ready'), RECOVERY);
});

test('a missing scanner is reported once, however often it is looked for', async () => {
  await cable.unplug();
  const record = recordScanner(scanner);
  scanner.start();
  await pause(2 * REOPEN_INTERVAL_MS + 200);
  expect(record.faults).toHaveLength(1);
});

test('a scanner stopped while it is searched for stops', async () => {
  await cable.unplug();
  scanner.start();
  await vi.waitFor(
    () => expect(scanner.state).toMatchObject({ cure: expect.stringContaining('plug') }),
    RECOVERY,
  );
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
  await vi.waitFor(() => expect(other.state.name).toBe('ready'), RECOVERY);
  scanner.start();
  await vi.waitFor(
    () => expect(scanner.state).toMatchObject({ cure: expect.stringContaining('another program holds') }),
    RECOVERY,
  );
  await other.stop();
  await vi.waitFor(() => expect(scanner.state.name).toBe('ready'), RECOVERY);
});

test('a path that is no serial port is said to be none', async () => {
  const file = `${cable.terminalEnd}-file`;
  await writeFile(file, 'no port');
  const misled = serialScanner(file);
  misled.start();
  await vi.waitFor(
    () => expect(misled.state).toMatchObject({ cure: expect.stringContaining('not a serial port') }),
    RECOVERY,
  );
  await misled.stop();
});
