import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Device, Transport } from '../profiles/device.ts';
import { type DeviceList, type DiscoveryTrouble, MAX_DEVICES_OF_A_KIND } from './list-devices.ts';
import { type DeviceFolders, readHid, readKeyboard, readSerialPort } from './sysfs-device.ts';

/**
 * Reads sysfs itself: no udevadm, no libusb, no child process, and no bus traffic that would slow a scanner's reads
 * down. `folders` are `/sys` and `/dev`, or a test's.
 */
export async function listLinuxDevices(folders: DeviceFolders): Promise<DeviceList> {
  const looks = await Promise.all([
    look(folders, 'serial', 'tty', readSerialPort),
    look(folders, 'hid', 'hidraw', readHid),
    look(folders, 'keyboard', 'input', readKeyboard),
  ]);
  return {
    devices: looks.flatMap(({ devices }) => devices),
    troubles: looks.flatMap(({ trouble }) => trouble ?? []),
  };
}

interface Look {
  readonly devices: readonly Device[];
  readonly trouble?: DiscoveryTrouble;
}

type ReadDevice = (folders: DeviceFolders, name: string) => Promise<Device | undefined>;

async function look(
  folders: DeviceFolders,
  transport: Transport,
  deviceClass: string,
  read: ReadDevice,
): Promise<Look> {
  try {
    const names = await namesIn(folders.sys, deviceClass);
    const found = await Promise.all(names.map((name) => read(folders, name)));
    return { devices: found.filter((device) => device !== undefined) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const cure = `make ${join(folders.sys, 'class')} readable for this program: without it no scanner is found by itself`;
    return { devices: [], trouble: { transport, detail, cure } };
  }
}

async function namesIn(sys: string, deviceClass: string): Promise<readonly string[]> {
  const classes = await readdir(join(sys, 'class'));
  // The kernel makes a class with its first device: where there is none, nothing of the kind is plugged in.
  if (!classes.includes(deviceClass)) return [];
  const names = await readdir(join(sys, 'class', deviceClass));
  return names
    .filter((name) => DEVICE_NAME.test(name) && !VIRTUAL_CONSOLE.test(name))
    .sort(byNumber)
    .slice(0, MAX_DEVICES_OF_A_KIND);
}

/** Names with a `!` stand for subfolders of /dev; no scanner has one. */
const DEVICE_NAME = /^[\w.-]{1,64}$/;
/** 64 of them, none a device: not worth a look each. */
const VIRTUAL_CONSOLE = /^tty\d*$/;

/** ttyACM2 before ttyACM10. */
function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
