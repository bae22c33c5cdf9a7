import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCbor } from './cbor/encode.ts';
import { TYP } from './cose/typ.ts';
import { bothVerifier } from './ed25519/both-verifier.ts';
import { cborValue } from './testing/cbor-value.ts';
import {
  demoCode,
  demoContext,
  demoService,
  ISSUER_KEY,
  licenceCode,
  staticLicence,
} from './testing/demo-issuer.ts';
import { withBitFlipped } from './testing/hex.ts';
import { headerOf, rawSign1 } from './testing/raw-sign1.ts';
import { REJECTED, UNDETERMINED } from './verdict.ts';
import { verify } from './verify.ts';

describe('a code of which any single bit was turned is never accepted', () => {
  const context = demoContext({ service: demoService({ holderProof: 'if-bound' }) });

  // codes of two and three signatures: evidence/bit-flips.test.ts
  it('of one signature', () => {
    const code = licenceCode(staticLicence());
    expect(verify(code, context).outcome).toBe('accepted');
    const accepted: number[] = [];
    for (let bit = 0; bit < code.length * 8; bit++) {
      if (verify(withBitFlipped(code, bit), context).outcome === 'accepted') accepted.push(bit);
    }
    expect(accepted).toEqual([]);
  });

  it('nor one that was cut anywhere', () => {
    const code = demoCode();
    for (let length = 0; length < code.length; length++) {
      expect(verify(code.subarray(0, length), context).outcome).toBe('rejected');
    }
  });
});

describe('verify never throws and always gives a known reason', () => {
  const known = new Set<string>([...REJECTED, ...UNDETERMINED]);
  const context = demoContext({ verifier: bothVerifier() });
  const judge = (scanned: Uint8Array) => {
    expect(known).toContain(verify(scanned, context).reason);
  };

  it('for random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 1600 }), judge));
  });

  it('for random bytes that begin like COSE', () => {
    const like = fc.uint8Array({ maxLength: 600 }).map((bytes) => Uint8Array.from([0xd2, 0x84, ...bytes]));
    fc.assert(fc.property(like, judge), { numRuns: 300 });
  });

  it('for random text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(fc.property(text, (scanned) => judge(new TextEncoder().encode(scanned))));
  });

  it('for random text after the prefix', () => {
    const base45 = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:') });
    fc.assert(fc.property(base45, (text) => judge(new TextEncoder().encode(`LZ1:${text}`))));
  });

  it('for any header under a true signature', () => {
    const headers = fc.dictionary(fc.constantFrom('1', '4', '13', '16', '-65541', '99'), cborValue());
    fc.assert(
      fc.property(headers, fc.constantFrom(TYP.licence, TYP.presentation), (changes, typ) => {
        judge(
          rawSign1({ header: headerOf(typ, ISSUER_KEY, changes), payload: Uint8Array.of(0xa0) }, ISSUER_KEY),
        );
      }),
    );
  });

  it('for any claims under a true signature', () => {
    const label = fc.constantFrom(1, 2, 4, 5, 6, 7, 8, 65535, -65537, -65538);
    const claims = fc.array(fc.tuple(label, cborValue())).map((entries) => encodeCbor(new Map(entries)));
    fc.assert(
      fc.property(claims, (payload) => {
        judge(rawSign1({ header: headerOf(TYP.licence, ISSUER_KEY), payload }, ISSUER_KEY));
      }),
    );
  });

  it('for any holder key an issuer could have signed', () => {
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(key, (holderKey) => {
        judge(demoCode({ licence: { holderKey } }));
      }),
      { numRuns: 50 },
    );
  });
});
