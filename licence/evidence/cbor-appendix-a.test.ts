import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CborValue, decodeCbor } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import type { CborFaultName } from '../cbor/scan.ts';
import { codeProfile } from '../cose/sign1.ts';
import { hex, toHex } from '../testing/hex.ts';
import { describeVectors } from './published-vectors.ts';

const SCHEMA = z.array(
  z.union([
    z.object({ hex: z.string(), decoded: z.json() }),
    z.object({ hex: z.string(), diagnostic: z.string() }),
  ]),
);

/** Every case the profile leaves out, by the cause it is refused for. */
const REFUSED: Partial<Record<CborFaultName, readonly string[]>> = {
  'integer-range': ['1bffffffffffffffff', '3bffffffffffffffff'],
  tag: [
    'c249010000000000000000',
    'c349010000000000000000',
    'c074323031332d30332d32315432303a30343a30305a',
    'c11a514b67b0',
    'c1fb41d452d9ec200000',
    'd74401020304',
    'd818456449455446',
    'd82076687474703a2f2f7777772e6578616d706c652e636f6d',
  ],
  float: [
    'f90000',
    'f98000',
    'f93c00',
    'fb3ff199999999999a',
    'f93e00',
    'f97bff',
    'fa47c35000',
    'fa7f7fffff',
    'fb7e37e43c8800759c',
    'f90001',
    'f90400',
    'f9c400',
    'fbc010666666666666',
    'f97c00',
    'f97e00',
    'f9fc00',
    'fa7f800000',
    'fa7fc00000',
    'faff800000',
    'fb7ff0000000000000',
    'fb7ff8000000000000',
    'fbfff0000000000000',
  ],
  'simple-value': ['f7', 'f0', 'f818', 'f8ff'],
  'indefinite-length': [
    '5f42010243030405ff',
    '7f657374726561646d696e67ff',
    '9fff',
    '9f018202039f0405ffff',
    '9f01820203820405ff',
    '83018202039f0405ff',
    '83019f0203ff820405',
    '9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff',
    'bf61610161629f0203ffff',
    '826161bf61626163ff',
    'bf6346756ef563416d7421ff',
  ],
};

/** Values JSON can't say, by the diagnostic notation they are published in. */
const DIAGNOSED = new Map<string, CborValue>([
  ["h''", new Uint8Array(0)],
  ["h'01020304'", Uint8Array.of(1, 2, 3, 4)],
  [
    '{1: 2, 3: 4}',
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
]);

describeVectors('cbor/appendix_a.json', SCHEMA, (cases) => {
  const refused = new Map(
    Object.entries(REFUSED).flatMap(([cause, all]) => all.map((bytes) => [bytes, cause] as const)),
  );
  const taken = cases.filter((one) => !refused.has(one.hex));

  it('has 82 cases, 35 of them within the profile', () => {
    expect([cases.length, taken.length]).toEqual([82, 35]);
  });

  it('has every case that is listed as refused here', () => {
    const published = new Set(cases.map((one) => one.hex));
    expect([...refused.keys()].filter((bytes) => !published.has(bytes))).toEqual([]);
  });

  describe('within the profile', () => {
    it.each(taken)('$hex has the published value and is written back as the same bytes', (one) => {
      const value = 'decoded' in one ? toCborValue(one.decoded) : DIAGNOSED.get(one.diagnostic);
      const decoded = decodeCbor(hex(one.hex), codeProfile('none'));
      expect(decoded).toEqual({ ok: true, value });
      expect(decoded.ok && toHex(encodeCbor(decoded.value))).toBe(one.hex);
    });
  });

  describe('refused', () => {
    it.each([...refused])('%s: %s', (bytes, name) => {
      expect(decodeCbor(hex(bytes), codeProfile('none'))).toMatchObject({ ok: false, fault: { name } });
    });
  });
});

function toCborValue(json: z.infer<ReturnType<typeof z.json>>): CborValue {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(toCborValue);
  return new Map(Object.entries(json).map(([key, item]) => [key, toCborValue(item)]));
}
