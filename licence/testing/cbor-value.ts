import fc from 'fast-check';
import type { CborValue } from '../cbor/decode.ts';

/** Any value the strict profile can hold, tags aside. */
export function cborValue(): fc.Arbitrary<CborValue> {
  const key = fc.oneof(integer(), text());
  return fc.letrec<{ value: CborValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      integer(),
      text(),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array({ maxLength: 300 }),
      fc.array(tie('value'), { maxLength: 12 }),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 12 }).map((entries) => new Map(entries)),
    ),
  })).value;
}

/** A text may not begin with U+FEFF. */
function text(): fc.Arbitrary<string> {
  return fc.string({ unit: 'binary', maxLength: 80 }).map((any) => any.replace(/^\ufeff+/, ''));
}

/** Dense around the widths of CBOR's heads. */
function integer(): fc.Arbitrary<number> {
  const width = fc.constantFrom(0, 24, 2 ** 8, 2 ** 16, 2 ** 32);
  const near = fc.tuple(width, fc.integer({ min: -2, max: 2 }), fc.boolean());
  // + 0 turns −0, which CBOR has no integer for, into 0
  const around = near.map(([n, off, negative]) => (negative ? -(n + off) : n + off) + 0);
  return fc.oneof(around, fc.maxSafeInteger());
}
