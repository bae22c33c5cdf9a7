import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { generateSigningKey, type SigningKey, signingKeyFromSeed } from '../../licence/issue/signing-key.ts';
import { TERMINAL_ID_BYTES } from '../../licence/wire/label.ts';

/**
 * The terminal's own Ed25519 key, made at first start and never sent anywhere (file mode 0600). Terminal and agent may
 * both be first: the file appears whole by one `link`, and whoever comes second reads the other's.
 */
export function loadOrCreateTerminalKey(path: string): SigningKey {
  const kept = readSeed(path);
  if (kept) return signingKeyFromSeed(kept);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${randomBytes(4).toString('hex')}`;
  const file = openSync(fresh, 'wx', 0o600);
  writeSync(file, Buffer.from(generateSigningKey().seed).toString('base64url'));
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(fresh, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(fresh);
  }
  const seed = readSeed(path);
  if (!seed) throw new Error(`${path} vanished while the terminal key was being made`);
  return signingKeyFromSeed(seed);
}

/** First 16 bytes of SHA-256 of the public key (city-protocol.md, Identity). */
export function terminalIdOf(publicKey: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(publicKey).digest().subarray(0, TERMINAL_ID_BYTES));
}

function readSeed(path: string): Uint8Array | undefined {
  try {
    return new Uint8Array(Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
