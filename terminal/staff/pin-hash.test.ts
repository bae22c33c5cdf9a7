import { expect, test } from 'vitest';
import { toHex } from '../../licence/testing/hex.ts';
import { deriveKey, hashPin, MAX_COST, nobodysPinHash, PIN_COST, pinMatches } from './pin-hash.ts';

const PIN = '140236';

// RFC 7914, section 12; its last one takes 1 GiB, more than any stored hash may ask for
test.each([
  [
    '',
    '',
    { logN: 4, r: 1, p: 1 },
    '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
  ],
  [
    'password',
    'NaCl',
    { logN: 10, r: 8, p: 16 },
    'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
  ],
  [
    'pleaseletmein',
    'SodiumChloride',
    { logN: 14, r: 8, p: 1 },
    '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
  ],
])('scrypt of %j is that of RFC 7914', async (secret, salt, cost, key) => {
  expect(toHex(await deriveKey(secret, Buffer.from(salt), cost, 64))).toBe(key);
});

test('a PIN matches its own hash and no other PIN does', async () => {
  const hash = await hashPin(PIN);
  expect(await pinMatches(PIN, hash)).toBe(true);
  expect(await pinMatches('140237', hash)).toBe(false);
});

test('two hashes of one PIN have nothing in common but how they were made', async () => {
  const [a, b] = await Promise.all([hashPin(PIN), hashPin(PIN)]);
  expect(toHex(a.subarray(0, 4))).toBe(toHex(b.subarray(0, 4)));
  expect(toHex(a.subarray(4, 20))).not.toBe(toHex(b.subarray(4, 20)));
  expect(toHex(a.subarray(20))).not.toBe(toHex(b.subarray(20)));
});

test('a hash made at another cost is still read', async () => {
  const hash = await hashPin(PIN, { logN: 10, r: 4, p: 2 });
  expect([...hash.subarray(0, 4)]).toEqual([1, 10, 4, 2]);
  expect(await pinMatches(PIN, hash)).toBe(true);
});

test('the cost stands with the hash', async () => {
  const { logN, r, p } = PIN_COST;
  expect([...(await hashPin(PIN)).subarray(0, 4)]).toEqual([1, logN, r, p]);
});

test.each<[string, (hash: Uint8Array) => Uint8Array]>([
  ['of another scheme', (hash) => hash.with(0, 2)],
  ['cut short', (hash) => hash.subarray(0, 51)],
  ['of more memory than a terminal has', (hash) => hash.with(1, MAX_COST.logN + 1)],
  ['of larger blocks than allowed', (hash) => hash.with(2, MAX_COST.r + 1)],
  ['of more passes than allowed', (hash) => hash.with(3, MAX_COST.p + 1)],
  ['of no passes', (hash) => hash.with(3, 0)],
  ['that is empty', () => new Uint8Array()],
])('a stored hash %s is a fault, not a wrong PIN', async (_name, change) => {
  await expect(pinMatches(PIN, change(nobodysPinHash()))).rejects.toThrow(/form/);
});

test('the dearest hash that may be stored can be computed', async () => {
  const { logN, r } = MAX_COST;
  await expect(pinMatches(PIN, nobodysPinHash().with(1, logN).with(2, r))).resolves.toBe(false);
});
