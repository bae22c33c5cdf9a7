import type { Clock } from '../core/clock.ts';
import { charged, type LockOut, lockMs, type Moment, waitMs } from './lock-out.ts';
import type { Account, StaffRegister } from './staff-register.ts';

const NO_FAILURES: LockOut = { failures: 0, lockedUntil: 0 };
/** Of ids nobody has. */
const STRANGERS = '';

/**
 * Counts failed PINs. Kept in the store, so a restart forgets none; all ids nobody has count as one, in memory alone,
 * since there is nothing to guess.
 */
export class LoginAttempts {
  readonly #register: Pick<StaffRegister, 'setLockOut'>;
  readonly #now: () => Moment;
  #strangers: LockOut = NO_FAILURES;
  /** monotonic ms at which the locks that began in this process end. */
  readonly #held = new Map<string, number>();

  /** @param unixMs best or estimated time. */
  constructor(register: Pick<StaffRegister, 'setLockOut'>, clock: Clock, unixMs: () => number) {
    this.#register = register;
    this.#now = () => ({ unixMs: unixMs(), monotonicMs: clock.monotonic() });
  }

  /** ms until this account's PIN is heard; 0: now. */
  waitMs(account: Account | undefined): number {
    return waitMs(account ?? this.#strangers, this.#now(), this.#held.get(account?.id ?? STRANGERS));
  }

  /** Counts an attempt as failed before it is checked: whoever pulls the plug in between gets no free guess. */
  charge(account: Account | undefined): void {
    const now = this.#now();
    const lock = charged(account ?? this.#strangers, now);
    if (account) this.#register.setLockOut(account.id, lock);
    else this.#strangers = lock;
    const held = lockMs(lock.failures);
    if (held > 0) this.#held.set(account?.id ?? STRANGERS, now.monotonicMs + held);
    else this.#held.delete(account?.id ?? STRANGERS);
  }

  /** The PIN was right. */
  clear({ id }: Account): void {
    this.#register.setLockOut(id, NO_FAILURES);
    this.#held.delete(id);
  }
}
