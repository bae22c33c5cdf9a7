import type { WiredAddress } from '../scanner-address.ts';
import { locateAny } from './locate-any.ts';
import { locateNamed } from './locate-named.ts';
import type { Locate, LocatorParts } from './located.ts';

/** How the device at an address is found and used: by its profile, unless the address says otherwise. */
export function locateAt(address: WiredAddress, parts: LocatorParts): Locate {
  const { transport } = address;
  const unopenable = new Set<string>();
  return async (stop) => {
    const list = await parts.listDevices();
    parts.bridges.forgetAbsent(list.devices);
    const present = new Set(list.devices.map(({ path }) => path));
    for (const path of unopenable) if (!present.has(path)) unopenable.delete(path);
    return transport === 'auto'
      ? locateAny(address, list, parts, unopenable, stop)
      : locateNamed(address, transport, list, parts);
  };
}
