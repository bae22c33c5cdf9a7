import { expect, test } from 'vitest';
import { type DeviceLibraries, listLibraryDevices } from './list-library-devices.ts';

function libraries(given: Partial<DeviceLibraries>): DeviceLibraries {
  return { serialPorts: () => Promise.resolve([]), hidDevices: () => Promise.resolve([]), ...given };
}

test("serialport's ports are devices with numbers for ids", async () => {
  const port = { path: 'COM3', vendorId: '0C2E', productId: '0720', manufacturer: 'Honeywell', pnpId: 'x' };
  expect(await listLibraryDevices(libraries({ serialPorts: () => Promise.resolve([port]) }))).toEqual({
    devices: [
      { transport: 'serial', path: 'COM3', vendorId: 0x0c2e, productId: 0x0720, manufacturer: 'Honeywell' },
    ],
    troubles: [],
  });
});

test("node-hid's devices are devices, those without a path are not", async () => {
  const known = { vendorId: 0x0c2e, productId: 0x0b87, usagePage: 0x8c, usage: 2, release: 1, interface: 0 };
  const hidDevices = () => Promise.resolve([{ ...known, path: 'DevSrvsID:1', product: 'Im\x07ager' }, known]);
  expect((await listLibraryDevices(libraries({ hidDevices }))).devices).toEqual([
    {
      transport: 'hid',
      path: 'DevSrvsID:1',
      vendorId: 0x0c2e,
      productId: 0x0b87,
      product: 'Im ager',
      usagePage: 0x8c,
      usage: 2,
    },
  ]);
});

test('a missing libusb is a trouble that names the package, and serial ports are listed', async () => {
  const message = 'libusb-1.0.so.0: cannot open shared object file: No such file or directory';
  const list = await listLibraryDevices({
    serialPorts: () => Promise.resolve([{ path: 'COM3' }]),
    hidDevices: () => Promise.reject(new Error(message)),
  });
  expect(list.devices).toEqual([{ transport: 'serial', path: 'COM3' }]);
  expect(list.troubles).toEqual([
    { transport: 'hid', detail: message, cure: 'install the package libusb-1.0-0' },
  ]);
});

test('a missing udevadm is a trouble that names the package, and HID devices are listed', async () => {
  const list = await listLibraryDevices({
    serialPorts: () => Promise.reject(new Error('spawn udevadm ENOENT')),
    hidDevices: () => Promise.resolve([{ path: 'x', vendorId: 1, productId: 2 }]),
  });
  expect(list.devices).toHaveLength(1);
  expect(list.troubles).toMatchObject([{ transport: 'serial', cure: 'install the package udev' }]);
});

test('any other failure, be it thrown at once, is a trouble with its message', async () => {
  const list = await listLibraryDevices(
    libraries({
      hidDevices: () => {
        throw new Error('broken');
      },
    }),
  );
  expect(list.troubles).toMatchObject([{ transport: 'hid', cure: expect.stringContaining('broken') }]);
});
