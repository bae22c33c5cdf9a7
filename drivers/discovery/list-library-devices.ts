import type { Device, Transport } from '../profiles/device.ts';
import { described } from './described.ts';
import { deviceText, hexNumber } from './device-text.ts';
import { type DeviceList, type DiscoveryTrouble, MAX_DEVICES_OF_A_KIND } from './list-devices.ts';

/** What serialport says of a port; ids are hex digits. */
export interface ListedPort {
  readonly path: string;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
}

/** What node-hid says of a device. */
export interface ListedHid {
  readonly path?: string | undefined;
  readonly vendorId: number;
  readonly productId: number;
  readonly manufacturer?: string | undefined;
  readonly product?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly usagePage?: number | undefined;
  readonly usage?: number | undefined;
}

export interface DeviceLibraries {
  readonly serialPorts: () => Promise<readonly ListedPort[]>;
  readonly hidDevices: () => Promise<readonly ListedHid[]>;
}

/** Asks serialport and node-hid; what one of them can't do is a trouble with a cure, and the other is heard all the same. */
export async function listLibraryDevices(libraries: DeviceLibraries = LIBRARIES): Promise<DeviceList> {
  const looks = await Promise.all([
    look('serial', async () => (await libraries.serialPorts()).map(serialDevice)),
    look('hid', async () => (await libraries.hidDevices()).flatMap(hidDevice)),
  ]);
  return {
    devices: looks.flatMap(({ devices }) => devices),
    troubles: looks.flatMap(({ trouble }) => trouble ?? []),
  };
}

/** Loaded only when asked: where one of them can't be loaded, that is a trouble and no crash. */
const LIBRARIES: DeviceLibraries = {
  serialPorts: async () => (await import('serialport')).SerialPort.list(),
  hidDevices: async () => (await import('node-hid')).devicesAsync(),
};

async function look(
  transport: Transport,
  list: () => Promise<readonly Device[]>,
): Promise<{ readonly devices: readonly Device[]; readonly trouble?: DiscoveryTrouble }> {
  try {
    return { devices: (await list()).slice(0, MAX_DEVICES_OF_A_KIND) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { devices: [], trouble: { transport, detail, cure: libraryCure(transport, detail) } };
  }
}

function libraryCure(transport: Transport, detail: string): string {
  if (/libusb/i.test(detail)) return 'install the package libusb-1.0-0';
  if (/udevadm/i.test(detail)) return 'install the package udev';
  return `name the scanner's address in the configuration: ${transport} devices can't be listed (${detail})`;
}

function serialDevice(port: ListedPort): Device {
  return described({
    transport: 'serial',
    path: port.path,
    vendorId: hexNumber(port.vendorId),
    productId: hexNumber(port.productId),
    manufacturer: deviceText(port.manufacturer),
    serialNumber: deviceText(port.serialNumber),
  });
}

function hidDevice(hid: ListedHid): readonly Device[] {
  if (!hid.path) return [];
  return [
    described({
      transport: 'hid',
      path: hid.path,
      vendorId: hid.vendorId,
      productId: hid.productId,
      manufacturer: deviceText(hid.manufacturer),
      product: deviceText(hid.product),
      serialNumber: deviceText(hid.serialNumber),
      usagePage: hid.usagePage,
      usage: hid.usage,
    }),
  ];
}
