import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeCbor } from '../cbor/encode.ts';
import { HEADER, parseSign1 } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import { bothVerifier } from '../ed25519/both-verifier.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { nobleVerifier } from '../ed25519/noble-verifier.ts';
import { sealSign1 } from '../issue/seal-sign1.ts';
import { signingKeyFromSeed } from '../issue/signing-key.ts';
import { demoKey } from '../testing/demo-issuer.ts';
import { hex, toHex } from '../testing/hex.ts';
import { headerOf, rawSign1 } from '../testing/raw-sign1.ts';
import { describeVectors } from './published-vectors.ts';

/** The payload of every example of COSE. */
const CONTENT = new TextEncoder().encode('This is the content.');

const SIGN = z.object({ output: z.object({ cbor: z.string() }) });
const SIGN1 = z.object({
  input: z.object({ sign0: z.object({ key: z.object({ x_hex: z.string(), d_hex: z.string() }) }) }),
  intermediates: z.object({ ToBeSign_hex: z.string() }),
  output: SIGN.shape.output,
});

describeVectors('cose-eddsa/eddsa-sig-01.json', SIGN1, ({ input, intermediates, output }) => {
  const { x_hex, d_hex } = input.sign0.key;
  const published = hex(output.cbor);
  const signed = hex(intermediates.ToBeSign_hex);
  // as its cbor_diag spells them out
  const header = hex('a201270300');
  const kid = new Map([[HEADER.kid, hex('3131')]]);

  it('has the Sig_structure this project makes of its header and payload', () => {
    expect(toHex(sigStructure(header, CONTENT))).toBe(toHex(signed));
    expect(encodeCbor(['Signature1', header, new Uint8Array(0), CONTENT])).toEqual(signed);
  });

  it.each([nativeVerifier(), nobleVerifier(), bothVerifier()])(
    'has a signature that holds with $name',
    (one) => {
      expect(one.check(published.subarray(-64), signed, hex(x_hex))).toBe('valid');
    },
  );

  it('is, byte for byte, what this project writes with its key and header', () => {
    const key = signingKeyFromSeed(hex(d_hex));
    expect(toHex(rawSign1({ header, payload: CONTENT, unprotected: kid }, key))).toBe(toHex(published));
  });

  it('is refused as a code and as a status token: its content type may mean anything', () => {
    const refusal = { ok: false, reason: 'unsupported', detail: 'header 3' };
    expect(parseSign1(published, [TYP.licence])).toEqual(refusal);
    expect(parseSign1(published, [TYP.statusList], { foreign: true })).toEqual(refusal);
  });
});

describeVectors('cose-eddsa/eddsa-sig-02.json', SIGN1, ({ output }) => {
  it('is refused, as its Ed448 signature is of 114 bytes', () => {
    expect(parseSign1(hex(output.cbor), [TYP.licence])).toEqual({
      ok: false,
      reason: 'malformed',
      detail: 'the signature is not 64 bytes',
    });
  });
});

for (const file of ['cose-eddsa/eddsa-01.json', 'cose-eddsa/eddsa-02.json']) {
  describeVectors(file, SIGN, ({ output }) => {
    it('is refused, as tag 98 (COSE_Sign, many signers) is no tag 18', () => {
      expect(parseSign1(hex(output.cbor), [TYP.licence])).toEqual({
        ok: false,
        reason: 'malformed',
        detail: 'envelope: tag at byte 0',
      });
    });
  });
}

/** Single Signature: ES256, kid unprotected. */
describe('RFC 9052 appendix C.2.1', () => {
  const header = hex('a10126');
  const signature = hex(
    '8eb33e4ca31d1c465ab05aac34cc6b23d58fef5c083106c4d25a91aef0b0117e2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345cacb36',
  );
  const published = Uint8Array.from([
    ...hex('d2 84 43 a10126 a1 04 42 3131 54'),
    ...CONTENT,
    ...hex('58 40'),
    ...signature,
  ]);

  it('was signed over the Sig_structure this project makes', () => {
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: 'usWxHK2PmfnHKwXPS54m0kTcGJ90UiglWiGahtagnv8',
      y: 'IBOL-C3BttVivg-lSreASjpkttcsz-1rb7btKLv8EX4',
    };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const signed = encodeCbor(['Signature1', header, new Uint8Array(0), CONTENT]);
    expect(verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
  });

  it('is refused as a code: its kid is not signed', () => {
    expect(parseSign1(published, [TYP.licence])).toMatchObject({
      reason: 'malformed',
      detail: 'the unprotected header is not empty',
    });
  });

  it('is refused as a status token: ES256 is none of ours', () => {
    expect(parseSign1(published, [TYP.statusList], { foreign: true })).toMatchObject({
      reason: 'unsupported',
      detail: 'algorithm',
    });
  });
});

describe('the bytes an object is signed and checked over (RFC 9052 §4.4)', () => {
  const lengths = [0, 23, 24, 255, 256, 65_535, 65_536];

  it.each(lengths)('are those of the standard for a payload of %i bytes', (length) => {
    const { key, signed } = recordingKey();
    const payload = new Uint8Array(length).fill(7);
    const sealed = sealSign1(TYP.licence, payload, key);
    const header = Uint8Array.from([...hex('a3 01 32 04 48'), ...key.kid, ...hex('10 19 fde9')]);
    const byHand = sigStructure(header, payload);
    expect(signed).toEqual([byHand]);
    expect(parseSign1(sealed, [TYP.licence], { maxBytes: 100_000 })).toMatchObject({
      ok: true,
      sign1: { signedBytes: byHand },
    });
  });

  it.each([0, 200, 300])(
    'are those of the standard for a protected header that embeds %i bytes',
    (length) => {
      const header = encodeCbor(
        headerOf(TYP.presentation, demoKey('issuer'), { [HEADER.kcwt]: new Uint8Array(length) }),
      );
      const { key, signed } = recordingKey();
      const sealed = rawSign1({ header, payload: hex('a0') }, key);
      const byHand = sigStructure(header, hex('a0'));
      expect(signed).toEqual([byHand]);
      expect(parseSign1(sealed, [TYP.presentation])).toMatchObject({
        ok: true,
        sign1: { signedBytes: byHand },
      });
    },
  );
});

/** The demo issuer's, which keeps what it was given to sign. */
function recordingKey() {
  const key = demoKey('issuer');
  const signed: Uint8Array[] = [];
  const sign = (message: Uint8Array) => {
    signed.push(message);
    return key.sign(message);
  };
  return { key: { ...key, sign }, signed };
}

/** ["Signature1", body_protected, external_aad, payload] without an encoder of ours. */
function sigStructure(header: Uint8Array, payload: Uint8Array): Uint8Array {
  const context = new TextEncoder().encode('Signature1');
  return Uint8Array.from([0x84, 0x6a, ...context, ...byteString(header), 0x40, ...byteString(payload)]);
}

function byteString(bytes: Uint8Array): number[] {
  const { length } = bytes;
  if (length < 24) return [0x40 + length, ...bytes];
  if (length < 256) return [0x58, length, ...bytes];
  if (length < 65_536) return [0x59, length >> 8, length & 0xff, ...bytes];
  return [0x5a, 0, length >> 16, (length >> 8) & 0xff, length & 0xff, ...bytes];
}
