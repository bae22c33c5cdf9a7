import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { SignatureVerifier } from './signature-verifier.ts';

/** OpenSSL (BoringSSL under Electron). Imported keys are kept, since importing costs half as much as verifying. */
export function nativeVerifier(): SignatureVerifier {
  const keys = new Map<string, KeyObject>();
  return {
    name: 'native',
    check(signature, message, publicKey) {
      if (signature.length !== 64 || publicKey.length !== 32) return 'invalid';
      const x = Buffer.from(publicKey).toString('base64url');
      if (SMALL_ORDER_KEYS.has(x)) return 'invalid';
      return verify(null, message, imported(keys, x), signature) ? 'valid' : 'invalid';
    },
  };
}

/** Issuers' keys number a few dozen; holders' keys pass through and push each other out. */
const MAX_KEPT_KEYS = 256;

/** @param x the raw key in base64url. */
function imported(keys: Map<string, KeyObject>, x: string): KeyObject {
  const kept = keys.get(x);
  if (kept) return kept;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const [oldest] = keys.keys();
  if (keys.size >= MAX_KEPT_KEYS && oldest !== undefined) keys.delete(oldest);
  keys.set(x, key);
  return key;
}

/**
 * Every encoding of the eight points of small order, canonical or not. OpenSSL checks for none of them: older versions
 * hold 216 of 3,136 forgeries under these keys (measured with OpenSSL 3.0 in Node 20; Node 24 refuses them itself).
 */
const SMALL_ORDER_KEYS: ReadonlySet<string> = new Set(
  [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    '0100000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000080',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  ].map((hex) => Buffer.from(hex, 'hex').toString('base64url')),
);
