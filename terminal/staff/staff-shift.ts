import type { Clock } from '../core/clock.ts';
import type { Moment } from './lock-out.ts';
import type { StaffRole } from './staff-register.ts';

/** Who is logged in. */
export interface LoggedIn {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
}

/** Left alone for this long, a counter is nobody's: whoever sits down at it must say who they are. */
export const STAFF_IDLE_MS = 15 * 60_000;
/** Nobody works longer; a login that is older was forgotten. */
export const MAX_SHIFT_MS = 12 * 60 * 60_000;

/**
 * One person's time at the terminal, from login to logout. Both clocks count and the longer wins: the monotonic one
 * stands still while a handheld sleeps, and the wall clock may be put back.
 */
export class StaffShift {
  readonly who: LoggedIn;
  /** How maintenance was granted; `none` for staff. */
  readonly grant: 'city' | 'offline' | 'none';
  readonly #now: () => Moment;
  readonly #begun: Moment;
  #touched: Moment;

  /** @param unixMs best or estimated time. */
  constructor(who: LoggedIn, grant: StaffShift['grant'], clock: Clock, unixMs: () => number) {
    this.who = who;
    this.grant = grant;
    this.#now = () => ({ unixMs: unixMs(), monotonicMs: clock.monotonic() });
    this.#begun = this.#now();
    this.#touched = this.#begun;
  }

  /** Whether nobody has done anything for too long, or it has lasted too long. */
  get over(): boolean {
    const now = this.#now();
    return since(this.#touched, now) >= STAFF_IDLE_MS || since(this.#begun, now) >= MAX_SHIFT_MS;
  }

  /** They did something. What is over stays over. */
  touch(): void {
    if (!this.over) this.#touched = this.#now();
  }
}

function since(then: Moment, now: Moment): number {
  return Math.max(now.unixMs - then.unixMs, now.monotonicMs - then.monotonicMs);
}
