import type { Random } from './seeded-random.ts';

/** Changes characters of a text that is typed or scanned. */
export function mutateText(input: Uint8Array, random: Random): Uint8Array {
  const text = Buffer.from(input).toString('utf8');
  const at = random.below(text.length + 1);
  const to = Math.min(text.length, at + 1 + random.below(6));
  const piece = random.pick(PIECES);
  switch (random.below(6)) {
    case 0:
      return bytes(text.slice(0, at) + piece + text.slice(to));
    case 1:
      return bytes(text.slice(0, at) + piece + text.slice(at));
    case 2:
      return bytes(text.slice(0, at) + text.slice(to));
    case 3:
      return bytes(random.pick(ENDS) + text + random.pick(ENDS));
    case 4:
      return bytes(
        random.chance(0.5)
          ? text.toLowerCase()
          : text.slice(0, at) + text.slice(at, to).repeat(random.below(900)),
      );
    default:
      return bytes(random.pick(PREFIXES) + text.slice(random.pick([0, 3, 4, 5])));
  }
}

/** Base45 groups at and past their greatest value, foreign characters, look-alikes, what upper-casing changes. */
const PIECES = [
  ...[
    'FGW',
    'GGW',
    'FGX',
    ':::',
    '::',
    'U5',
    'V5',
    '0',
    '00',
    '000',
    ' ',
    ':',
    '/',
    '-',
    'Z',
    'z',
    'O',
    'I',
    'L',
    'U',
  ],
  ...[
    '\u0000',
    '\t',
    '\n',
    '\r',
    '%0A',
    '\u00a0',
    '\ufeff',
    '\u0130',
    '\u0131',
    '\u017f',
    '\u00df',
    '\ufb01',
    '\uff21',
    '张',
  ],
];
const ENDS = ['', '', '\r', '\n', '\r\n', '\n\n', ' ', '\t', '\u0000', '\u2028', '\ufeff'];
const PREFIXES = ['LZ1:', 'lz1:', 'LZ2:', 'LZ1', 'LZ1::', 'LZ1:LZ1:', 'LZR:', 'HC1:', ''];

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
