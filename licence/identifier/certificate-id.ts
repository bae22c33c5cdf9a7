import { mod37by36 } from './iso7064.ts';

/** The arc of 电子证照标识 among the object identifiers, with the dot that ends it. */
export const CERTIFICATE_ID_PREFIX = '1.2.156.3005.2.';

/**
 * - `prefix`: begins otherwise, so it is no identifier of this standard at all;
 * - `parts`: not type, issuer, serial, version and check character, with a dot between each;
 * - `length`: a type that isn't 21 characters, a version that isn't 3, a check that isn't 1, or an empty part;
 * - `alphabet`: a character that isn't 0-9 or A-Z;
 * - `check-character`: the last character isn't the one the others give.
 */
export type CertificateIdFault = 'prefix' | 'parts' | 'length' | 'alphabet' | 'check-character';

/**
 * Looks at 电子证照标识 (GB/T 36904). Issuer and serial may have any length: identifiers in use name the issuer by its
 * unified social credit code or by a division, and number with 9 characters or more.
 * @returns the first fault in the order of {@link CertificateIdFault}.
 */
export function checkCertificateId(text: string): 'ok' | CertificateIdFault {
  if (!text.startsWith(CERTIFICATE_ID_PREFIX)) return 'prefix';
  const [type, issuer, serial, version, check, more] = text.slice(CERTIFICATE_ID_PREFIX.length).split('.', 6);
  if (check === undefined || more !== undefined) return 'parts';
  if (type?.length !== 21 || version?.length !== 3 || check.length !== 1) return 'length';
  if (issuer === '' || serial === '') return 'length';
  const expected = certificateIdCheckCharacter(`${type}.${issuer}.${serial}.${version}`);
  if (expected === undefined || !/[0-9A-Z]/.test(check)) return 'alphabet';
  return expected === check ? 'ok' : 'check-character';
}

/**
 * @param body type.issuer.serial.version; the dots don't count.
 * @returns 0-9 or A-Z, by MOD 37,36; undefined for a character that isn't one of these.
 */
export function certificateIdCheckCharacter(body: string): string | undefined {
  return mod37by36(body.replaceAll('.', ''));
}
