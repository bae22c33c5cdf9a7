import { accessSync, constants } from 'node:fs';
import type { DeviceClaims } from '../claims/device-claims.ts';
import { type Device, idsOf } from '../profiles/device.ts';
import { type Identification, identify } from '../profiles/identify.ts';
import type { Profile } from '../profiles/profile.ts';
import { hidCure, keyboardCure, serialCure } from '../transports/cures.ts';

/** One device as an operator wants to see it: what it is, what it would be used as, and what stands in the way. */
export interface DeviceReport {
  readonly path: string;
  readonly stablePath?: string;
  readonly transport: Device['transport'];
  /** vendor:product in hex. */
  readonly ids?: string;
  readonly name: string;
  readonly usage?: string;
  readonly use: Identification['use'];
  /** What it would be used as, where it would be. */
  readonly model?: string;
  readonly framing?: Profile['framing'];
  readonly module?: Profile['module'];
  /** Why it wouldn't be used, or not just now. */
  readonly why?: string;
  /** The address to name it by. */
  readonly address: string;
}

export function reportDevice(
  device: Device,
  profiles: readonly Profile[],
  claims: DeviceClaims,
): DeviceReport {
  const identification = identify(device, profiles);
  const profile = identification.use === 'none' ? undefined : identification.profile;
  const why = identification.use === 'none' ? identification.why : hindrance(device, claims);
  const ids = idsOf(device);
  const { path, stablePath, transport, usagePage, usage, manufacturer, product } = device;
  return {
    path,
    ...(stablePath ? { stablePath } : {}),
    transport,
    ...(ids ? { ids } : {}),
    name: [manufacturer, product].filter((part) => part !== undefined).join(' '),
    ...(usagePage === undefined ? {} : { usage: `${hex(usagePage)}/${hex(usage ?? 0)}` }),
    use: identification.use,
    ...(profile ? { model: profile.model, framing: profile.framing } : {}),
    ...(profile?.module ? { module: profile.module } : {}),
    ...(why ? { why } : {}),
    // a HID path changes with every replug, its numbers don't
    address: transport === 'hid' && ids ? `hid:${ids}` : `${transport}:${stablePath ?? path}`,
  };
}

/** Why a device that would be used can't be just now. */
function hindrance({ transport, path }: Device, claims: DeviceClaims): string | undefined {
  try {
    // elsewhere paths are no files
    if (process.platform !== 'linux') return undefined;
    accessSync(path, transport === 'keyboard' ? constants.R_OK : constants.R_OK | constants.W_OK);
  } catch (error) {
    return CURES[transport](path, error instanceof Error ? error.message : String(error));
  }
  const claim = claims.take(path);
  if (!claim.ok) return claim.detail;
  claim.release();
  return undefined;
}

const CURES = { serial: serialCure, hid: hidCure, keyboard: keyboardCure };

function hex(value: number): string {
  return value.toString(16).padStart(2, '0');
}
