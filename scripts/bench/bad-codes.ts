import { randomBytes, randomInt } from 'node:crypto';

/** Codes that must each get a named verdict: random, truncated, altered, oversized, foreign. None holds a terminator. */
export function badCodes(count: number, good: string): (string | Uint8Array)[] {
  return Array.from({ length: count }, (_, i) => KINDS[i % KINDS.length]?.(good) ?? '');
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

const KINDS: readonly ((good: string) => string | Uint8Array)[] = [
  () => randomBytes(randomInt(1, 400)).map((byte) => (byte === 10 || byte === 13 ? 0 : byte)),
  () => `LZ1:${text(randomInt(1, 900))}`,
  (good) => good.slice(0, randomInt(5, good.length)),
  (good) => alter(good),
  () => `LZ1:${text(randomInt(2400, 4000))}`,
  () => text(randomInt(4097, 9000)),
  () => `https://example.com/${randomInt(1e9)}?code=${randomInt(1e9)}`,
  () => `{"type":"healthcode","color":"green","n":${randomInt(1e9)}}`,
  () => `HC1:${text(500)}`,
  () => `LZ2:${text(500)}`,
];

function text(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** One character changed to another of the alphabet. */
function alter(good: string): string {
  const at = randomInt(4, good.length);
  const other = [...ALPHABET].filter((character) => character !== good[at]);
  return good.slice(0, at) + other[randomInt(other.length)] + good.slice(at + 1);
}
