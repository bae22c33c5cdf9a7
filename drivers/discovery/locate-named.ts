import { realpathSync } from 'node:fs';
import { hookUp } from '../hook-up.ts';
import { type Device, idsOf, type Transport } from '../profiles/device.ts';
import { identify } from '../profiles/identify.ts';
import type { WiredAddress } from '../scanner-address.ts';
import type { DeviceList } from './list-devices.ts';
import { type Located, type LocatorParts, useOf } from './located.ts';

/** The device the operator named, which is used as the operator says, and otherwise as its profile says. */
export function locateNamed(
  address: WiredAddress,
  transport: Transport,
  { devices, troubles }: DeviceList,
  parts: LocatorParts,
): Located {
  const { target } = address;
  const device = devices.find(
    (one) => one.transport === transport && isAt(one, target) && !(isIds(target) && parts.isTaken(one.path)),
  );
  if (!device && isIds(target)) {
    const trouble = troubles.find((one) => one.transport === transport);
    return trouble ? { ok: false, ...trouble } : nothingAt(target);
  }
  // a path that isn't listed may be good all the same: a PTY, a serial port on the board
  const found = device ?? { transport, path: target };
  const identification = identify(found, parts.profiles);
  const profile = identification.use === 'scanner' ? identification.profile : undefined;
  if (identification.use === 'none' && identification.profile?.unusable && !address.framing) {
    return { ok: false, detail: `${found.path}: ${identification.why}`, cure: identification.why };
  }
  const hookup = hookUp(found, useOf(address, profile, transport), parts.now);
  return { ok: true, hookup, couldNotBeOpened: () => undefined };
}

function isAt(device: Device, target: string): boolean {
  if (isIds(target)) return idsOf(device) === target.toLowerCase();
  return device.path === target || device.stablePath === target || device.path === realPath(target);
}

/** `0c2e:0b87` */
function isIds(target: string): boolean {
  return /^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(target);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // not there: opening it will say so
  }
}

function nothingAt(target: string): Located {
  return {
    ok: false,
    detail: `no device ${target} is plugged in`,
    cure: `nothing is at ${target}: plug the scanner in, or correct its address`,
  };
}
