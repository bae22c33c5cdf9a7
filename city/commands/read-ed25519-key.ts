import { InvalidArgumentError } from 'commander';
import { isSoundPublicKey } from '../../licence/ed25519/noble-verifier.ts';

/** For `argParser`: a public key in base64url. */
export function readEd25519Key(text: string): Uint8Array {
  const key = new Uint8Array(Buffer.from(text, 'base64url'));
  if (!isSoundPublicKey(key)) throw new InvalidArgumentError('expected 32 bytes of a sound Ed25519 key');
  return key;
}
