import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeProfile } from '../cose/sign1.ts';
import { describeVectors } from '../evidence/published-vectors.ts';
import { cborValue } from '../testing/cbor-value.ts';
import { hex } from '../testing/hex.ts';
import { diagnose, type Known, MAX_DIAGNOSED_BYTES } from './diagnostic.ts';
import { encodeCbor } from './encode.ts';
import { scanCbor } from './scan.ts';

describe('notation', () => {
  it.each([
    // RFC 8949, appendix A
    ['00', '0'],
    ['1bffffffffffffffff', '18446744073709551615'],
    ['3bffffffffffffffff', '-18446744073709551616'],
    ['3903e7', '-1000'],
    ['f90000', '0.0'],
    ['f98000', '-0.0'],
    ['f93e00', '1.5'],
    ['f97bff', '65504.0'],
    ['fb3ff199999999999a', '1.1'],
    ['fa7f7fffff', '3.4028234663852886e+38'],
    ['fb7e37e43c8800759c', '1.0e+300'],
    ['f90001', '5.960464477539063e-8'],
    ['f90400', '0.00006103515625'],
    ['f9c400', '-4.0'],
    ['fbc010666666666666', '-4.1'],
    ['f97c00', 'Infinity'],
    ['f97e00', 'NaN'],
    ['f9fc00', '-Infinity'],
    ['f4', 'false'],
    ['f5', 'true'],
    ['f6', 'null'],
    ['f7', 'undefined'],
    ['f0', 'simple(16)'],
    ['f8ff', 'simple(255)'],
    ['c074323031332d30332d32315432303a30343a30305a', '0("2013-03-21T20:04:00Z")'],
    ['d818456449455446', "24(h'6449455446')"],
    ['40', "h''"],
    ['62225c', '"\\"\\\\"'],
    ['62c3bc', '"ü"'],
    ['63e6b0b4', '"水"'],
    ['8301820203820405', '[1, [2, 3], [4, 5]]'],
    ['a26161016162820203', '{"a": 1, "b": [2, 3]}'],
    ['5f42010243030405ff', "(_ h'0102', h'030405')"],
    ['7f657374726561646d696e67ff', '(_ "strea", "ming")'],
    ['9fff', '[_ ]'],
    ['9f018202039f0405ffff', '[_ 1, [2, 3], [_ 4, 5]]'],
    ['bf61610161629f0203ffff', '{_ "a": 1, "b": [_ 2, 3]}'],
    // §8.1, encoding indicators
    ['1801', '1_0'],
    ['1b0000000000000001', '1_3'],
    ['590001aa', "h'aa'_1"],
    ['980101', '[_0 1]'],
    ['d90012f6', '18_1(null)'],
  ])('%s is %s', (bytes, text) => {
    expect(diagnose(hex(bytes), { layout: 'one-line' })).toEqual({ text });
  });

  it('puts each item of an array or a map on its own line', () => {
    expect(diagnose(hex('a2018202038004f6')).text).toBe(
      '{\n  1: [\n    2,\n    3\n  ],\n  []: 4\n} / !! trailing-bytes at byte 7 /',
    );
  });
});

describe('what is known of an item', () => {
  const known: Known = {
    keys: new Map<number, Known>([
      [1, { name: 'first', meaning: () => 'a meaning' }],
      [2, { name: 'second', cbor: { known: { items: [{ name: 'all' }] }, profile: codeProfile('none') } }],
      [3, { elided: 'shown elsewhere' }],
    ]),
  };

  it('is a comment before its key, and behind it what it means', () => {
    expect(oneLine('a10107', known)).toBe('{/ first / 1: 7 / a meaning /}');
  });

  it('opens a byte string that is CBOR, and names a fault in it by the offset in the string', () => {
    expect(oneLine('a1024382f6f5', known)).toBe('{/ second / 2: << [/ all / null, / all / true] >>}');
    expect(oneLine('a1024382f6ff', known)).toBe(
      '{/ second / 2: << [/ all / null, / all / / !! indefinite-length at byte 2 of this string / >>}',
    );
  });

  it('leaves a byte string closed that is an integer instead', () => {
    expect(oneLine('a10205', known)).toBe('{/ second / 2: 5}');
  });

  it('leaves out what is shown elsewhere', () => {
    expect(oneLine('a103820102', known)).toBe('{3: ... / shown elsewhere /}');
  });

  it('cannot end its own comment with a slash', () => {
    expect(oneLine('00', { name: 'application/cbor' })).toBe('/ application\\u002fcbor / 0');
  });
});

