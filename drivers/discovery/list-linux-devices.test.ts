import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_DEVICE_TEXT } from './device-text.ts';
import { listLinuxDevices } from './list-linux-devices.ts';
import type { DeviceFolders } from './sysfs-device.ts';

/** The shape of a real /sys: classes are links into one tree of hardware. */
let root: string;
let folders: DeviceFolders;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sysfs-'));
  folders = { sys: join(root, 'sys'), dev: join(root, 'dev') };
  for (const deviceClass of ['tty', 'hidraw', 'input'])
    mkdirSync(join(folders.sys, 'class', deviceClass), { recursive: true });
});

afterEach(() => rm(root, { recursive: true }));

const USB = 'devices/pci0000:00/usb1/1-4';

function put(path: string, content: string | Uint8Array = ''): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

function putAll(folder: string, attributes: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(attributes)) put(join(folders.sys, folder, name), content);
}

/** A device in its class; its `device` link leads to the hardware's folder. */
function putDevice(deviceClass: string, name: string, hardware: string, attributes = {}): void {
  const folder = join(hardware, deviceClass, name);
  mkdirSync(join(folders.sys, folder), { recursive: true });
  mkdirSync(join(folders.sys, hardware), { recursive: true });
  putAll(folder, attributes);
  link(join(folders.sys, folder, 'device'), join(folders.sys, hardware));
  link(join(folders.sys, 'class', deviceClass, name), join(folders.sys, folder));
}

const USB_FACTS = {
  idVendor: '1eab\n',
  idProduct: '1606\n',
  manufacturer: 'Newland\n',
  product: 'FM100\n',
  serial: 'FM100-0042\n',
};

function putUsbSerial(name = 'ttyACM0', facts: Readonly<Record<string, string>> = USB_FACTS): void {
  putAll(USB, facts);
  putDevice('tty', name, `${USB}/1-4:1.0`);
}

/** HID POS: usage page 0x8C, usage 2. */
const DESCRIPTOR = Uint8Array.of(0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0xc0);

function putHid(
  uevent: string,
  descriptor = DESCRIPTOR,
  hardware = 'devices/virtual/misc/uhid/0003:0C2E:0B87.0001',
): void {
  putAll(hardware, { uevent, report_descriptor: descriptor });
  putDevice('hidraw', 'hidraw0', hardware);
}

/** As the kernel prints a full keyboard, in 64-bit words. */
const KEYBOARD_KEYS = '1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\n';

function putInput(
  name: string,
  keys: string,
  hardware = `${USB}/1-4:1.0/0003:0C2E:1001.0002/input/input7`,
): void {
  putAll(hardware, {
    name: 'Honeywell Imager\n',
    uniq: '\n',
    'id/vendor': '0c2e\n',
    'id/product': '1001\n',
    'capabilities/key': keys,
  });
  putDevice('input', name, hardware);
}

test('a serial port on USB is found with all the device says', async () => {
  putUsbSerial();
  expect(await listLinuxDevices(folders)).toEqual({
    devices: [
      {
        transport: 'serial',
        path: join(folders.dev, 'ttyACM0'),
        vendorId: 0x1eab,
        productId: 0x1606,
        manufacturer: 'Newland',
        product: 'FM100',
        serialNumber: 'FM100-0042',
      },
    ],
    troubles: [],
  });
});

test('what a device does not say is not there', async () => {
  putUsbSerial('ttyUSB0', { idVendor: '1a86\n', idProduct: '7523\n' });
  const { devices } = await listLinuxDevices(folders);
  expect(devices).toEqual([
    { transport: 'serial', path: join(folders.dev, 'ttyUSB0'), vendorId: 0x1a86, productId: 0x7523 },
  ]);
  expect(Object.keys(devices[0] ?? {})).not.toContain('product');
});

test('a serial port has the name that stays, where udev made one', async () => {
  putUsbSerial();
  put(join(folders.dev, 'ttyACM0'));
  put(join(folders.dev, 'ttyACM1'));
  const byId = join(folders.dev, 'serial/by-id');
  link(join(byId, 'usb-Another-if00'), '../../ttyACM1');
  link(join(byId, 'usb-Newland_FM100-if00'), '../../ttyACM0');
  link(join(byId, 'usb-Unplugged-if00'), '../../ttyACM9');
  const { devices } = await listLinuxDevices(folders);
  expect(devices[0]?.stablePath).toBe(join(byId, 'usb-Newland_FM100-if00'));
});

test("a UART of the board is found without ids, an empty slot of the driver's is not", async () => {
  putDevice('tty', 'ttyS0', 'devices/platform/serial8250', { type: '4\n' });
  putDevice('tty', 'ttyS1', 'devices/platform/serial8250', { type: '0\n' });
  const { devices } = await listLinuxDevices(folders);
  expect(devices).toEqual([{ transport: 'serial', path: join(folders.dev, 'ttyS0') }]);
});

test('consoles are no serial ports', async () => {
  for (const name of ['tty', 'tty0', 'tty63', 'console', 'ptmx', 'ttyprintk']) {
    mkdirSync(join(folders.sys, 'class/tty', name));
  }
  expect(await listLinuxDevices(folders)).toEqual({ devices: [], troubles: [] });
});

test('ports are in the order of their numbers', async () => {
  for (const name of ['ttyACM10', 'ttyACM2']) putUsbSerial(name);
  const { devices } = await listLinuxDevices(folders);
  expect(devices.map(({ path }) => path)).toEqual([
    join(folders.dev, 'ttyACM2'),
    join(folders.dev, 'ttyACM10'),
  ]);
});

