import { verify } from '@noble/ed25519';
import { describe, expect, it } from 'vitest';
import { signingKeyFromSeed } from '../issue/signing-key.ts';
import { forgeryForAnyMessage, rfc8032Vectors, smallOrderKeys } from '../testing/ed25519-vectors.ts';
import { hex, toHex, withBitFlipped } from '../testing/hex.ts';
import { bothVerifier } from './both-verifier.ts';
import { nativeVerifier } from './native-verifier.ts';
import { isSoundPublicKey, nobleVerifier } from './noble-verifier.ts';
import type { SignatureCheck, SignatureVerifier } from './signature-verifier.ts';

const MESSAGE = new TextEncoder().encode('any message');

describe.each([nativeVerifier(), nobleVerifier(), bothVerifier()])('$name', (verifier) => {
  it.each(rfc8032Vectors())('holds the signature of RFC 8032 $name', ({ signature, message, publicKey }) => {
    expect(verifier.check(signature, message, publicKey)).toBe('valid');
  });

  it.each(rfc8032Vectors())('refuses it for another message: $name', ({ signature, message, publicKey }) => {
    const other = Uint8Array.from([...message, 0]);
    expect(verifier.check(signature, other, publicKey)).toBe('invalid');
  });

  it.each([0, 255, 256, 511])('refuses it with bit %i flipped', (bit) => {
    const [{ signature, message, publicKey }] = rfc8032Vectors();
    expect(verifier.check(withBitFlipped(signature, bit), message, publicKey)).toBe('invalid');
  });

  it('refuses S + L, the same signature in a second spelling', () => {
    const [{ signature, message, publicKey }] = rfc8032Vectors();
    expect(verifier.check(withOrderAdded(signature), message, publicKey)).toBe('invalid');
  });

  it.each([0, 63, 65])('calls a signature of %i bytes invalid and does not throw', (length) => {
    const [{ publicKey }] = rfc8032Vectors();
    expect(verifier.check(new Uint8Array(length), MESSAGE, publicKey)).toBe('invalid');
  });

  it.each([0, 31, 33])('calls a key of %i bytes invalid and does not throw', (length) => {
    expect(verifier.check(new Uint8Array(64), MESSAGE, new Uint8Array(length))).toBe('invalid');
  });

  it('calls a key that is no point of the curve invalid and does not throw', () => {
    const [{ signature, message }] = rfc8032Vectors();
    expect(verifier.check(signature, message, NOT_A_POINT)).toBe('invalid');
  });
});

describe('small-order keys', () => {
  const forgery = forgeryForAnyMessage();

  it('let one signature hold for every message, as noble’s default (ZIP 215) shows', () => {
    expect(verify(forgery.signature, MESSAGE, forgery.publicKey)).toBe(true);
  });

  it.each([nativeVerifier(), nobleVerifier(), bothVerifier()])('let nothing hold with $name', (verifier) => {
    expect(verifier.check(forgery.signature, MESSAGE, forgery.publicKey)).toBe('invalid');
  });

  it.each(smallOrderKeys().map(toHex))('are not sound: %s', (key) => {
    expect(isSoundPublicKey(hex(key))).toBe(false);
  });
});

describe('both', () => {
  it('holds what both hold', () => {
    expect(bothVerifier(saying('valid'), saying('valid')).check(...ANY)).toBe('valid');
  });

  it('names a disagreement where native holds what noble refuses', () => {
    expect(bothVerifier(saying('valid'), saying('invalid')).check(...ANY)).toBe('disagreement');
  });

  it('refuses what native refuses, whatever noble would say', () => {
    expect(bothVerifier(saying('invalid'), saying('valid')).check(...ANY)).toBe('invalid');
  });
});

describe('a sound public key', () => {
  it.each(rfc8032Vectors())('is that of RFC 8032 $name', ({ publicKey }) => {
    expect(isSoundPublicKey(publicKey)).toBe(true);
  });

  it.each([
    ['31 bytes', new Uint8Array(31).fill(1)],
    ['33 bytes', new Uint8Array(33).fill(1)],
    ['bytes that are no point', hex('02'.padEnd(64, '0'))],
    ['a y past the field, 1 spelled p + 1', hex(`ee${'ff'.repeat(30)}7f`)],
    ['a y past the field, all ones', hex('ff'.repeat(32))],
  ])('is not %s', (_, bytes) => {
    expect(isSoundPublicKey(bytes)).toBe(false);
  });
});

describe('a signing key', () => {
  it.each(rfc8032Vectors())('made of the seed of RFC 8032 $name signs as it says', (vector) => {
    const key = signingKeyFromSeed(vector.seed);
    expect(key.publicKey).toEqual(vector.publicKey);
    expect(key.sign(vector.message)).toEqual(vector.signature);
  });

  it('needs a seed of exactly 32 bytes', () => {
    expect(() => signingKeyFromSeed(new Uint8Array(31))).toThrow('an Ed25519 seed has 32 bytes, this has 31');
  });
});

const NOT_A_POINT = hex('02'.padEnd(64, '0'));
const ANY = [new Uint8Array(64), MESSAGE, new Uint8Array(32)] as const;

function saying(check: SignatureCheck): SignatureVerifier {
  return { name: 'noble', check: () => check };
}

/** RFC 8032 §5.1: the order of the base point. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

function withOrderAdded(signature: Uint8Array): Uint8Array {
  const s = [...signature.subarray(32)].reduceRight((n, byte) => n * 256n + BigInt(byte), 0n) + L;
  const bytes = Array.from({ length: 32 }, (_, i) => Number((s >> BigInt(8 * i)) & 0xffn));
  return Uint8Array.from([...signature.subarray(0, 32), ...bytes]);
}
