/** Every character of a licence's code (Base45, RFC 9285). */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** A code of this length that no other label has. */
export function sampleCode(label: string, length: number): string {
  return `${label}:`.padEnd(length, ALPHABET).slice(0, length);
}
