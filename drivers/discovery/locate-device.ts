import { realpathSync } from 'node:fs';
import type { DeviceClaims } from '../claims/device-claims.ts';
import { FRAMINGS_OF } from '../framing/framing.ts';
import { type DeviceUse, type Hookup, hookUp } from '../hook-up.ts';
import { moduleNamed } from '../modules/modules.ts';
import type { MonotonicClock } from '../monotonic-clock.ts';
import type { Device, Transport } from '../profiles/device.ts';
import { type Identification, identify } from '../profiles/identify.ts';
import type { Profile } from '../profiles/profile.ts';
import type { WiredAddress } from '../scanner-address.ts';
import type { BridgeQuestions } from './bridge-questions.ts';
import type { DeviceList } from './list-devices.ts';

export type Located =
  | {
      readonly ok: true;
      readonly hookup: Hookup;
      /** Tells that it didn't open, so that another one comes first next time. */
      readonly couldNotBeOpened: () => void;
    }
  /** Nothing to use is there: why, and what would help. */
  | { readonly ok: false; readonly detail: string; readonly cure: string };

/** Finds the device that a scanner is to use now; asked anew before every connection. */
export type Locate = (stop: AbortSignal) => Promise<Located>;

export interface LocatorParts {
  readonly profiles: readonly Profile[];
  readonly listDevices: () => Promise<DeviceList>;
  /** Whether another scanner of this process has the device at this path. */
  readonly isTaken: (path: string) => boolean;
  readonly claims: DeviceClaims;
  /** Whether `auto:` may take keyboards: not where a page catches keys, since both would read each code. */
  readonly keyboards: boolean;
  readonly bridges: BridgeQuestions;
  readonly now: MonotonicClock;
}

/** How the device at an address is found and used: by its profile, unless the address says otherwise. */
export function locateAt(address: WiredAddress, parts: LocatorParts): Locate {
  const unopenable = new Set<string>();
  return async (stop) => {
    const list = await parts.listDevices();
    parts.bridges.forgetAbsent(list.devices);
    for (const path of unopenable)
      if (!list.devices.some((one) => one.path === path)) unopenable.delete(path);
    return address.transport === 'auto'
      ? locateAny(address, list, parts, unopenable, stop)
      : locateNamed(address, address.transport, list, parts);
  };
}

/** The device the operator named, which is used as the operator says, and otherwise as its profile says. */
function locateNamed(
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
  const hookup = hookUp(found, use(address, profile, transport), parts.now);
  return { ok: true, hookup, couldNotBeOpened: () => undefined };
}

/** The likeliest scanner that nobody has yet; a bridge only once it has answered. */
async function locateAny(
  address: WiredAddress,
  list: DeviceList,
  parts: LocatorParts,
  unopenable: Set<string>,
  stop: AbortSignal,
): Promise<Located> {
  const free = list.devices.filter(
    ({ path, transport }) => !parts.isTaken(path) && (parts.keyboards || transport !== 'keyboard'),
  );
  let refused: Located | undefined;
  const candidates = free
    .map((device) => ({ device, identification: identify(device, parts.profiles) }))
    .sort((a, b) => rank(b) - rank(a));
  // so that one that never opens can't keep a sound one out
  function rank({ device, identification }: Candidate): number {
    return scoreOf(identification) - (unopenable.has(device.path) ? UNOPENABLE : 0);
  }
  for (const { device, identification } of candidates) {
    if (identification.use === 'none') continue;
    const held = heldElsewhere(device, parts.claims);
    refused ??= held;
    if (held) continue;
    const answered =
      identification.use === 'ask'
        ? await parts.bridges.ask(device, identification.profile, stop)
        : undefined;
    if (identification.use === 'ask' && !answered) {
      refused ??= silentBridge(device, identification.profile);
      continue;
    }
    const known = answered ?? identification.profile;
    return {
      ok: true,
      hookup: hookUp(device, use(address, known, device.transport), parts.now),
      couldNotBeOpened: () => void unopenable.add(device.path),
    };
  }
  return refused ?? noScanner(candidates, list);
}

/** What the address says goes before what the profile says. */
function use(address: WiredAddress, profile: DeviceUse | undefined, transport: Transport): DeviceUse {
  const { baudRate, module, codeId } = address;
  const ownFraming = module === undefined ? undefined : moduleNamed(module).framing;
  const framing = address.framing ?? (transport === 'serial' ? ownFraming : undefined);
  return {
    model: `${transport} device`,
    framing: FRAMINGS_OF[transport][0],
    ...profile,
    ...(baudRate === undefined ? {} : { baudRate }),
    ...(framing === undefined ? {} : { framing }),
    ...(module === undefined ? {} : { module }),
    ...(codeId === undefined ? {} : { codeId }),
  };
}

interface Candidate {
  readonly device: Device;
  readonly identification: Identification;
}

/** More than any score. */
const UNOPENABLE = 1_000;

function scoreOf(identification: Identification): number {
  return identification.use === 'none' ? -1 : identification.score;
}

function isAt(device: Device, target: string): boolean {
  if (isIds(target)) return idsOf(device) === target.toLowerCase();
  return device.path === target || device.stablePath === target || device.path === realPath(target);
}

/** `0c2e:0b87` */
function isIds(target: string): boolean {
  return /^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(target);
}

/** vendor:product in hex as they are written everywhere; empty where the device has none. */
export function idsOf({ vendorId, productId }: Device): string {
  if (vendorId === undefined || productId === undefined) return '';
  return [vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':');
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

function heldElsewhere({ path }: Device, claims: DeviceClaims): Located | undefined {
  const claim = claims.take(path);
  if (!claim.ok) return claim;
  claim.release();
  return undefined;
}

function silentBridge({ path, stablePath }: Device, { model }: Profile): Located {
  return {
    ok: false,
    detail: `no module answered behind the ${model} at ${path}`,
    cure: `if a scanner hangs on ${path}, give its address, such as serial:${stablePath ?? path}`,
  };
}

function noScanner(candidates: readonly Candidate[], { troubles }: DeviceList): Located {
  for (const { device, identification } of candidates) {
    if (identification.use === 'none' && identification.profile) {
      return { ok: false, detail: `${device.path}: ${identification.why}`, cure: identification.why };
    }
  }
  const [trouble] = troubles;
  if (trouble) return { ok: false, detail: trouble.detail, cure: trouble.cure };
  return {
    ok: false,
    detail: 'no known scanner is plugged in',
    cure: 'no scanner was found: plug one in, or name its address; `liangzheng devices` lists what is there',
  };
}
