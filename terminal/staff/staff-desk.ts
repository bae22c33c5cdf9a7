import type { AuditEventName, AuditEventPublic } from '../audit-events.ts';
import type { CommandAnswer, CommandRefusal, Login } from '../contract.ts';
import type { Clock } from '../core/clock.ts';
import { Turns } from '../core/turns.ts';
import type { Badge } from './badge.ts';
import { LoginAttempts } from './login-attempts.ts';
import { isPin } from './pin-rules.ts';
import { Repeats } from './repeats.ts';
import { type Account, NOBODY, type StaffRegister } from './staff-register.ts';
import { type LoggedIn, StaffShift } from './staff-shift.ts';

/** Logins that wait while one is checked, which takes 32 MiB; more are sent away. */
export const MAX_WAITING_LOGINS = 4;
/** When to come back after being sent away. */
export const BUSY_MS = 1000;

/** Writes an event; durable when it resolves. Rejects where it can't be written. */
export type RecordEvent = <N extends AuditEventName>(name: N, facts: AuditEventPublic<N>) => Promise<unknown>;

export interface StaffDeskOptions {
  readonly register: StaffRegister;
  readonly clock: Clock;
  /** Best or estimated time, unix ms. */
  readonly unixMs: () => number;
  readonly record: RecordEvent;
  /** Whether the city is reached: maintenance then needs its grant. */
  readonly connected: () => boolean;
  /** Whether this text is a grant of the city for this terminal and this staff id that holds now. */
  readonly checkGrant: (text: string, staffId: string) => { readonly ok: boolean };
  /** For operators; nothing personal. */
  readonly onFault: (fault: string) => void;
}

/**
 * Who is logged in at this terminal: one person at a time, by PIN or badge. A login takes effect after it is in the
 * audit log, so one that can't be recorded is refused; a logout takes effect at once, for nothing may keep a counter
 * open.
 */
export class StaffDesk {
  readonly #options: StaffDeskOptions;
  readonly #attempts: LoginAttempts;
  readonly #repeats: Repeats;
  readonly #turns = new Turns();
  readonly #listeners = new Set<() => void>();
  #shift: StaffShift | undefined;
  #ending = false;

  constructor(options: StaffDeskOptions) {
    this.#options = options;
    this.#attempts = new LoginAttempts(options.register, options.clock, options.unixMs);
    this.#repeats = new Repeats(options.clock);
  }

  /** Who is logged in; never somebody whose time is over. */
  get current(): LoggedIn | undefined {
    return this.#shift?.over === false ? this.#shift.who : undefined;
  }

  /** By PIN. Whoever was logged in before is logged out first. */
  login(login: Login): Promise<CommandAnswer> {
    return this.#hear(() => this.#byPin(login));
  }

  /**
   * By badge, for staff alone. A lock-out doesn't concern it: it protects PINs, which can be guessed, and who
   * locks an account by guessing must not shut out its owner.
   */
  badge(id: string, secret: Uint8Array): Promise<CommandAnswer> {
    return this.#hear(() => this.#byBadge({ id, secret }));
  }

  /** Logs out whoever is in, or is just coming in. */
  async logout(): Promise<CommandAnswer> {
    await this.#turns.take(() => this.#end('logged-out'));
    return { ok: true };
  }

