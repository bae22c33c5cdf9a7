import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { STAFF_ID } from '../../licence/wire/maintenance-grant.ts';
import { Turns } from '../core/turns.ts';
import { BADGE_SECRET_BYTES, type Badge, badgeMatches, formatBadge, hashBadge } from './badge.ts';
import type { LockOut } from './lock-out.ts';
import { hashPin, nobodysPinHash, pinMatches } from './pin-hash.ts';
import { type PinFault, pinFault } from './pin-rules.ts';

/** `AuditStore`, of which the register is a table. */
export interface StaffStore {
  /** @throws where the store can't be used now. */
  run<T>(work: (db: Database.Database) => T): T;
}

/** `staff` works at the counter, `maintenance` at the device; nobody is both under one id. */
export const STAFF_ROLES = ['staff', 'maintenance'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Somebody who may log in at this terminal. */
export interface Account extends LockOut {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly hasBadge: boolean;
  /** unix ms */
  readonly createdAt: number;
}

export type StaffFault =
  | PinFault
  /** Not an id, or the one that the audit log calls strangers by. */
  | 'id-form'
  | 'name-form'
  /** Also one that differs in capitals alone: nobody could tell them apart. */
  | 'id-taken'
  | 'too-many'
  | 'unknown-id'
  /** Maintenance logs in by PIN and grant alone. */
  | 'no-badge-for-maintenance';

export type StaffResult<T = unknown> =
  | ({ readonly ok: true } & T)
  | { readonly ok: false; readonly reason: StaffFault };

/** Shifts of the largest counter, several times over. */
export const MAX_STAFF = 64;
/** Stands in the audit log for an id nobody has. */
export const NOBODY = 'unknown';

/** Who may log in at this terminal. PINs and badges are kept as hashes alone. */
export class StaffRegister {
  readonly #store: StaffStore;
  /** One hash at a time: each takes 32 MiB. */
  readonly #turns = new Turns();

  constructor(store: StaffStore) {
    this.#store = store;
  }

  /** By id. */
  list(): readonly Account[] {
    return this.#store.run((db) => db.prepare<[], Row>(`${SELECT} ORDER BY id`).all().map(accountOf));
  }

  find(id: string): Account | undefined {
    const row = this.#store.run((db) => db.prepare<[string], Row>(`${SELECT} AND id = ?`).get(id));
    return row && accountOf(row);
  }

  /** Why somebody can't be added, before anything is done. */
  addFault(id: string, name: string, pin: string): StaffFault | undefined {
    if (!STAFF_ID.test(id) || id.toLowerCase() === NOBODY) return 'id-form';
    if (!NAME.test(name)) return 'name-form';
    const count = (where: string, ...values: string[]) =>
      this.#store.run((db) =>
        db
          .prepare<string[], number>(`SELECT count(*) FROM staff ${where}`)
          .pluck()
          .get(...values),
      ) ?? 0;
    if (count('WHERE id = ? COLLATE NOCASE', id) > 0) return 'id-taken';
    if (count('') >= MAX_STAFF) return 'too-many';
    return pinFault(pin);
  }

  /** @param atMs unix ms. */
  add(
    { id, name, role }: Pick<Account, 'id' | 'name' | 'role'>,
    pin: string,
    atMs: number,
  ): Promise<StaffResult> {
    return this.#turns.take(async () => {
      const reason = this.addFault(id, name, pin);
      if (reason) return { ok: false, reason };
      const hash = await hashPin(pin);
      this.#change(
        'INSERT INTO staff (id, name, role, pin, created_at) VALUES (?, ?, ?, ?, ?)',
        id,
        name,
        role,
        hash,
        Math.round(atMs),
      );
      return { ok: true };
    });
  }

  remove(id: string): StaffResult {
    return this.#known(this.#change('DELETE FROM staff WHERE id = ?', id));
  }

  /** Ends a lock-out as well, which was of the PIN before. */
  setPin(id: string, pin: string): Promise<StaffResult> {
    return this.#turns.take(async () => {
      const reason = pinFault(pin);
      if (reason) return { ok: false, reason };
      const hash = await hashPin(pin);
      return this.#known(
        this.#change('UPDATE staff SET pin = ?, failures = 0, locked_until = 0 WHERE id = ?', hash, id),
      );
    });
  }

  /** Why somebody can't have a badge. */
  badgeFault(id: string): StaffFault | undefined {
    const account = this.find(id);
    if (!account) return 'unknown-id';
    return account.role === 'maintenance' ? 'no-badge-for-maintenance' : undefined;
  }

  /** Makes a badge, of which the one before ceases to work. @returns its code, which is kept nowhere. */
  issueBadge(id: string): StaffResult<{ readonly code: string }> {
    const reason = this.badgeFault(id);
    if (reason) return { ok: false, reason };
    const badge = { id, secret: new Uint8Array(randomBytes(BADGE_SECRET_BYTES)) };
    this.#change('UPDATE staff SET badge = ? WHERE id = ?', hashBadge(badge), id);
    return { ok: true, code: formatBadge(badge) };
  }

  /** Ends a lock-out. */
  unlock(id: string): StaffResult {
    return this.#known(this.setLockOut(id, { failures: 0, lockedUntil: 0 }));
  }

  /** @returns how many accounts that was. */
  setLockOut(id: string, { failures, lockedUntil }: LockOut): number {
    return this.#change(
      'UPDATE staff SET failures = ?, locked_until = ? WHERE id = ?',
      failures,
      lockedUntil,
      id,
    );
  }

  /**
   * Whether this is the account's PIN; takes as long where there is no account.
   *
   * @throws Error for a stored hash that can't be read.
   */
  async pinMatches(id: string | undefined, pin: string): Promise<boolean> {
    const hash = id === undefined ? undefined : this.#secret('pin', id);
    const same = await pinMatches(pin, hash ?? nobodysPinHash());
    return hash !== undefined && same;
  }

  badgeMatches(badge: Badge): boolean {
    const hash = this.#secret('badge', badge.id);
    return hash !== undefined && badgeMatches(badge, hash);
  }

  #secret(column: 'pin' | 'badge', id: string): Uint8Array | undefined {
    return this.#store.run(
      (db) =>
        db.prepare<[string], Uint8Array>(`SELECT ${column} FROM staff WHERE id = ?`).pluck().get(id) ??
        undefined,
    );
  }

  #change(sql: string, ...values: (string | number | Uint8Array)[]): number {
    return this.#store.run((db) => db.prepare(sql).run(...values).changes);
  }

  #known(changes: number): StaffResult {
    return changes > 0 ? { ok: true } : { ok: false, reason: 'unknown-id' };
  }
}

/** Nothing that steers a screen or turns the writing direction. */
const NAME = /^(?!\s)[^\p{C}\p{Bidi_Control}\p{Zl}\p{Zp}]{1,64}(?<!\s)$/u;

interface Row extends Omit<Account, 'hasBadge'> {
  readonly hasBadge: 0 | 1;
}

/** A role that a later release brought is nobody's here. */
const SELECT = `SELECT id, name, role, badge IS NOT NULL AS hasBadge, failures, locked_until AS lockedUntil,
  created_at AS createdAt FROM staff WHERE role IN ('staff', 'maintenance')`;

function accountOf({ hasBadge, ...row }: Row): Account {
  return { ...row, hasBadge: hasBadge === 1 };
}
