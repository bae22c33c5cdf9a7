import { describe, expect, it } from 'vitest';
import { withBitFlipped } from '../testing/hex.ts';
import { generateAuditKey, openPersonal, PersonalSealer } from './seal.ts';

const PLAIN = new TextEncoder().encode('张小明 99010019900517003X');

describe('the sealed part of an audit row', () => {
  it('opens with the city’s private key', async () => {
    const { publicKey, privateKey } = await generateAuditKey();
    expect(await openPersonal(await new PersonalSealer(publicKey).seal(PLAIN), privateKey)).toEqual(PLAIN);
  });

  it('is 48 bytes longer than what it hides, and shows none of it', async () => {
    const { publicKey } = await generateAuditKey();
    const sealed = Buffer.from(await new PersonalSealer(publicKey).seal(PLAIN));
    expect(sealed).toHaveLength(PLAIN.length + 48);
    expect(sealed.includes(Buffer.from(PLAIN.subarray(0, 9)))).toBe(false);
  });

  it('is another every time: equal persons can’t be told from equal bytes', async () => {
    const { publicKey } = await generateAuditKey();
    const sealer = new PersonalSealer(publicKey);
    expect(await sealer.seal(PLAIN)).not.toEqual(await sealer.seal(PLAIN));
  });

  it('opens whichever of several at once it is', async () => {
    const { publicKey, privateKey } = await generateAuditKey();
    const sealer = new PersonalSealer(publicKey);
    for (const sealed of await Promise.all([1, 2, 3].map(() => sealer.seal(PLAIN)))) {
      expect(await openPersonal(sealed, privateKey)).toEqual(PLAIN);
    }
  });

  it('can not be made to a key that is none, and says so', async () => {
    await expect(new PersonalSealer(new Uint8Array(31)).seal(PLAIN)).rejects.toThrow();
  });

  it('does not open with another key', async () => {
    const [city, other] = [await generateAuditKey(), await generateAuditKey()];
    const sealed = await new PersonalSealer(city.publicKey).seal(PLAIN);
    await expect(openPersonal(sealed, other.privateKey)).rejects.toThrow();
  });

  it.each([0, 32 * 8])('does not open with bit %i turned', async (bit) => {
    const { publicKey, privateKey } = await generateAuditKey();
    const sealed = withBitFlipped(await new PersonalSealer(publicKey).seal(PLAIN), bit);
    await expect(openPersonal(sealed, privateKey)).rejects.toThrow();
  });

  it('does not open when it is cut', async () => {
    const { publicKey, privateKey } = await generateAuditKey();
    const sealed = await new PersonalSealer(publicKey).seal(PLAIN);
    await expect(openPersonal(sealed.subarray(0, 20), privateKey)).rejects.toThrow();
  });
});
