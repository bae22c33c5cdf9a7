import { decodeBase45, encodeBase45 } from './base45.ts';
import { CODE_MAX_BYTES } from './cose/sign1.ts';

const PREFIX = 'LZ1:';
/** Limits of licence-code.md, Text form. */
export const MAX_CODE_TEXT = 2400;
/** First byte of a raw COSE_Sign1: tag 18. */
const RAW_COSE = 0xd2;

export type CodeBytes =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'not-a-licence-code' | 'malformed'; readonly detail: string };

/** The text a QR code carries for these COSE bytes. Every character is in the QR alphanumeric set. */
export function toCodeText(bytes: Uint8Array): string {
  return PREFIX + encodeBase45(bytes);
}

/**
 * Takes the COSE bytes out of what a scanner read: raw COSE, or `LZ1:` and Base45. Nothing is trimmed but one line
 * terminator: a space is a Base45 digit, and what white space a reader added would be guesswork.
 */
export function readCode(scanned: Uint8Array): CodeBytes {
  if (scanned[0] === RAW_COSE) {
    return scanned.length <= CODE_MAX_BYTES
      ? { ok: true, bytes: scanned }
      : malformed('longer than 1,536 bytes');
  }
  if (!hasPrefix(scanned)) return { ok: false, reason: 'not-a-licence-code', detail: 'no LZ1: prefix' };
  const text = Buffer.from(scanned.buffer, scanned.byteOffset, withoutTerminator(scanned)).toString('latin1');
  if (text.length > MAX_CODE_TEXT) return malformed('longer than 2,400 characters');
  const bytes = decodeBase45(text.slice(PREFIX.length));
  if (!bytes) return malformed('not Base45');
  if (bytes.length > CODE_MAX_BYTES) return malformed('longer than 1,536 bytes');
  return { ok: true, bytes };
}

function hasPrefix(scanned: Uint8Array): boolean {
  for (let i = 0; i < PREFIX.length; i++) if (scanned[i] !== PREFIX.charCodeAt(i)) return false;
  return true;
}

const CR = 0x0d;
const LF = 0x0a;

/** @returns where what was scanned ends when one CR, LF or CR LF is taken off. */
export function withoutTerminator(scanned: Uint8Array): number {
  let end = scanned.length;
  if (scanned[end - 1] === LF) end -= 1;
  if (scanned[end - 1] === CR) end -= 1;
  return end;
}

function malformed(detail: string): CodeBytes {
  return { ok: false, reason: 'malformed', detail };
}
