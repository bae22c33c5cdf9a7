import { withoutTerminator } from '../../licence/code-text.ts';
import { GRANT_PREFIX, MAX_GRANT_TEXT, parseGrant } from '../../licence/wire/grant-text.ts';
import { BADGE_PREFIX, type Badge, badgeOf } from './badge.ts';

/** A scanned code that is for the desk and not for whoever judges licences. */
export type StaffCode =
  | ({ readonly type: 'badge' } & Badge)
  /** The text, as a login carries it; not yet opened. */
  | { readonly type: 'grant'; readonly text: string }
  /** Begins as one of them, and isn't: half of a badge is as little to be judged or logged as a whole one. */
  | { readonly type: 'unreadable' };

/** @returns undefined for every other code. */
export function staffCodeOf(scanned: Uint8Array): StaffCode | undefined {
  if (startsWith(scanned, BADGE_PREFIX)) {
    const badge = badgeOf(scanned);
    return badge ? { type: 'badge', ...badge } : { type: 'unreadable' };
  }
  if (startsWith(scanned, GRANT_PREFIX)) {
    const text = grantOf(scanned);
    return text === undefined ? { type: 'unreadable' } : { type: 'grant', text };
  }
  return undefined;
}

/** The text of a maintenance grant a scanner read; undefined for what is none. */
export function grantOf(scanned: Uint8Array): string | undefined {
  const end = withoutTerminator(scanned);
  if (end > MAX_GRANT_TEXT) return undefined;
  const text = Buffer.from(scanned.subarray(0, end)).toString('latin1');
  return parseGrant(text) ? text : undefined;
}

function startsWith(scanned: Uint8Array, prefix: string): boolean {
  return Buffer.from(scanned.subarray(0, prefix.length)).toString('latin1') === prefix;
}
