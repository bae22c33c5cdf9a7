import { vi } from 'vitest';

/** The longest a scanner may take to come back, be it from an unplug: what a test waits for at most. */
export const RECOVERY_LIMIT_MS = 3_000;

/** Waits until the assertion holds; fails with it where it doesn't within RECOVERY_LIMIT_MS. */
export function eventually(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { timeout: RECOVERY_LIMIT_MS, interval: 5 });
}
