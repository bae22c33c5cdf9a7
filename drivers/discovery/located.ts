import type { DeviceClaims } from '../claims/device-claims.ts';
import { FRAMINGS_OF } from '../framing/framing.ts';
import type { Hindered } from '../hindrance.ts';
import type { DeviceUse, Hookup } from '../hook-up.ts';
import { moduleNamed } from '../modules/modules.ts';
import type { MonotonicClock } from '../monotonic-clock.ts';
import type { Transport } from '../profiles/device.ts';
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
  /** `nothingThere`: no scanner is plugged in, which is no fault where none was named. */
  | (Hindered & { readonly nothingThere?: true });

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

/** What the address says goes before what the profile says. */
export function useOf(
  address: WiredAddress,
  profile: DeviceUse | undefined,
  transport: Transport,
): DeviceUse {
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
