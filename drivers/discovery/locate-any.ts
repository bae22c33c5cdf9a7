import type { DeviceClaims } from '../claims/device-claims.ts';
import { hookUp } from '../hook-up.ts';
import type { Device } from '../profiles/device.ts';
import { type Identification, identify } from '../profiles/identify.ts';
import type { Profile } from '../profiles/profile.ts';
import type { WiredAddress } from '../scanner-address.ts';
import type { DeviceList } from './list-devices.ts';
import { type Located, type LocatorParts, useOf } from './located.ts';

/** The likeliest scanner that nobody has yet; a bridge only once it has answered. */
export async function locateAny(
  address: WiredAddress,
  list: DeviceList,
  parts: LocatorParts,
  unopenable: Set<string>,
  stop: AbortSignal,
): Promise<Located> {
  const candidates = list.devices
    .filter(({ path, transport }) => !parts.isTaken(path) && (parts.keyboards || transport !== 'keyboard'))
    .map((device) => ({ device, identification: identify(device, parts.profiles) }))
    .sort((a, b) => rank(b, unopenable) - rank(a, unopenable));
  let refused: Located | undefined;
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
      hookup: hookUp(device, useOf(address, known, device.transport), parts.now),
      couldNotBeOpened: () => void unopenable.add(device.path),
    };
  }
  return refused ?? noScanner(candidates, list);
}

interface Candidate {
  readonly device: Device;
  readonly identification: Identification;
}

/** More than any score. */
const UNOPENABLE = 1_000;

/** One that never opens must not keep a sound one out. */
function rank({ device, identification }: Candidate, unopenable: ReadonlySet<string>): number {
  const score = identification.use === 'none' ? -1 : identification.score;
  return unopenable.has(device.path) ? score - UNOPENABLE : score;
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
    nothingThere: true,
    detail: 'no known scanner is plugged in',
    cure: 'no scanner was found: plug one in, or name its address; `liangzheng devices` lists what is there',
  };
}
