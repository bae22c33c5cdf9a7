import { describe, expect, it } from 'vitest';
import { MAX_CODE_TEXT, readCode, toCodeText } from './code-text.ts';
import { CODE_MAX_BYTES } from './cose/sign1.ts';

const BYTES = Uint8Array.of(0xd2, 0x84, 0x01, 0x02, 0x03);
const TEXT = toCodeText(BYTES);

describe('the text form of a code', () => {
  it('is LZ1: and Base45, every character of the QR alphanumeric set', () => {
    expect(TEXT).toMatch(/^LZ1:[0-9A-Z $%*+\-./:]+$/);
  });

  it('reads back as the bytes it was made of', () => {
    expect(read(TEXT)).toEqual({ ok: true, bytes: BYTES });
  });

  it('reads raw COSE bytes, told by their first byte 0xD2, as the same code', () => {
    expect(readCode(BYTES)).toEqual({ ok: true, bytes: BYTES });
  });

  it('reads a view into a larger buffer by its own bounds', () => {
    const frame = new TextEncoder().encode(`<${TEXT}>`);
    expect(readCode(frame.subarray(1, -1))).toEqual({ ok: true, bytes: BYTES });
  });
});

describe('what is no licence code', () => {
  it.each([
    ['nothing at all', ''],
    ['an address', 'https://example.cn/c?x=1'],
    ['another version of the format', `LZ2:${TEXT.slice(4)}`],
    ['a lower-case prefix', `lz1:${TEXT.slice(4)}`],
    ['a code with white space before it', ` ${TEXT}`],
    ['a code with a byte order mark before it', `\ufeff${TEXT}`],
    ['a cut prefix', 'LZ1'],
  ])('%s', (_, text) => {
    expect(read(text)).toMatchObject({ ok: false, reason: 'not-a-licence-code' });
  });
});

describe('line terminators', () => {
  it.each(['\r', '\n', '\r\n'])('one %j at the end is taken off', (terminator) => {
    expect(read(TEXT + terminator)).toEqual({ ok: true, bytes: BYTES });
  });

  it.each(['\n\n', '\r\r', '\n\r', '\r\n\r\n'])('two of them, %j, are not', (terminators) => {
    expect(read(TEXT + terminators)).toEqual({ ok: false, reason: 'malformed', detail: 'not Base45' });
  });

  it('a space at the end is a character of the code and never trimmed', () => {
    expect(read(`${TEXT} `)).toEqual({ ok: false, reason: 'malformed', detail: 'not Base45' });
  });

  it('raw bytes that end like a line keep their end', () => {
    const raw = Uint8Array.of(0xd2, 0x0d, 0x0a);
    expect(readCode(raw)).toEqual({ ok: true, bytes: raw });
  });
});

describe('limits', () => {
  it('1,536 bytes pass as text', () => {
    expect(read(toCodeText(new Uint8Array(CODE_MAX_BYTES)))).toMatchObject({ ok: true });
  });

  it('1,537 bytes are refused as text', () => {
    expect(read(toCodeText(new Uint8Array(CODE_MAX_BYTES + 1)))).toEqual({
      ok: false,
      reason: 'malformed',
      detail: 'longer than 1,536 bytes',
    });
  });

  it('1,536 raw bytes pass', () => {
    expect(readCode(raw(CODE_MAX_BYTES))).toMatchObject({ ok: true });
  });

  it('1,537 raw bytes are refused', () => {
    expect(readCode(raw(CODE_MAX_BYTES + 1))).toMatchObject({
      reason: 'malformed',
      detail: 'longer than 1,536 bytes',
    });
  });

  it('text past 2,400 characters is refused before it is decoded', () => {
    expect(read(`LZ1:${'_'.repeat(MAX_CODE_TEXT - 3)}`)).toMatchObject({
      reason: 'malformed',
      detail: 'longer than 2,400 characters',
    });
  });

  it('the line terminator does not count', () => {
    expect(read(`LZ1:${'_'.repeat(MAX_CODE_TEXT - 4)}\r\n`)).toMatchObject({ detail: 'not Base45' });
  });
});

describe('malformed text', () => {
  it.each([
    ['lower case', TEXT.toLowerCase().replace('lz1:', 'LZ1:')],
    ['a character outside ASCII', `${TEXT}é`],
    ['a character left over', TEXT.slice(0, -1)],
  ])('%s', (_, text) => {
    expect(read(text)).toMatchObject({ ok: false, reason: 'malformed', detail: 'not Base45' });
  });

  it('a prefix with nothing after it holds no bytes', () => {
    expect(read('LZ1:')).toEqual({ ok: true, bytes: new Uint8Array(0) });
  });
});

function read(text: string) {
  return readCode(new TextEncoder().encode(text));
}

function raw(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes[0] = 0xd2;
  return bytes;
}
