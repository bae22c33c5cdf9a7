import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { SignatureVerifier } from './signature-verifier.ts';

/** OpenSSL (BoringSSL under Electron). Imported keys are kept, since importing costs half as much as verifying. */
export function nativeVerifier(): SignatureVerifier {
  const keys = new Map<string, KeyObject>();
  return {
    name: 'native',
    check(signature, message, publicKey) {
      if (signature.length !== 64 || publicKey.length !== 32) return 'invalid';
      return verify(null, message, imported(keys, publicKey), signature) ? 'valid' : 'invalid';
    },
  };
}

/** Issuers' keys number a few dozen; holders' keys pass through and push each other out. */
const MAX_KEPT_KEYS = 256;

function imported(keys: Map<string, KeyObject>, publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url');
  const kept = keys.get(x);
  if (kept) return kept;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const [oldest] = keys.keys();
  if (keys.size >= MAX_KEPT_KEYS && oldest !== undefined) keys.delete(oldest);
  keys.set(x, key);
  return key;
}
