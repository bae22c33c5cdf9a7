import { describe, expect, it } from 'vitest';
import { withBitFlipped } from '../testing/hex.ts';
import { generateAuditKey, openPersonal, sealPersonal } from './seal.ts';

const PLAIN = new TextEncoder().encode('张小明 99010019900517003X');

describe('the sealed part of an audit row', () => {
  it('opens with the city’s private key', async () => {
    const { publicKey, privateKey } = await generateAuditKey();
    expect(await openPersonal(await sealPersonal(PLAIN, publicKey), privateKey)).toEqual(PLAIN);
  });

  it('is 48 bytes longer than what it hides, and shows none of it', async () => {
    const { publicKey } = await generateAuditKey();
    const sealed = Buffer.from(await sealPersonal(PLAIN, publicKey));
    expect(sealed).toHaveLength(PLAIN.length + 48);
    expect(sealed.includes(Buffer.from(PLAIN.subarray(0, 9)))).toBe(false);
  });

  it('is another every time: equal persons can’t be told from equal bytes', async () => {
    const { publicKey } = await generateAuditKey();
    expect(await sealPersonal(PLAIN, publicKey)).not.toEqual(await sealPersonal(PLAIN, publicKey));
  });

  it('does not open with another key', async () => {
    const [city, other] = [await generateAuditKey(), await generateAuditKey()];
    const sealed = await sealPersonal(PLAIN, city.publicKey);
    await expect(openPersonal(sealed, other.privateKey)).rejects.toThrow();
  });

  it.each([0, 32 * 8])('does not open with bit %i turned', async (bit) => {
    const { publicKey, privateKey } = await generateAuditKey();
    const sealed = withBitFlipped(await sealPersonal(PLAIN, publicKey), bit);
    await expect(openPersonal(sealed, privateKey)).rejects.toThrow();
  });

  it('does not open when it is cut', async () => {
    const { publicKey, privateKey } = await generateAuditKey();
    const sealed = await sealPersonal(PLAIN, publicKey);
    await expect(openPersonal(sealed.subarray(0, 20), privateKey)).rejects.toThrow();
  });
});
