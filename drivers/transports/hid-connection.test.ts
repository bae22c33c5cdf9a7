import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HidDouble } from '../testing/hid-double.ts';
import { CLOSE_LIMIT_MS, type Connection, WRITE_LIMIT_MS } from './connection.ts';
import { openHidConnection } from './hid-connection.ts';

let device: HidDouble;
let reports: number[][];

beforeEach(() => {
  vi.useFakeTimers();
  device = new HidDouble();
  reports = [];
});

afterEach(() => {
  vi.useRealTimers();
});

/** Any file there is stands for the device's node. */
const PATH = '/dev/null';

async function openDevice(): Promise<Connection> {
  const opened = await openHidConnection(
    PATH,
    (report) => reports.push([...report]),
    () => Promise.resolve(device),
  );
  if (!opened.ok) throw new Error(opened.detail);
  return opened.connection;
}

test('every report comes whole and alone', async () => {
  await openDevice();
  device.send(2, 3, 65);
  device.send(2, 1, 66);
  expect(reports).toEqual([
    [2, 3, 65],
    [2, 1, 66],
  ]);
});

test('what is written goes out as one report', async () => {
  const connection = await openDevice();
  await connection.write(Uint8Array.of(0xfd, 3, 0x16, 0x54, 0x0d));
  expect(device.written).toEqual([[0xfd, 3, 0x16, 0x54, 0x0d]]);
});

test('a connection that is closed ends without a reason, once the device has closed', async () => {
  const connection = await openDevice();
  const ended = vi.fn();
  const whenEnded = connection.ended.then(ended);
  connection.close();
  await vi.advanceTimersByTimeAsync(49);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await whenEnded;
  expect(ended).toHaveBeenCalledWith(undefined);
});

test('closing twice closes the device once', async () => {
  const connection = await openDevice();
  connection.close();
  connection.close();
  await vi.advanceTimersByTimeAsync(50);
  await connection.ended;
  connection.close();
  expect(device.closings).toBe(1);
});

test('an unplug closes the device and ends the connection with the reason', async () => {
  const connection = await openDevice();
  device.unplug();
  await vi.advanceTimersByTimeAsync(50);
  expect(await connection.ended).toBe('could not read from HID device');
  expect(device.closings).toBe(1);
});

test('an unplug after closing was asked for is no reason', async () => {
  const connection = await openDevice();
  connection.close();
  device.unplug();
  await vi.advanceTimersByTimeAsync(50);
  expect(await connection.ended).toBeUndefined();
});

test('a device that does not close is given up with the reason', async () => {
  const connection = await openDevice();
  device.hangs = true;
  connection.close();
  await vi.advanceTimersByTimeAsync(CLOSE_LIMIT_MS);
  expect(await connection.ended).toContain('did not close');
});

test('of an unplugged device that does not close the unplug is the reason', async () => {
  const connection = await openDevice();
  device.hangs = true;
  device.unplug();
  await vi.advanceTimersByTimeAsync(CLOSE_LIMIT_MS);
  expect(await connection.ended).toBe('could not read from HID device');
});

test('nothing is handed on after the end', async () => {
  const connection = await openDevice();
  device.hangs = true;
  connection.close();
  await vi.advanceTimersByTimeAsync(CLOSE_LIMIT_MS);
  await connection.ended;
  device.send(1);
  expect(reports).toEqual([]);
});

test('a write that does not come back is refused in time', async () => {
  const connection = await openDevice();
  device.hangs = true;
  const refused = expect(connection.write(Uint8Array.of(1))).rejects.toThrow('not sent within');
  await vi.advanceTimersByTimeAsync(WRITE_LIMIT_MS);
  await refused;
});

test("a write that the device refuses is refused with an Error of its words, though node-hid's is a string", async () => {
  const connection = await openDevice();
  device.write = () => Promise.reject('Cannot write to hid device');
  await expect(connection.write(Uint8Array.of(1))).rejects.toEqual(new Error('Cannot write to hid device'));
});

test('a write to a closed connection is refused and never sent', async () => {
  const connection = await openDevice();
  connection.close();
  await expect(connection.write(Uint8Array.of(1))).rejects.toThrow('closed');
  expect(device.written).toEqual([]);
});

test('no timer is left behind by a write or a close', async () => {
  const connection = await openDevice();
  await connection.write(Uint8Array.of(1));
  connection.close();
  await vi.advanceTimersByTimeAsync(50);
  await connection.ended;
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['an Error', new Error('libusb-1.0.so.0: cannot open shared object file'), 'package libusb-1.0-0'],
  ['a string', 'cannot open device with path', 'check the scanner'],
])('a failure to open that is %s is a result with a cure', async (_case, failure, cure) => {
  const opened = await openHidConnection(
    PATH,
    () => undefined,
    () => Promise.reject(failure),
  );
  expect(opened).toMatchObject({ ok: false, cure: expect.stringContaining(cure) });
});

test.runIf(process.platform === 'linux')(
  "a missing device is told in the system's words, before node-hid is loaded",
  async () => {
    const openHid = vi.fn(() => Promise.resolve(device));
    const opened = await openHidConnection('/dev/hidraw-missing', () => undefined, openHid);
    expect(opened).toMatchObject({
      ok: false,
      detail: expect.stringContaining('ENOENT'),
      cure: expect.stringContaining('plug the scanner in'),
    });
    expect(openHid).not.toHaveBeenCalled();
  },
);

test('with node-hid itself, what is no HID device is a failure with a cure and no crash', async () => {
  vi.useRealTimers();
  const opened = await openHidConnection(PATH, () => undefined);
  expect(opened).toMatchObject({ ok: false, cure: expect.stringContaining(PATH) });
});