  /** Logs this person out, whose PIN, badge or account is no longer what it was. */
  async revoke(id: string): Promise<void> {
    await this.#turns.take(async () => {
      if (this.#shift?.who.id === id) await this.#end('logged-out');
    });
  }

  /** The person who is logged in did something. */
  touched(): void {
    this.#shift?.touch();
  }

  /** Called every second or so: ends and records what is over. */
  look(): void {
    if (this.#ending || !this.#shift?.over) return;
    this.#ending = true;
    void this.#turns
      .take(() => this.#endOver())
      .finally(() => {
        this.#ending = false;
      });
  }

  /** Calls back whenever somebody else, or nobody any more, is logged in. @returns how to stop it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One login at a time, and none where something can't be read or written. */
  #hear(check: () => Promise<CommandAnswer>): Promise<CommandAnswer> {
    if (this.#turns.waiting > MAX_WAITING_LOGINS) {
      return Promise.resolve({ ok: false, reason: 'locked-out', waitMs: BUSY_MS });
    }
    return this.#turns.take(async () => {
      try {
        await this.#endOver();
        return await check();
      } catch (error) {
        return this.#storeFailed(error);
      }
    });
  }

  async #byPin(login: Login): Promise<CommandAnswer> {
    const { id, pin, as: role } = login;
    const found = this.#options.register.find(id);
    // an account of the other role is as good as none: what its PIN does there is not told here
    const account = found?.role === role ? found : undefined;
    const attempt: Attempt = { staff: account?.id ?? NOBODY, role, by: 'pin' };
    const waitMs = this.#attempts.waitMs(account);
    if (waitMs > 0) return this.#refuse(attempt, 'locked-out', waitMs);
    // before the PIN, so that without a grant nobody can so much as guess
    const grant = login.as === 'maintenance' ? this.#grantOf(login) : 'none';
    if (grant === 'grant-needed' || grant === 'grant-refused') return this.#refuse(attempt, grant);
    this.#attempts.charge(account);
    if (!(await this.#isPinOf(account, pin)) || !account) {
      const now = this.#options.register.find(id);
      return this.#refuse(attempt, 'wrong-credentials', this.#attempts.waitMs(account && now));
    }
    this.#attempts.clear(account);
    return this.#begin(account, attempt, grant);
  }

  #byBadge(badge: Badge): Promise<CommandAnswer> {
    const found = this.#options.register.find(badge.id);
    const account = found?.role === 'staff' ? found : undefined;
    const attempt: Attempt = { staff: account?.id ?? NOBODY, role: 'staff', by: 'badge' };
    if (!account || !this.#options.register.badgeMatches(badge)) {
      return this.#refuse(attempt, 'wrong-credentials');
    }
    return this.#begin(account, attempt, 'none');
  }

  async #isPinOf(account: Account | undefined, pin: string): Promise<boolean> {
    // what can't be a PIN may be of any length, and is nobody's
    return isPin(pin) && this.#options.register.pinMatches(account?.id, pin);
  }

  /** A grant that is shown must hold, also where none is needed. */
  #grantOf({ id, grant }: Extract<Login, { as: 'maintenance' }>) {
    if (grant !== undefined) return this.#options.checkGrant(grant, id).ok ? 'city' : 'grant-refused';
    return this.#options.connected() ? 'grant-needed' : 'offline';
  }

  async #begin(
    { id, name, role }: Account,
    attempt: Attempt,
    grant: StaffShift['grant'],
  ): Promise<CommandAnswer> {
    await this.#end('logged-out');
    const { record, clock, unixMs } = this.#options;
    await record('staff-login', { ...attempt, result: 'logged-in' });
    if (role === 'maintenance') await record('maintenance', { staff: id, action: 'begun', grant });
    this.#shift = new StaffShift({ id, name, role }, grant, clock, unixMs);
    this.#changed();
    return { ok: true };
  }

  async #endOver(): Promise<void> {
    if (this.#shift?.over) await this.#end('timed-out');
  }

  async #end(result: 'logged-out' | 'timed-out'): Promise<void> {
    const shift = this.#shift;
    if (!shift) return;
    this.#shift = undefined;
    this.#changed();
    const { record } = this.#options;
    const { who, grant } = shift;
    try {
      if (who.role === 'maintenance') await record('maintenance', { staff: who.id, action: 'ended', grant });
      await record('staff-login', { staff: who.id, role: who.role, by: 'none', result });
    } catch (error) {
      this.#storeFailed(error);
    }
  }

  /** @param waitMs until the next one is heard, if not at once. */
  async #refuse(attempt: Attempt, reason: CommandRefusal, waitMs = 0): Promise<CommandAnswer> {
    // a PIN that was checked is bounded by the lock-out, so each is written
    const counted = reason === 'wrong-credentials' && attempt.by === 'pin';
    if (counted || !this.#repeats.isRepeat(`${attempt.staff} ${attempt.by} ${reason}`)) {
      await this.#options.record('staff-login', { ...attempt, result: reason });
    }
    return { ok: false, reason, ...(waitMs > 0 ? { waitMs } : {}) };
  }

  #storeFailed(error: unknown): CommandAnswer {
    if (!(error instanceof Error)) throw error;
    this.#options.onFault(`staff: ${error.message}`);
    return { ok: false, reason: 'store-failed' };
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

type Attempt = Omit<AuditEventPublic<'staff-login'>, 'result'>;
