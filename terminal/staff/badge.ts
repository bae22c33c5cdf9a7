import { createHash, timingSafeEqual } from 'node:crypto';
import { decodeBase45, encodeBase45 } from '../../licence/base45.ts';
import { withoutTerminator } from '../../licence/code-text.ts';
import { STAFF_ID } from '../../licence/wire/maintenance-grant.ts';

/** What a badge carries. */
export interface Badge {
  /** Whose it is. */
  readonly id: string;
  /** Random. */
  readonly secret: Uint8Array;
}

/** Tells a badge from a licence code at a scanner. */
export const BADGE_PREFIX = 'LZB1:';
export const BADGE_SECRET_BYTES = 16;

/** `LZB1:` and Base45 of secret ‖ id: every character is in the QR alphanumeric set. */
export function formatBadge({ id, secret }: Badge): string {
  return BADGE_PREFIX + encodeBase45(Buffer.concat([secret, Buffer.from(id, 'latin1')]));
}

/** Strict: what a scanner read, but for one line terminator. @returns undefined for what is no badge. */
export function badgeOf(scanned: Uint8Array): Badge | undefined {
  if (scanned.length > MAX_BADGE_BYTES) return undefined;
  const text = Buffer.from(scanned.subarray(0, withoutTerminator(scanned))).toString('latin1');
  if (!text.startsWith(BADGE_PREFIX)) return undefined;
  const bytes = decodeBase45(text.slice(BADGE_PREFIX.length));
  if (!bytes) return undefined;
  const id = Buffer.from(bytes.subarray(BADGE_SECRET_BYTES)).toString('latin1');
  return STAFF_ID.test(id) ? { id, secret: bytes.slice(0, BADGE_SECRET_BYTES) } : undefined;
}

/** 48 bytes in Base45, prefix and CR LF: the longest id is 32 characters. */
const MAX_BADGE_BYTES = BADGE_PREFIX.length + (48 / 2) * 3 + 2;

/**
 * A badge as it is kept: scheme (2: SHA-256) ‖ hash of its text. A slow hash protects secrets that can be guessed, and
 * 128 random bits can't; a fast one leaves nobody able to exhaust the terminal by showing it made-up badges.
 */
export function hashBadge(badge: Badge): Uint8Array {
  const hash = createHash('sha256').update(formatBadge(badge), 'latin1').digest();
  return new Uint8Array([SHA256, ...hash]);
}

/** Compares in constant time. */
export function badgeMatches(badge: Badge, hash: Uint8Array): boolean {
  const shown = hashBadge(badge);
  return shown.length === hash.length && timingSafeEqual(shown, hash);
}

const SHA256 = 2;
