import { type BestTime, bestTime, CLOCK_TOLERANCE_MS, type SignedTime } from '../../licence/best-time.ts';
import type { Clock } from './clock.ts';

/**
 * Best time that doesn't fall. A system clock put ahead and back again would let a used code be shown twice and an
 * expired licence live again, so once a time was had, an earlier one (by the monotonic clock's count) isn't believed
 * until the city signs a new one.
 */
export class TimeKeeper {
  readonly #clock: Clock;
  readonly #buildMs: number;
  /** The latest time had, and the monotonic ms at which it was. */
  #latest: { readonly unixMs: number; readonly at: number };
  #floorMs: number | undefined;

  /** @param lastKnownMs a time this terminal lived through before it started, such as its last audit row's. */
  constructor(clock: Clock, buildMs: number, lastKnownMs: number) {
    this.#clock = clock;
    this.#buildMs = buildMs;
    this.#latest = { unixMs: lastKnownMs, at: clock.monotonic() };
  }

  /** Learns late of a time this terminal lived through: its log could not be read when it started. */
  heed(lastKnownMs: number): void {
    const at = this.#clock.monotonic();
    if (lastKnownMs > this.#latest.unixMs + (at - this.#latest.at))
      this.#latest = { unixMs: lastKnownMs, at };
  }

  now(signed: SignedTime | undefined): BestTime {
    const at = this.#clock.monotonic();
    this.#heedCity(signed, at);
    // a floor that fell was written by somebody else than the agent
    const held = signed && { ...signed, floorMs: Math.max(signed.floorMs, this.#floorMs ?? 0) };
    const best = bestTime(this.#clock.now(), held, this.#buildMs);
    if (!best.trusted) return best;
    const expected = this.#latest.unixMs + (at - this.#latest.at);
    if (best.unixMs < expected - CLOCK_TOLERANCE_MS) return { trusted: false };
    if (best.unixMs > expected) this.#latest = { unixMs: best.unixMs, at };
    return best;
  }

  /** The likeliest time, unix ms, also where the clock can't be believed: to date a record, never to judge by. */
  estimate(signed: SignedTime | undefined): number {
    const best = this.now(signed);
    if (best.trusted) return best.unixMs;
    const expected = this.#latest.unixMs + (this.#clock.monotonic() - this.#latest.at);
    return Math.max(this.#clock.now(), expected, signed?.floorMs ?? 0);
  }

  /** A time signed since the last look ends every doubt about what the clock said before. */
  #heedCity(signed: SignedTime | undefined, at: number): void {
    if (!signed) return;
    const known = this.#floorMs;
    if (known !== undefined && signed.floorMs <= known) return;
    this.#floorMs = signed.floorMs;
    if (known !== undefined) this.#latest = { unixMs: signed.floorMs, at };
  }
}
