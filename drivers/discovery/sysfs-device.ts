import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { topLevelUsage } from '../framing/hid/report-descriptor.ts';
import { type Device, MAX_DESCRIPTOR_BYTES } from '../profiles/device.ts';
import { described, type MaybeKnown } from './described.ts';
import { deviceText, hexNumber } from './device-text.ts';
import { stablePathOf } from './stable-path.ts';

/** Where the kernel describes devices and where they are opened: `/sys` and `/dev`. */
export interface DeviceFolders {
  readonly sys: string;
  readonly dev: string;
}

/** A tty with hardware behind it: one on USB, or a UART of the board; undefined for consoles and empty 8250 slots. */
export async function readSerialPort(folders: DeviceFolders, name: string): Promise<Device | undefined> {
  const folder = join(folders.sys, 'class/tty', name);
  const hardware = await followed(join(folder, 'device'));
  if (!hardware) return undefined;
  const usb = await usbAbove(hardware);
  // serial_core: `type` 0 is PORT_UNKNOWN, a slot in which no UART was found
  const uart = Number((await text(join(folder, 'type'))) ?? 0);
  if (!usb && !(uart > 0)) return undefined;
  const path = join(folders.dev, name);
  return described({
    transport: 'serial',
    path,
    stablePath: await stablePathOf(join(folders.dev, 'serial/by-id'), path),
    ...usb,
  });
}

/** A HID device: what it is from the kernel's `uevent`, what it says from its report descriptor. */
export async function readHid(folders: DeviceFolders, name: string): Promise<Device | undefined> {
  const hid = await followed(join(folders.sys, 'class/hidraw', name, 'device'));
  if (!hid) return undefined;
  const uevent = await text(join(hid, 'uevent'));
  const ids = hidId(valueIn(uevent, 'HID_ID'));
  const found = await bytes(join(hid, 'report_descriptor'));
  const descriptor = found?.subarray(0, MAX_DESCRIPTOR_BYTES);
  const usage = descriptor && topLevelUsage(descriptor);
  const usb = await usbAbove(hid);
  return described({
    transport: 'hid',
    path: join(folders.dev, name),
    ...usb,
    ...ids,
    product: usb?.product ?? deviceText(valueIn(uevent, 'HID_NAME')),
    serialNumber: usb?.serialNumber ?? deviceText(valueIn(uevent, 'HID_UNIQ')),
    usagePage: usage?.usagePage,
    usage: usage?.usage,
    descriptor,
  });
}

/** An event device that is a keyboard; undefined for mice, buttons, lids and jacks. */
export async function readKeyboard(folders: DeviceFolders, name: string): Promise<Device | undefined> {
  if (!name.startsWith('event')) return undefined;
  const input = await followed(join(folders.sys, 'class/input', name, 'device'));
  if (!input || !hasLettersAndEnter(await text(join(input, 'capabilities/key')))) return undefined;
  const path = join(folders.dev, 'input', name);
  const usb = await usbAbove(input);
  return described({
    transport: 'keyboard',
    path,
    stablePath: await stablePathOf(join(folders.dev, 'input/by-id'), path),
    ...usb,
    product: usb?.product ?? deviceText(await text(join(input, 'name'))),
    serialNumber: usb?.serialNumber ?? deviceText(await text(join(input, 'uniq'))),
    vendorId: hexNumber(await text(join(input, 'id/vendor'))),
    productId: hexNumber(await text(join(input, 'id/product'))),
  });
}

/** input-event-codes.h: Q to P are 16 to 25, Enter is 28. */
const LETTERS_AND_ENTER = 0x13ff_0000;

/**
 * The bitmap is in hex words, the highest first, each as wide as the kernel's `long`; what we look for is in the lowest
 * 32 bits, so that the width doesn't matter.
 */
function hasLettersAndEnter(bitmap: string | undefined): boolean {
  const lowest = Number.parseInt(bitmap?.trim().split(' ').at(-1)?.slice(-8) ?? '', 16);
  return (lowest & LETTERS_AND_ENTER) === LETTERS_AND_ENTER;
}

type UsbFacts = Pick<MaybeKnown, 'vendorId' | 'productId' | 'manufacturer' | 'product' | 'serialNumber'>;

/** Hubs may be chained to seven tiers, each a folder; then interface, HID and input folders. Beyond is no USB. */
const MAX_FOLDERS_UP = 12;

/** The USB device a part belongs to, looking from its folder upwards; undefined where it isn't on USB. */
async function usbAbove(folder: string): Promise<UsbFacts | undefined> {
  for (let at = folder, up = 0; up < MAX_FOLDERS_UP && at !== dirname(at); at = dirname(at), up++) {
    const vendorId = hexNumber(await text(join(at, 'idVendor')));
    if (vendorId === undefined) continue;
    return {
      vendorId,
      productId: hexNumber(await text(join(at, 'idProduct'))),
      manufacturer: deviceText(await text(join(at, 'manufacturer'))),
      product: deviceText(await text(join(at, 'product'))),
      serialNumber: deviceText(await text(join(at, 'serial'))),
    };
  }
  return undefined;
}

/** `0003:00000C2E:00000B87`: bus, vendor, product. */
function hidId(id: string | undefined): Pick<MaybeKnown, 'vendorId' | 'productId'> | undefined {
  const [, vendor, product] = /^[0-9A-F]{4}:0000([0-9A-F]{4}):0000([0-9A-F]{4})$/i.exec(id ?? '') ?? [];
  return vendor === undefined ? undefined : { vendorId: hexNumber(vendor), productId: hexNumber(product) };
}

function valueIn(uevent: string | undefined, key: string): string | undefined {
  const line = uevent?.split('\n').find((each) => each.startsWith(`${key}=`));
  return line?.slice(key.length + 1);
}

async function text(path: string): Promise<string | undefined> {
  return (await bytes(path))?.toString('utf8');
}

/** One attribute; the kernel gives at most a page. Undefined where it isn't there, be it because of an unplug just now. */
async function bytes(path: string): Promise<Buffer | undefined> {
  return await readFile(path).catch(() => undefined);
}

async function followed(path: string): Promise<string | undefined> {
  return await realpath(path).catch(() => undefined);
}
