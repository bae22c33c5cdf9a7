import { withoutTerminator } from './code-text.ts';
import type { ReferencePattern, Service } from './trust/catalogue.ts';

/** A code that says nothing itself: a key under which the city finds licences. Never logged, never stored. */
export interface ReferenceCode {
  readonly pattern: ReferencePattern['pattern'];
  readonly value: string;
}

/** What every service takes unless it says otherwise. */
const DEFAULT_REFERENCES: readonly ReferencePattern[] = [
  { pattern: 'medical-insurance' },
  { pattern: 'token' },
];

/** No reference code is longer: addresses in printed codes are shorter still. */
export const MAX_REFERENCE_CHARACTERS = 512;

/**
 * Recognises a reference code of a service.
 *
 * @param scanned what the scanner read.
 * @param symbology AIM identifier, where the scanner sent one.
 * @returns undefined for everything else: what no pattern names is sent nowhere, so that payment and trace codes stay here.
 */
export function referenceCode(
  scanned: Uint8Array,
  service: Service,
  symbology: string | undefined,
): ReferenceCode | undefined {
  const end = withoutTerminator(scanned);
  if (end > MAX_REFERENCE_CHARACTERS) return undefined;
  const value = Buffer.from(scanned.buffer, scanned.byteOffset, end).toString('latin1');
  const patterns = service.references ?? DEFAULT_REFERENCES;
  const found = patterns.find((pattern) => matches(value, pattern, symbology));
  return found && { pattern: found.pattern, value };
}

const MEDICAL_INSURANCE = /^\d{28}$/;
/** `LZR:` and 8 to 64 characters of a token, all of the QR alphanumeric set. */
const TOKEN = /^LZR:[0-9A-Z-]{8,64}$/;
/** AIM identifiers of QR codes (ISO/IEC 15424). */
const QR_SYMBOLOGY = /^\]Q/;

function matches(value: string, pattern: ReferencePattern, symbology: string | undefined): boolean {
  switch (pattern.pattern) {
    case 'medical-insurance':
      return MEDICAL_INSURANCE.test(value);
    case 'token':
      return TOKEN.test(value);
    // digits stand in every shop's codes and addresses on every poster: only where a QR code is known to be one
    case 'digits':
      return isQr(symbology) && value.length === pattern.length && /^\d+$/.test(value);
    case 'url':
      return isQr(symbology) && hostOf(value) === pattern.host;
  }
}

function isQr(symbology: string | undefined): boolean {
  return symbology !== undefined && QR_SYMBOLOGY.test(symbology);
}

/**
 * The host of a plain https address. By its text and not by a parser: parsers differ over backslashes, empty ports and
 * names before the host, and what is sent to the city is the text.
 */
function hostOf(value: string): string | undefined {
  return PLAIN_ADDRESS.exec(value)?.groups?.host;
}

const PLAIN_ADDRESS = /^https:\/\/(?<host>[a-z0-9.-]+)(?:[/?#][!-[\]-~]*)?$/;
