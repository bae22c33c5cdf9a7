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
      readonly unixMs: number;
      /** Whether the city has ever signed a time for this terminal. */
      readonly signed: boolean;
      /** The highest time the city has signed, unix ms; absent before the first. */
      readonly signedMs?: number;
    }
  | { readonly trusted: false };

/** How far a list's iat may lie past the best time before the list is refused. */
export const MAX_FUTURE_IAT_MS = 5 * 60_000;

/** How far a clock may seem to have gone back (steps of NTP, rounding) before it is known to be wrong. */
export const CLOCK_TOLERANCE_MS = 2 * 60_000;

/**
 * max(system clock + offset, floor). Not trusted: a clock before the build date as long as the city has signed no time,
 * and one that says less than the city once signed. The floor alone would keep an expired licence expired, but call a
 * fresh code of today made in the future; what can't be judged must not be refused.
 */
export function bestTime(systemMs: number, signed: SignedTime | undefined, buildMs: number): BestTime {
  if (!signed) {
    return systemMs < buildMs ? { trusted: false } : { trusted: true, unixMs: systemMs, signed: false };
  }
  const corrected = systemMs + signed.offsetMs;
  if (corrected < signed.floorMs - CLOCK_TOLERANCE_MS) return { trusted: false };
  return {
    trusted: true,
    unixMs: Math.max(corrected, signed.floorMs),
    signed: true,
    signedMs: signed.floorMs,
  };
}