test('a HID device is found with its usage and its report descriptor, on USB or not', async () => {
  putHid('DRIVER=hid-generic\nHID_ID=0003:00000C2E:00000B87\nHID_NAME=Honeywell Imager\nHID_UNIQ=S/N 7\n');
  const { devices } = await listLinuxDevices(folders);
  expect(devices).toEqual([
    {
      transport: 'hid',
      path: join(folders.dev, 'hidraw0'),
      vendorId: 0x0c2e,
      productId: 0x0b87,
      product: 'Honeywell Imager',
      serialNumber: 'S/N 7',
      usagePage: 0x8c,
      usage: 0x02,
      descriptor: Buffer.from(DESCRIPTOR),
    },
  ]);
});

test('a HID device on USB says who made it', async () => {
  putAll(USB, { idVendor: '0c2e\n', idProduct: '0b87\n', manufacturer: 'Honeywell\n' });
  putHid(
    'HID_ID=0003:00000C2E:00000B87\nHID_NAME=Honeywell Imager\n',
    DESCRIPTOR,
    `${USB}/1-4:1.0/0003:0C2E:0B87.0001`,
  );
  const { devices } = await listLinuxDevices(folders);
  expect(devices[0]).toMatchObject({ manufacturer: 'Honeywell', product: 'Honeywell Imager' });
});

test.each([
  ['an unreadable HID_ID', 'HID_ID=nonsense\n'],
  ['ids beyond 16 bits', 'HID_ID=0003:00010C2E:00000B87\n'],
  ['no uevent to speak of', ''],
])('a HID device with %s is one without ids', async (_case, uevent) => {
  putHid(uevent);
  const { devices } = await listLinuxDevices(folders);
  expect(devices[0]).toMatchObject({ transport: 'hid', usagePage: 0x8c });
  expect(devices[0]).not.toHaveProperty('vendorId');
});

test('a report descriptor of nonsense gives no usage', async () => {
  putHid('HID_ID=0003:00000C2E:00000B87\n', new Uint8Array(64).fill(0xff));
  const { devices } = await listLinuxDevices(folders);
  expect(devices[0]).not.toHaveProperty('usagePage');
});

test('a keyboard is found with its ids and the name that stays', async () => {
  putInput('event3', KEYBOARD_KEYS);
  put(join(folders.dev, 'input/event3'));
  const stablePath = join(folders.dev, 'input/by-id/usb-Honeywell-event-kbd');
  link(stablePath, '../event3');
  const { devices } = await listLinuxDevices(folders);
  expect(devices).toEqual([
    {
      transport: 'keyboard',
      path: join(folders.dev, 'input/event3'),
      stablePath,
      vendorId: 0x0c2e,
      productId: 0x1001,
      product: 'Honeywell Imager',
    },
  ]);
});

test('a keyboard of a 32-bit kernel is found too', async () => {
  putInput('event0', '10000 7 ff800000 7ff febeffdf fff3ffff ffffffff fffffffe\n');
  expect((await listLinuxDevices(folders)).devices).toHaveLength(1);
});

test.each([
  ['a mouse', 'event4', '1f0000 0 0 0 0\n'],
  ['a power button', 'event4', '10000000000000 0\n'],
  ['a remote with digits and Enter', 'event4', '10000ffc\n'],
  ['a device without keys', 'event4', '0\n'],
  ["a mouse's second node", 'mouse0', KEYBOARD_KEYS],
])('%s is no keyboard', async (_case, name, keys) => {
  putInput(name, keys);
  expect(await listLinuxDevices(folders)).toEqual({ devices: [], troubles: [] });
});

test('what a device says is cut short and stripped of control characters', async () => {
  putUsbSerial('ttyACM0', { ...USB_FACTS, product: `\x1b]0;${'x'.repeat(1_000)}\n`, serial: 'A\nB' });
  const [device] = (await listLinuxDevices(folders)).devices;
  expect(device?.product).toBe(`]0;${'x'.repeat(MAX_DEVICE_TEXT - 3)}`);
  expect(device?.serialNumber).toBe('A B');
});

test('a device that goes while it is looked at is left out, the others are there', async () => {
  putUsbSerial();
  link(join(folders.sys, 'class/tty/ttyACM1'), join(folders.sys, 'gone'));
  link(join(folders.sys, 'class/hidraw/hidraw5'), join(folders.sys, 'gone'));
  const { devices, troubles } = await listLinuxDevices(folders);
  expect(devices.map(({ path }) => path)).toEqual([join(folders.dev, 'ttyACM0')]);
  expect(troubles).toEqual([]);
});

test('a kind of device the kernel has never seen is no trouble', async () => {
  await rm(join(folders.sys, 'class/hidraw'), { recursive: true });
  putUsbSerial();
  const { devices, troubles } = await listLinuxDevices(folders);
  expect([devices.length, troubles]).toEqual([1, []]);
});

test('a class that can not be read is a trouble with a cure, and the others are read', async () => {
  putUsbSerial();
  await rm(join(folders.sys, 'class/hidraw'), { recursive: true });
  put(join(folders.sys, 'class/hidraw'));
  const { devices, troubles } = await listLinuxDevices(folders);
  expect(devices).toHaveLength(1);
  expect(troubles).toMatchObject([{ transport: 'hid', detail: expect.stringContaining('ENOTDIR') }]);
  expect(troubles[0]?.cure).toContain(join(folders.sys, 'class'));
});

test('without sysfs every kind is a trouble', async () => {
  const { devices, troubles } = await listLinuxDevices({ ...folders, sys: join(root, 'missing') });
  expect(devices).toEqual([]);
  expect(troubles.map(({ transport }) => transport)).toEqual(['serial', 'hid', 'keyboard']);
});
