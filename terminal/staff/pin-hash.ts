import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * A PIN as it is kept: scheme (1: scrypt) ‖ log2 N ‖ r ‖ p ‖ salt (16) ‖ key (32). The cost stands with each hash, so
 * that a later release can raise it and still read these. scrypt (RFC 7914), because it is the one memory-hard function
 * that OpenSSL in Node and BoringSSL in Electron both have.
 */
export async function hashPin(pin: string, cost = PIN_COST): Promise<Uint8Array> {
  const salt = randomBytes(SALT_BYTES);
  const key = await deriveKey(pin, salt, cost, KEY_BYTES);
  const { logN, r, p } = cost;
  return new Uint8Array(Buffer.concat([Uint8Array.of(SCRYPT, logN, r, p), salt, key]));
}

/**
 * Compares in constant time.
 *
 * @throws Error for a hash this release can't read: that is a fault of the store, not a wrong PIN.
 */
export async function pinMatches(pin: string, hash: Uint8Array): Promise<boolean> {
  const { cost, salt, key } = readHash(hash);
  return timingSafeEqual(await deriveKey(pin, salt, cost, KEY_BYTES), key);
}

/** A hash no PIN has, as dear to compare as any: so the time an answer takes doesn't tell which ids exist. */
export function nobodysPinHash(): Uint8Array {
  const { logN, r, p } = PIN_COST;
  return Uint8Array.of(SCRYPT, logN, r, p, ...new Uint8Array(SALT_BYTES + KEY_BYTES));
}

export interface ScryptCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** 128 · N · r = 32 MiB, a blink of an eye on a cheap kiosk's processor. */
export const PIN_COST: ScryptCost = { logN: 15, r: 8, p: 1 };

/** What a stored hash may ask for at most (128 MiB): whoever changes one must not exhaust the terminal. */
export const MAX_COST: ScryptCost = { logN: 17, r: 8, p: 4 };

const SCRYPT = 1;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const HEAD_BYTES = 4;

/** scrypt off the main thread. Exported for the vectors of RFC 7914. */
export function deriveKey(
  secret: string,
  salt: Uint8Array,
  { logN, r, p }: ScryptCost,
  keyBytes: number,
): Promise<Uint8Array> {
  const N = 2 ** logN;
  // Node refuses what would take more than maxmem: the memory of RFC 7914, section 2, and OpenSSL's own of a few blocks
  const maxmem = 128 * r * (N + p + 2);
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, keyBytes, { N, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    );
  });
}

function readHash(hash: Uint8Array) {
  const [scheme, logN = 0, r = 0, p = 0] = hash;
  const sound =
    scheme === SCRYPT &&
    hash.length === HEAD_BYTES + SALT_BYTES + KEY_BYTES &&
    inRange(logN, MAX_COST.logN) &&
    inRange(r, MAX_COST.r) &&
    inRange(p, MAX_COST.p);
  if (!sound) throw new Error('a PIN is stored in a form this release does not know');
  return {
    cost: { logN, r, p },
    salt: hash.subarray(HEAD_BYTES, HEAD_BYTES + SALT_BYTES),
    key: hash.subarray(HEAD_BYTES + SALT_BYTES),
  };
}

function inRange(n: number, most: number): boolean {
  return n >= 1 && n <= most;
}
