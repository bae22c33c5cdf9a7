import { organisationCheckCharacter } from './organisation-code.ts';

/**
 * - `length`: not 18 characters;
 * - `alphabet`: a character that isn't 0-9 or A-Z without I, O, S, V, Z, or a division (the third to the eighth) that
 *   isn't digits;
 * - `check-character`: the last character isn't the one the others give;
 * - `organisation-check-character`: the code as a whole holds, but the organisation code in it doesn't.
 */
export type UsccFault = 'length' | 'alphabet' | 'check-character' | 'organisation-check-character';

/**
 * Looks at 统一社会信用代码 (GB 32100): registering body and type, 6 digits of a division, an organisation code of nine,
 * MOD 31. The organisation code is to follow GB 11714, so its own check character is looked at too, but last: a slip of
 * the pen breaks the outer one, and only a code put together from parts breaks the inner one alone.
 * @returns the first fault in the order of {@link UsccFault}.
 */
export function checkUscc(text: string): 'ok' | UsccFault {
  if (text.length !== USCC_LENGTH) return 'length';
  // registering body and type may be letters: N is agriculture, Y any other
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text)) return 'alphabet';
  if (usccCheckCharacter(text.slice(0, -1)) !== text.at(-1)) return 'check-character';
  const held = organisationCheckCharacter(text.slice(8, 16)) === text.charAt(16);
  return held ? 'ok' : 'organisation-check-character';
}

/** @param body 17 characters of the code's alphabet. @returns one of it; undefined if the body isn't that. */
export function usccCheckCharacter(body: string): string | undefined {
  if (body.length !== USCC_LENGTH - 1) return undefined;
  let sum = 0;
  // the standard's table of weights is the powers of 3 modulo 31
  let weight = 1;
  for (const character of body) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    sum += weight * value;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

const USCC_LENGTH = 18;
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
