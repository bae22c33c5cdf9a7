/** Failed PINs of one account, as the store keeps them. */
export interface LockOut {
  /** In a row. */
  readonly failures: number;
  /** unix ms; 0: not locked. */
  readonly lockedUntil: number;
}

/** A moment by both clocks. */
export interface Moment {
  /** Best or estimated time: not the bare wall clock, which anybody could set. */
  readonly unixMs: number;
  readonly monotonicMs: number;
}

/** Somebody who knows the PIN hardly mistypes it this often; 10⁶ PINs and a guess an hour last a century. */
export const FREE_FAILURES = 5;
export const FIRST_LOCK_MS = 5 * 60_000;
export const MAX_LOCK_MS = 60 * 60_000;

/** How long an account is locked after its nth failure in a row: from the fifth on, doubling with each one more. */
export function lockMs(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_FAILURES), MAX_LOCK_MS);
}

/** After one failure more. */
export function charged({ failures }: LockOut, { unixMs }: Moment): LockOut {
  const lock = lockMs(failures + 1);
  return { failures: failures + 1, lockedUntil: lock === 0 ? 0 : Math.ceil(unixMs + lock) };
}

/**
 * ms until a PIN is heard again; 0: now. The longer of both clocks counts, so a wall clock put ahead ends nothing; one
 * put back doesn't lock for longer than the lock was.
 *
 * @param heldUntil monotonic ms at which the lock ends, if it began in this process.
 */
export function waitMs(lock: LockOut, now: Moment, heldUntil: number | undefined): number {
  const longest = lockMs(lock.failures);
  const byWall = Math.min(lock.lockedUntil - now.unixMs, longest);
  const byMonotonic = heldUntil === undefined ? 0 : Math.min(heldUntil - now.monotonicMs, longest);
  return Math.ceil(Math.max(byWall, byMonotonic, 0));
}
