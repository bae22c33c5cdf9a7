/**
 * What an administrator carries from the city to a new terminal: a secret that works once, and the fingerprint of the
 * city's first trust root, so that TLS alone is not what the root rests on.
 */
export interface EnrolmentCode {
  readonly secret: Uint8Array;
  /** First 16 bytes of SHA-256 of the first root. */
  readonly rootFingerprint: Uint8Array;
}

export const ENROLMENT_SECRET_BYTES = 10;
const FINGERPRINT_BYTES = 16;
const BYTES = ENROLMENT_SECRET_BYTES + FINGERPRINT_BYTES;

/** Crockford's base 32: no letters that look like digits, so it can be read out and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 6;
const CHARACTERS = Math.ceil((BYTES * 8) / 5);

/** Seven groups of six: `XXXXXX-XXXXXX-…`. */
export function formatEnrolmentCode(code: EnrolmentCode): string {
  let bits = 0n;
  for (const byte of [...code.secret, ...code.rootFingerprint]) bits = (bits << 8n) | BigInt(byte);
  bits <<= BigInt(CHARACTERS * 5 - BYTES * 8);
  let text = '';
  for (let i = CHARACTERS - 1; i >= 0; i--) text += ALPHABET[Number((bits >> BigInt(i * 5)) & 31n)];
  return (text.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');
}

/** Takes lower case, spaces and dashes, and O, I, L for the digits they look like. @returns undefined if it is none. */
export function parseEnrolmentCode(text: string): EnrolmentCode | undefined {
  const clean = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (clean.length !== CHARACTERS) return undefined;
  let bits = 0n;
  for (const character of clean) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return undefined;
    bits = (bits << 5n) | BigInt(digit);
  }
  const padding = BigInt(CHARACTERS * 5 - BYTES * 8);
  if ((bits & ((1n << padding) - 1n)) !== 0n) return undefined;
  bits >>= padding;
  const bytes = new Uint8Array(BYTES);
  for (let i = BYTES - 1; i >= 0; i--) {
    bytes[i] = Number(bits & 0xffn);
    bits >>= 8n;
  }
  return {
    secret: bytes.slice(0, ENROLMENT_SECRET_BYTES),
    rootFingerprint: bytes.slice(ENROLMENT_SECRET_BYTES),
  };
}
