import fc from 'fast-check';
import { decodeBase45 } from '../../licence/base45.ts';

/** The same seed gives the same codes, so that a failure can be looked at again. */
const SEED = 20_261_122;

/** Texts of `count` different codes that are no licence, of every sort a scanner sees. @param good a code to spoil. */
export function badTexts(count: number, good: string): string[] {
  return different(count, badText(good));
}

/** The same for scanners that hand on raw bytes. */
export function badBytes(count: number, good: string): Uint8Array[] {
  const cose = decodeBase45(good.slice('LZ1:'.length)) ?? new Uint8Array(0);
  const codes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 400 }),
    fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Uint8Array.of(0xd2, ...bytes)),
    fc.uint8Array({ minLength: 1537, maxLength: 4096 }).map((bytes) => Uint8Array.of(0xd2, ...bytes)),
    fc.nat({ max: cose.length - 2 }).map((end) => cose.slice(0, end + 1)),
    fc.tuple(fc.nat({ max: cose.length - 1 }), fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
      const changed = Uint8Array.from(cose);
      changed[at] = (changed[at] ?? 0) ^ mask;
      return changed;
    }),
    badText(good).map((text) => new TextEncoder().encode(text)),
  );
  return different(count, codes);
}

function badText(good: string): fc.Arbitrary<string> {
  const base45 = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:');
  const number = fc.nat();
  return fc.oneof(
    // a scanner takes an AIM identifier off the front: that would make another code, or none
    fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.startsWith(']')),
    fc.string({ unit: base45, minLength: 1, maxLength: 900 }).map((text) => `LZ1:${text}`),
    fc.integer({ min: 1, max: good.length - 1 }).map((end) => good.slice(0, end)),
    fc.nat({ max: good.length }).map((at) => `${good.slice(0, at)}#${good.slice(at)}`),
    fc.string({ unit: base45, minLength: 2401, maxLength: 5000 }).map((text) => `LZ1:${text}`),
    number.map((n) => `https://pay.example/${n}?code=${n}`),
    number.map((n) => `{"type":"健康码","color":"绿","n":${n}}`),
    fc.string({ unit: base45, minLength: 300, maxLength: 600 }).map((text) => `HC1:${text}`),
    fc.constantFrom('LZ2:', 'lz1:', 'lzr:', ' LZ1:').map((prefix) => `${prefix}${good.slice(4)}`),
    // as long as a payment code: 28 digits would be a reference
    number.map((n) => `28${String(n).padStart(16, '0')}`),
  );
}

function different<T>(count: number, codes: fc.Arbitrary<T>): T[] {
  const seen = new Map(
    fc.sample(codes, { numRuns: 2 * count, seed: SEED }).map((code) => [String(code), code]),
  );
  return [...seen.values()].slice(0, count);
}
