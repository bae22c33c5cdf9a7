import { decodeBase45, encodeBase45 } from '../base45.ts';
import { MAX_GRANT_BYTES } from './maintenance-grant.ts';

/** Tells a grant from a licence code at a scanner. */
export const GRANT_PREFIX = 'LZG1:';
/** What the bytes of a grant come to at most, and then some. */
export const MAX_GRANT_TEXT = 512;

/** A grant as it is printed, sent or put in a QR code: every character is in the QR alphanumeric set. */
export function formatGrant(bytes: Uint8Array): string {
  return GRANT_PREFIX + encodeBase45(bytes);
}

/** Strict: no trimming, since a space is a Base45 digit. @returns COSE bytes, undefined for what is no such text. */
export function parseGrant(text: string): Uint8Array | undefined {
  if (!text.startsWith(GRANT_PREFIX) || text.length > MAX_GRANT_TEXT) return undefined;
  const bytes = decodeBase45(text.slice(GRANT_PREFIX.length));
  return bytes && bytes.length <= MAX_GRANT_BYTES ? bytes : undefined;
}
