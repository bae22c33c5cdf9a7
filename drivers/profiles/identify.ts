import { BAR_CODE_SCANNER } from './builtin-profiles.ts';
import { type Device, idsOf } from './device.ts';
import type { Profile, ProfileMatch } from './profile.ts';

/** What a device is taken for. */
export type Identification =
  /** A scanner; of several the one with the highest score is taken first. */
  | { readonly use: 'scanner'; readonly profile: Profile; readonly score: number }
  /** A bridge anything may hang on: its profile's questions tell. */
  | { readonly use: 'ask'; readonly profile: Profile; readonly score: number }
  /** No scanner, or none that can be used; `why` says so, and what would help where something would. */
  | { readonly use: 'none'; readonly why: string; readonly profile?: Profile };

/**
 * Finds the profile that says most about the device and holds in all it says: vendor < vendor and product < with usage
 * page or name < with path. Of equal ones the first counts, so profiles of a file are to come before the built-in ones.
 */
export function identify(device: Device, profiles: readonly Profile[]): Identification {
  const fitting = profiles.filter(({ match }) => holds(match, device));
  const best = fitting
    .filter(({ transport }) => transport === device.transport)
    .reduce<Profile | undefined>((a, b) => (a && score(a.match) >= score(b.match) ? a : b), undefined);
  if (best?.unusable !== undefined) {
    return { use: 'none', why: `${best.model}: ${best.unusable}`, profile: best };
  }
  if (best) return { use: best.ask ? 'ask' : 'scanner', profile: best, score: score(best.match) };
  if (isHidPos(device)) return { use: 'scanner', profile: genericHidPos(device), score: GENERIC_SCORE };
  return { use: 'none', why: whyNot(device, fitting) };
}

/** Each more than all before it together. */
const WEIGHTS = { vendorId: 1, productId: 2, usagePage: 4, named: 8, path: 16 } as const;

/** A scanner by its own word only: any known one comes first. */
const GENERIC_SCORE = 0;

function score(match: ProfileMatch): number {
  return Object.entries(WEIGHTS).reduce(
    (sum, [key, weight]) => sum + (Object.hasOwn(match, key) ? weight : 0),
    0,
  );
}

function holds(match: ProfileMatch, device: Device): boolean {
  const { vendorId, productId, usagePage, named, path } = match;
  return (
    vendorId === device.vendorId &&
    (productId === undefined || productId === device.productId) &&
    (usagePage === undefined || usagePage === device.usagePage) &&
    (named === undefined || contains([device.manufacturer, device.product], named)) &&
    (path === undefined || [device.path, device.stablePath].some((each) => each?.includes(path)))
  );
}

function contains(texts: readonly (string | undefined)[], part: string): boolean {
  return texts.some((text) => text?.toLowerCase().includes(part.toLowerCase()));
}

function isHidPos({ transport, usagePage, usage }: Device): boolean {
  return transport === 'hid' && usagePage === BAR_CODE_SCANNER.usagePage && usage === BAR_CODE_SCANNER.usage;
}

/** Any vendor's: the format is in its own report descriptor. */
function genericHidPos({ vendorId = 0, productId }: Device): Profile {
  return {
    model: 'HID POS scanner',
    transport: 'hid',
    match: {
      vendorId,
      ...(productId === undefined ? {} : { productId }),
      usagePage: BAR_CODE_SCANNER.usagePage,
    },
    framing: 'hid-pos',
  };
}

function whyNot(device: Device, fitting: readonly Profile[]): string {
  const [other] = fitting;
  if (other) {
    return `it has the numbers of ${other.model}, which is no ${device.transport} device: not used as one`;
  }
  if (device.transport === 'hid' && device.usagePage !== undefined) {
    return `a HID device of usage page 0x${device.usagePage.toString(16)}, which is no scanner's (0x8c)`;
  }
  if (device.vendorId === undefined) {
    return `a ${device.transport} device without numbers: give its address in the configuration if it is a scanner`;
  }
  return `${idsOf(device)} is not known as a scanner: give its address in the configuration, or add a profile`;
}
