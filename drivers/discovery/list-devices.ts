import type { Hindrance } from '../hindrance.ts';
import type { Device, Transport } from '../profiles/device.ts';
import { listLibraryDevices } from './list-library-devices.ts';
import { listLinuxDevices } from './list-linux-devices.ts';

/** What is plugged in, and what could not be looked at. */
export interface DeviceList {
  readonly devices: readonly Device[];
  readonly troubles: readonly DiscoveryTrouble[];
}

/** One way of looking that doesn't work here; the others go on. */
export interface DiscoveryTrouble extends Hindrance {
  readonly transport: Transport;
}

/** More of one kind than any terminal has: what is beyond isn't looked at. */
export const MAX_DEVICES_OF_A_KIND = 256;

/** Looks once, opens no device and never rejects. On Linux the kernel is asked, elsewhere serialport and node-hid. */
export function listDevices(): Promise<DeviceList> {
  return process.platform === 'linux' ? listLinuxDevices({ sys: '/sys', dev: '/dev' }) : listLibraryDevices();
}
