/**
 * ISO 7064 MOD 11-2, a pure system, by its recursive method.
 * @param digits 0-9.
 * @returns 0-9 or X (ten); undefined for an empty text or a foreign character.
 */
export function mod11by2(digits: string): string | undefined {
  if (digits === '') return undefined;
  let product = 0;
  for (const character of digits) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return undefined;
    product = ((product + digit) * 2) % 11;
  }
  return `${DIGITS}X`.charAt((12 - product) % 11);
}

/**
 * ISO 7064 MOD 37,36, a hybrid system, by its recursive method.
 * @param text 0-9 and A-Z.
 * @returns 0-9 or A-Z; undefined for an empty text or a foreign character.
 */
export function mod37by36(text: string): string | undefined {
  if (text === '') return undefined;
  let product = 36;
  for (const character of text) {
    const value = ALPHANUMERIC.indexOf(character);
    if (value < 0) return undefined;
    const sum = (product + value) % 36;
    product = ((sum === 0 ? 36 : sum) * 2) % 37;
  }
  return ALPHANUMERIC.charAt((37 - product) % 36);
}

const DIGITS = '0123456789';
const ALPHANUMERIC = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
