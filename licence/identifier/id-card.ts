import { mod11by2 } from './iso7064.ts';

/**
 * - `length`: not 18 characters (the 15 of before 1999 too: they have no check character);
 * - `alphabet`: not 17 digits and then a digit or an upper case X;
 * - `date`: born on a day no calendar has. Whether it is still to come isn't judged: that needs a clock;
 * - `check-character`: the last character isn't the one the others give.
 */
export type IdCardFault = 'length' | 'alphabet' | 'date' | 'check-character';

/**
 * Looks at 公民身份号码 (GB 11643): 6 digits of a division, 8 of the birth date, 3 of order, MOD 11-2. Whether the
 * division exists isn't asked, since many on cards in use have been dissolved.
 * @returns the first fault in the order of {@link IdCardFault}.
 */
export function checkIdCard(text: string): 'ok' | IdCardFault {
  if (text.length !== ID_CARD_LENGTH) return 'length';
  if (!/^\d{17}[\dX]$/.test(text)) return 'alphabet';
  if (!isCalendarDate(text.slice(6, 14))) return 'date';
  return idCardCheckCharacter(text.slice(0, -1)) === text.at(-1) ? 'ok' : 'check-character';
}

/** @param body 17 digits. @returns 0-9 or X; undefined if it isn't 17 digits. */
export function idCardCheckCharacter(body: string): string | undefined {
  return body.length === ID_CARD_LENGTH - 1 ? mod11by2(body) : undefined;
}

const ID_CARD_LENGTH = 18;

/** @param date YYYYMMDD, digits. */
function isCalendarDate(date: string): boolean {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(4, 6));
  const day = Number(date.slice(6));
  if (month < 1 || month > 12 || day < 1) return false;
  // day 0 of the next month is the last of this one; leap years repeat every 400, and Date reads 0-99 as 19xx
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
