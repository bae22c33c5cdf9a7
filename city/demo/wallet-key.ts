import { generateSigningKey, type SigningKey, signingKeyFromSeed } from '../../licence/issue/signing-key.ts';
import type { Wallet } from './wallet-file.ts';

/** The key of this name; made the first time. */
export function walletKey(wallet: Wallet, name: string): SigningKey {
  const seed = wallet.seeds[name];
  if (seed !== undefined) return signingKeyFromSeed(new Uint8Array(Buffer.from(seed, 'base64url')));
  const key = generateSigningKey();
  wallet.seeds[name] = Buffer.from(key.seed).toString('base64url');
  return key;
}
