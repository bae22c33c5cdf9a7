/** What a key of a US keyboard is to a scanner's code. Characters are their ASCII codes. */
export type KeyMeaning =
  | { readonly name: 'character'; readonly plain: number; readonly shifted: number }
  | { readonly name: 'shift' }
  | { readonly name: 'end' }
  | { readonly name: 'ignored' }
  /** It types nothing. */
  | { readonly name: 'none' };

/** @param key a KEY_ code of Linux (input-event-codes.h) */
export function keyMeaning(key: number): KeyMeaning {
  if (SHIFT_KEYS.includes(key)) return { name: 'shift' };
  if (END_KEYS.includes(key)) return { name: 'end' };
  if (key === NUM_LOCK) return { name: 'ignored' };
  for (const { from, plain, shifted } of ROWS) {
    const at = key - from;
    if (at >= 0 && at < plain.length) {
      return { name: 'character', plain: plain.charCodeAt(at), shifted: shifted.charCodeAt(at) };
    }
  }
  return { name: 'none' };
}

/** The key that types a character, and whether shift has to be down; undefined where none does. */
export function keyOf(character: string): { readonly key: number; readonly shift: boolean } | undefined {
  for (const { from, plain, shifted } of ROWS) {
    const at = plain.indexOf(character);
    if (at >= 0) return { key: from + at, shift: false };
    const above = shifted.indexOf(character);
    if (above >= 0) return { key: from + above, shift: true };
  }
  return undefined;
}

export const LEFT_SHIFT = 42;
export const RIGHT_SHIFT = 54;
export const ENTER = 28;
export const KEYPAD_ENTER = 96;
export const TAB = 15;
const NUM_LOCK = 69;

const SHIFT_KEYS: readonly number[] = [LEFT_SHIFT, RIGHT_SHIFT];
const END_KEYS: readonly number[] = [ENTER, KEYPAD_ENTER, TAB];

/** Keys with consecutive codes. The keypad comes last, so that `keyOf` finds a digit in its own row. */
const ROWS: readonly { readonly from: number; readonly plain: string; readonly shifted: string }[] = [
  { from: 2, plain: '1234567890-=', shifted: '!@#$%^&*()_+' },
  { from: 16, plain: 'qwertyuiop[]', shifted: 'QWERTYUIOP{}' },
  { from: 30, plain: "asdfghjkl;'`", shifted: 'ASDFGHJKL:"~' },
  { from: 43, plain: '\\zxcvbnm,./', shifted: '|ZXCVBNM<>?' },
  { from: 57, plain: ' ', shifted: ' ' },
  { from: 55, plain: '*', shifted: '*' },
  { from: 71, plain: '789-456+1230.', shifted: '789-456+1230.' },
  { from: 98, plain: '/', shifted: '/' },
];
