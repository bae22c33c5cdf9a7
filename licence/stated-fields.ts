import { CHINA_OFFSET_SECONDS, chinaDate } from './china-date.ts';
import type { FieldValue, Licence } from './claims.ts';
import { COMMON_LABEL } from './field-label.ts';

/**
 * A licence's fields, and those its claims say as well: an issuer may leave out what would only repeat them, so that a
 * code stays small enough to show. What stands in the fields counts.
 *
 * @param issuerName of the issuer the licence was verified under.
 */
export function statedFields(
  licence: Licence,
  issuerName: string | undefined,
): ReadonlyMap<number, FieldValue> {
  return new Map<number, FieldValue>([
    ...(issuerName === undefined ? [] : [[COMMON_LABEL.issuerName, issuerName] as const]),
    ...dateField(COMMON_LABEL.validFrom, licence.nbf),
    ...dateField(COMMON_LABEL.validTo, licence.exp - 1),
    ...licence.fields,
  ]);
}

/** The last second of the year 9999 in China: beyond it a date has another form, and is nobody's. */
const LAST_SECOND = 253_402_300_799 - CHINA_OFFSET_SECONDS;

function dateField(label: number, seconds: number): readonly (readonly [number, string])[] {
  return seconds <= LAST_SECOND ? [[label, chinaDate(seconds)]] : [];
}
