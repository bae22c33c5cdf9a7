import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const base64url = z.string().regex(/^[\w-]+$/);

const issued = {
  /** COSE bytes */
  code: base64url,
  cti: z.string().regex(/^[0-9a-f]{32}$/),
  /** unix seconds */
  nbf: z.int(),
  exp: z.int(),
  /** Digest of what it was ordered to say; a release before this wrote none, so its licences are issued anew. */
  content: base64url.optional(),
};

const schema = z.strictObject({
  version: z.literal(1),
  /** Seeds of Ed25519 keys: one per person, and one of the impostor. */
  seeds: z.record(z.string(), base64url),
  /** What has been issued, by the licence's stable name. */
  licences: z.record(z.string(), z.strictObject(issued)),
  /** The same of delegations; a release before them wrote none. */
  delegations: z.record(z.string(), z.strictObject(issued)).default({}),
});

/** `holders.json`: the private keys of the demo people, and the licences and delegations they hold. */
export type Wallet = z.infer<typeof schema>;
export type WalletEntry = Wallet['licences'][string];

/** @returns an empty wallet when there is no file yet. @throws when the file is damaged, naming it. */
export function readWallet(path: string): Wallet {
  const text = readIfThere(path);
  if (text === undefined) return { version: 1, seeds: {}, licences: {}, delegations: {} };
  const parsed = schema.safeParse(parseJson(text));
  // its content is secret, so the message says no more than where it is
  if (!parsed.success) throw new Error(`${path} is damaged: remove it to issue the demo licences anew`);
  return parsed.data;
}

/** Replaces the file as a whole, mode 0600, on disk before it returns. */
export function writeWallet(path: string, wallet: Wallet): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${randomBytes(4).toString('hex')}`;
  const file = openSync(fresh, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(wallet, undefined, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
