import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { kidOf } from '../trust/issuers.ts';

/** An Ed25519 key that can sign. */
export interface SigningKey {
  readonly publicKey: Uint8Array;
  readonly kid: Uint8Array;
  /** 32 bytes; keep in a file of mode 0600 and nowhere else. */
  readonly seed: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

export function generateSigningKey(): SigningKey {
  const { d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return signingKeyFromSeed(new Uint8Array(Buffer.from(d ?? '', 'base64url')));
}

/** @param seed the 32-byte private key of RFC 8032 §5.1.5. @throws for any other length. */
export function signingKeyFromSeed(seed: Uint8Array): SigningKey {
  if (seed.length !== 32) throw new RangeError(`an Ed25519 seed has 32 bytes, this has ${seed.length}`);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const { x } = key.export({ format: 'jwk' });
  const publicKey = new Uint8Array(Buffer.from(x ?? '', 'base64url'));
  return {
    publicKey,
    kid: kidOf(publicKey),
    seed,
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

/** DER of a PKCS #8 Ed25519 private key up to the seed (RFC 8410 §7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
