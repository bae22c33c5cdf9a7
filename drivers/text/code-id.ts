export const CODE_ID_NAMES = ['honeywell'] as const;
/** Whose table of one-letter code ids a scanner is set to send before each code. */
export type CodeIdName = (typeof CODE_ID_NAMES)[number];

/**
 * The AIM identifier for the letter a scanner put before a code. Such a letter can't be told from the code itself, so it
 * is only looked for where the profile or the address says that the scanner sends it.
 *
 * @returns undefined where the first byte is no code id of that table
 */
export function aimOfCodeId(name: CodeIdName, bytes: Uint8Array): string | undefined {
  return TABLES[name].get(String.fromCharCode(bytes[0] ?? 0));
}

const TABLES: Readonly<Record<CodeIdName, ReadonlyMap<string, string>>> = {
  /** "Symbology charts" of Honeywell's user guides (d); Youjie alike. */
  honeywell: new Map([
    ['I', ']C1'],
    ['j', ']C0'],
    ['b', ']A0'],
    ['i', ']G0'],
    ['a', ']F0'],
    ['e', ']I0'],
    ['d', ']E0'],
    ['D', ']E4'],
    ['c', ']E0'],
    ['E', ']E0'],
    ['y', ']e0'],
    ['r', ']L0'],
    ['s', ']Q1'],
    ['w', ']d1'],
    ['z', ']z0'],
    ['x', ']U0'],
  ]),
};
