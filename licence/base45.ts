/** Base45 (RFC 9285), strictly: what a lenient decoder would guess at is refused here. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

const DIGITS = new Map([...ALPHABET].map((character, digit) => [character, digit]));

/** Two bytes become three characters, a last single byte two. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const first = bytes[i] ?? 0;
    const second = bytes[i + 1];
    if (second === undefined) text += character(first) + character(first / 45);
    else {
      const n = first * 256 + second;
      text += character(n) + character(n / 45) + character(n / 2025);
    }
  }
  return text;
}

/** @returns undefined for a foreign character, a left-over of one character, or a group past 65,535 (255). */
export function decodeBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 2) / 3));
  let at = 0;
  for (let i = 0; i < text.length; i += 3) {
    const low = DIGITS.get(text.charAt(i));
    const middle = DIGITS.get(text.charAt(i + 1));
    if (low === undefined || middle === undefined) return undefined;
    if (i + 2 >= text.length) {
      const byte = low + middle * 45;
      if (byte > 0xff) return undefined;
      bytes[at++] = byte;
      break;
    }
    const high = DIGITS.get(text.charAt(i + 2));
    if (high === undefined) return undefined;
    const pair = low + middle * 45 + high * 2025;
    if (pair > 0xffff) return undefined;
    bytes[at++] = pair >> 8;
    bytes[at++] = pair & 0xff;
  }
  return bytes;
}

function character(value: number): string {
  return ALPHABET.charAt(Math.floor(value) % 45);
}
