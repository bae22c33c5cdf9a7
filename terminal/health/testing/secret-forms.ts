import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { encodeBase45 } from '../../../licence/base45.ts';

/** One way a secret can lie on a disk. */
export interface SecretForm {
  readonly secret: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Every form a text is looked for in: four encodings, each as it is and written with the usual alphabets. */
export function formsOfText(text: string): readonly SecretForm[] {
  const escaped = [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    ...formsOfBytes(text, Buffer.from(text), 'UTF-8'),
    ...formsOfBytes(text, Buffer.from(text, 'utf16le'), 'UTF-16LE'),
    ...formsOfBytes(text, Buffer.from(text, 'utf16le').swap16(), 'UTF-16BE'),
    // ASCII is in it what it is in UTF-8
    ...(/^[ -~]*$/.test(text) ? [] : formsOfBytes(text, gb18030(text), 'GB18030')),
    { secret: text, form: 'JSON escapes', bytes: Buffer.from(escaped.join('')) },
  ];
}

/** The same for bytes, such as a key or a signature. @param secret what they are called. */
export function formsOfBytes(secret: string, bytes: Buffer, name = 'raw'): readonly SecretForm[] {
  const written: [string, string][] = [
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ...[0, 1, 2].map((at): [string, string] => [`base64 from ${at}`, base64From(bytes, at)]),
    ...[0, 1].map((at): [string, string] => [
      `Base45 from ${at}`,
      encodeBase45(wholePairs(bytes.subarray(at))),
    ]),
  ];
  const url = written
    .filter(([form]) => form.startsWith('base64'))
    .map(([form, text]): [string, string] => [
      form.replace('base64', 'base64url'),
      text.replaceAll('+', '-').replaceAll('/', '_'),
    ]);
  return [
    { secret, form: name, bytes },
    ...[...written, ...url].map(([form, text]) => ({
      secret,
      form: `${name}, ${form}`,
      bytes: Buffer.from(text, 'latin1'),
    })),
  ];
}

/** Every secret found in any file of a folder, as a sentence each. */
export function secretsIn(folder: string, forms: readonly SecretForm[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return secretsInBytes(relative(folder, path), readFileSync(path), forms);
    });
}

/** @param name what the bytes are called. */
export function secretsInBytes(name: string, bytes: Buffer, forms: readonly SecretForm[]): string[] {
  return forms
    .filter((form) => bytes.includes(form.bytes))
    .map(({ secret, form }) => `${name} holds ${secret} (${form})`);
}

/** The characters that hold nothing but these bytes where they begin at byte `at` of a group of three. */
function base64From(bytes: Buffer, at: number): string {
  const text = Buffer.concat([Buffer.alloc(at), bytes]).toString('base64');
  return text.slice(Math.ceil((at * 8) / 6), Math.floor(((at + bytes.length) * 8) / 6));
}

/** Base45 writes two bytes as three characters. */
function wholePairs(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length - (bytes.length % 2));
}

/** The platform only decodes it, so its two-byte characters are looked up backwards. */
function gb18030(text: string): Buffer {
  const wanted = new Set(text);
  const found = new Map<string, Buffer>();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const pair = Buffer.of(lead, trail);
      const character = decoder.decode(pair);
      if (wanted.has(character)) found.set(character, pair);
    }
  }
  return Buffer.concat([...text].map((character) => found.get(character) ?? Buffer.from(character)));
}
