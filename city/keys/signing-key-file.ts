import { generateSigningKey, type SigningKey, signingKeyFromSeed } from '../../licence/issue/signing-key.ts';
import type { KeyFolder, WhenAbsent } from './key-folder.ts';

/** The Ed25519 key of this name (`<name>.key`, the seed in base64url). @throws as `KeyFolder.text`, or for a damaged file. */
export function signingKeyFile(folder: KeyFolder, name: string, whenAbsent: WhenAbsent): SigningKey {
  const text = folder.text(`${name}.key`, whenAbsent, () =>
    Buffer.from(generateSigningKey().seed).toString('base64url'),
  );
  return signingKeyFromSeed(new Uint8Array(Buffer.from(text, 'base64url')));
}
