import { createHash } from 'node:crypto';
import { hashes, Point, verify } from '@noble/ed25519';
import type { SignatureVerifier } from './signature-verifier.ts';

/**
 * @noble/ed25519 in its strict mode (`zip215: false`): small-order keys and non-canonical points are refused. Its
 * default accepts forgeries under small-order keys. The first call builds tables for 40-70 ms, so one is made here.
 */
export function nobleVerifier(): SignatureVerifier {
  hashes.sha512 = (message) => new Uint8Array(createHash('sha512').update(message).digest());
  const verifier: SignatureVerifier = {
    name: 'noble',
    check(signature, message, publicKey) {
      if (signature.length !== 64 || publicKey.length !== 32) return 'invalid';
      return verify(signature, message, publicKey, { zip215: false }) ? 'valid' : 'invalid';
    },
  };
  for (let i = 0; i < WARM_UP_CALLS; i++) {
    verifier.check(new Uint8Array(64), new Uint8Array(0), Point.BASE.toBytes());
  }
  return verifier;
}

/** Enough for V8 to have compiled the field arithmetic before the first patient comes. */
const WARM_UP_CALLS = 12;

/** Whether a public key may be trusted at all: on the curve, canonically encoded, of large order. */
export function isSoundPublicKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false;
  try {
    return !Point.fromBytes(publicKey, false).isSmallOrder();
  } catch (error) {
    if (error instanceof Error) return false; // noble throws for bytes that are no point
    throw error;
  }
}
