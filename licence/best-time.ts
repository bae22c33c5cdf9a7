/**
 * What the terminal knows of the time (licence-code.md, Time). Offset and floor come only from times the city itself
 * signed, so neither a clock turned back nor a bad issuer can move it.
 */
export interface SignedTime {
  /** city time − system clock, ms, when the city last signed a time. */
  readonly offsetMs: number;
  /** The highest time the city has ever signed, unix ms. */
  readonly floorMs: number;
}

export type BestTime =
  | {
      readonly trusted: true;
      readonly unixMs: number /** Whether the city has ever signed a time for this terminal. */;
      readonly signed: boolean;
    }
  | { readonly trusted: false };

/** How far a list's iat may lie past the best time before the list is refused. */
export const MAX_FUTURE_IAT_MS = 5 * 60_000;

/** max(system clock + offset, floor); without any signed time, a clock before the build date can't be right. */
export function bestTime(systemMs: number, signed: SignedTime | undefined, buildMs: number): BestTime {
  if (signed) {
    return { trusted: true, unixMs: Math.max(systemMs + signed.offsetMs, signed.floorMs), signed: true };
  }
  return systemMs < buildMs ? { trusted: false } : { trusted: true, unixMs: systemMs, signed: false };
}
