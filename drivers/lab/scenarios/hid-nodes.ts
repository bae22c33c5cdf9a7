import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The hidraw node of the device with these numbers, or undefined while it isn't there. */
export function hidrawNode(vendorId: number, productId: number): string | undefined {
  const id = [vendorId, productId]
    .map((number) => number.toString(16).toUpperCase().padStart(8, '0'))
    .join(':');
  const name = readdirSync('/sys/class/hidraw').find((hidraw) => hasId(hidraw, id));
  const node = name && `/dev/${name}`;
  return node && existsSync(node) ? node : undefined;
}

function hasId(hidraw: string, id: string): boolean {
  try {
    return readFileSync(`/sys/class/hidraw/${hidraw}/device/uevent`, 'utf8').includes(`:${id}\n`);
  } catch {
    return false; // it went away while it was looked at
  }
}
