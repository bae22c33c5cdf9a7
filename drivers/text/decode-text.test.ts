import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test('UTF-8 Chinese is read as UTF-8, though GB18030 would take the same bytes for other characters', () => {
  const utf8 = new TextEncoder().encode('许可证号');
  expect(new TextDecoder('gb18030', { fatal: true }).decode(utf8)).not.toBe('许可证号');
  expect(decodeText(utf8)).toEqual({ encoding: 'utf-8', text: '许可证号' });
});

test('a food licence in GBK, which a serial wire delivers byte by byte, is read', () => {
  const gbk = Buffer.concat([
    bytes('d0ed bfc9 d6a4 bac5 3a20'), // 许可证号: in GBK
    Buffer.from('JY25101850025950'),
  ]);
  const asLatin1 = gbk.toString('latin1');
  expect(decodeText(Buffer.from(asLatin1, 'latin1'))).toEqual({
    encoding: 'gb18030',
    text: '许可证号: JY25101850025950',
  });
});

test('a character of four bytes is read as GB18030', () => {
  expect(decodeText(bytes('95 32 82 36'))).toEqual({ encoding: 'gb18030', text: '𠀀' });
});

test.each(['ff ff', '81', 'd2 84 43 a1 01 27'])('%s is neither: it is binary and has no text', (hex) => {
  expect(decodeText(bytes(hex))).toEqual({ encoding: 'binary' });
});

test('a byte order mark is part of the text', () => {
  expect(decodeText(bytes('efbbbf 41')).text).toBe('\ufeffA');
});