describe('a fault', () => {
  const strict = (bytes: string) =>
    diagnose(hex(bytes), { layout: 'one-line', profile: codeProfile('none') });

  it.each([
    ['8201fb3ff199999999999a', 'float', 2, '[1, / !! float at byte 2 / 1.1]'],
    ['8201c100', 'tag', 2, '[1, / !! tag at byte 2 / 1(0)]'],
    ['9f01ff', 'indefinite-length', 0, '/ !! indefinite-length at byte 0 / [_ 1]'],
    ['a202000100', 'key-order', 3, '{2: 0, / !! key-order at byte 3 / 1: 0}'],
    ['8161ff', 'invalid-utf8', 1, "[/ !! invalid-utf8 at byte 1 / / text that is not UTF-8 / h'ff']"],
    ['81f7', 'simple-value', 1, '[/ !! simple-value at byte 1 / undefined]'],
    ['821801f6', 'not-shortest', 1, '[/ !! not-shortest at byte 1 / 1_0, null]'],
  ])('of the profile alone is named where it stands: %s', (bytes, name, at, text) => {
    expect(strict(bytes)).toEqual({ text, fault: { name, at } });
  });

  it.each([
    ['', 'truncated', 0, '/ !! truncated at byte 0 /'],
    ['830102', 'truncated', 3, '[1, 2, / !! truncated at byte 3 /'],
    ['8201450102', 'truncated', 3, "[1, h'0102' / !! truncated at byte 3 /"],
    ['82011c', 'reserved', 2, '[1, / !! reserved at byte 2 /'],
    ['8201f800', 'simple-value', 2, '[1, / !! simple-value at byte 2 /'],
    ['0000', 'trailing-bytes', 1, '0 / !! trailing-bytes at byte 1 /'],
    ['5f6161ff', 'indefinite-length', 1, '(_ / !! indefinite-length at byte 1 /'],
  ])('that ends the reading is the last word, with or without a profile: %s', (bytes, name, at, text) => {
    expect(diagnose(hex(bytes), { layout: 'one-line' })).toEqual({ text, fault: { name, at } });
    expect(strict(bytes).text).toContain(text.slice(0, text.indexOf('/ !!')));
  });

  it('of the profile doesn’t hide that the bytes break off later', () => {
    expect(strict('82f7')).toEqual({
      text: '[/ !! simple-value at byte 1 / undefined, / !! truncated at byte 2 /',
      fault: { name: 'simple-value', at: 1 },
    });
  });
});

describe('text of a stranger', () => {
  it.each([
    ['a terminal’s escape sequence', '\u001b[2J\u0007', '\\u001b[2J\\u0007'],
    ['a control of the second row', '\u009b2J\u007f', '\\u009b2J\\u007f'],
    ['a turned writing direction', 'a\u202eb\u2066', 'a\\u202eb\\u2066'],
    ['a line end', 'a\r\nb\u2028', 'a\\r\\nb\\u2028'],
    ['something invisible', 'a\u200b\ufeff\u{e0041}b', 'a\\u200b\\ufeff\\udb40\\udc41b'],
    ['a quote', '", 1: "', '\\", 1: \\"'],
  ])('%s is escaped', (_, text, escaped) => {
    expect(diagnose(encodeCbor(text)).text).toBe(`"${escaped}"`);
  });
});

describe('any bytes', () => {
  it('never throw, and have no fault only where they are one well-formed item', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { fault } = diagnose(bytes, { known: OPENING });
        if (!fault) expect(diagnose(bytes, { layout: 'one-line' }).text).not.toContain('!!');
      }),
    );
  });

  it('have the very fault of the scan, where there is a profile', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const profile = codeProfile('none');
        const fault = scanCbor(bytes, profile);
        if (fault) expect(diagnose(bytes, { profile }).fault).toEqual(fault);
      }),
    );
  });

  it('in the profile have no fault, and integers and texts read back as JSON', () => {
    fc.assert(
      fc.property(cborValue(), (value) => {
        const { text, fault } = diagnose(encodeCbor(value), { layout: 'one-line' });
        expect(fault).toBeUndefined();
        if (typeof value === 'string') expect(JSON.parse(text)).toBe(value.toWellFormed());
        if (typeof value === 'number') expect(Number(text)).toBe(value);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['arrays nested without end', new Uint8Array(5000).fill(0x81), 'too-deep'],
    ['tags nested without end', new Uint8Array(5000).fill(0xc1), 'too-deep'],
    [
      'an array of countless items',
      new Uint8Array([0x9a, 0xff, 0xff, 0xff, 0xff, ...new Uint8Array(20_000)]),
      'too-many-items',
    ],
    ['a claimed length of an exabyte', hex('5b0fffffffffffffff00'), 'truncated'],
    ['more bytes than any code', new Uint8Array(MAX_DIAGNOSED_BYTES + 1).fill(0x5a), 'too-large'],
  ])('%s end early', (_, bytes, name) => {
    const { text, fault } = diagnose(bytes);
    expect(fault?.name).toBe(name);
    expect(text.length).toBeLessThan(1_000_000);
  });
});

// RFC 8949, appendix A, as published
const cases = z.array(z.object({ hex: z.string(), diagnostic: z.string().optional() }));

describeVectors('cbor/appendix_a.json', cases, (published) => {
  it('are all well formed, and those with a notation have that one', () => {
    for (const { hex: bytes, diagnostic } of published) {
      if (bytes === 'f818') continue; // simple(24) of RFC 7049, no longer well formed
      const { text, fault } = diagnose(hex(bytes), { layout: 'one-line' });
      expect(fault, bytes).toBeUndefined();
      if (diagnostic !== undefined) expect(text, bytes).toBe(diagnostic);
    }
  });
});

/** Opens every byte string it meets under these keys, three deep. */
const OPENING: Known = opening(3);

function opening(depth: number): Known {
  return depth === 0 ? {} : { cbor: { known: opening(depth - 1) }, items: [opening(depth - 1)] };
}

function oneLine(bytes: string, known: Known): string {
  return diagnose(hex(bytes), { known, layout: 'one-line' }).text;
}
