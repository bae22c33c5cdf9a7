import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { compactVerify, importJWK, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { parseSign1 } from '../../licence/cose/sign1.ts';
import { TYP } from '../../licence/cose/typ.ts';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import { sealSign1 } from '../../licence/issue/seal-sign1.ts';
import { receiptClaims, verdictClaims } from './api-schemas.ts';
import { publicJwk, signJws } from './jws.ts';
import { signReceipt, signVerdict } from './receipt.ts';
import { demoHandOn, HOLDER_NAME, TERMINAL_KEY } from './testing/demo-bridge.ts';

const signer = { key: TERMINAL_KEY, kid: '00112233445566778899aabbccddeeff' };
const to = { client: 'his', id: 'a1b2c3d4' };
const receipt = signReceipt(demoHandOn(), to, signer);
const [header = '', payload = '', signature = ''] = receipt.split('.');

describe('a receipt', () => {
  it('holds for another library, under the key the terminal names', async () => {
    const key = await importJWK(publicJwk(signer), 'EdDSA');
    const { payload: claims, protectedHeader } = await jwtVerify(receipt, key, {
      issuer: 'urn:liangzheng:terminal:00112233445566778899aabbccddeeff',
      audience: 'his',
      typ: 'lz-receipt+jwt',
      algorithms: ['EdDSA'],
    });
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: signer.kid, typ: 'lz-receipt+jwt' });
    expect(claims).toMatchObject({
      jti: 'a1b2c3d4',
      iat: 1_790_000_000,
      outcome: 'accepted',
      businessType: '01301',
      caseNo: 'MZ-2026-0001',
    });
  });

  it('holds for OpenSSL over the bytes as they were sent', () => {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: publicJwk(signer).x },
      format: 'jwk',
    });
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verifySignature(null, signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('holds with no byte of it changed', async () => {
    const key = await importJWK(publicJwk(signer), 'EdDSA');
    const parts = [header, payload, signature].map((part) => Buffer.from(part, 'base64url'));
    for (const [index, part] of parts.entries()) {
      for (let at = 0; at < part.length; at++) {
        const changed = parts.map((one) => Buffer.from(one));
        changed[index]?.writeUInt8((part[at] ?? 0) ^ 1, at);
        const jws = changed.map((one) => one.toString('base64url')).join('.');
        await expect(compactVerify(jws, key, { algorithms: ['EdDSA'] })).rejects.toThrow();
      }
    }
  });

  it('says what the schema of the OpenAPI document says, and nothing else', () => {
    const claims = receiptClaims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    expect(claims.licences).toEqual([
      {
        kind: 'medical-insurance',
        issuer: 'demo-issuer',
        fields: [
          { label: 1, names: { zh: '姓名', en: 'Name' }, value: HOLDER_NAME },
          { label: 20, names: { zh: '参保地', en: 'Insured region' }, value: '示例市' },
        ],
        statusIat: 1_789_999_400,
        licence: '0oQ',
        audit: { epoch: '0102', seq: 9 },
      },
    ]);
  });
});

describe('a verdict that is told', () => {
  const told = { number: 3, at: 1_790_000_000_999, outcome: 'rejected', reason: 'expired' } as const;
  const { signed, ...event } = signVerdict(told, 'medical-insurance', to, signer);

  it('is signed with what it says', async () => {
    const key = await importJWK(publicJwk(signer), 'EdDSA');
    const { payload: claims } = await jwtVerify(signed, key, { audience: 'his', typ: 'lz-verdict+jwt' });
    expect(verdictClaims.parse(claims)).toMatchObject(event);
    expect(claims.iat).toBe(1_790_000_000);
  });

  it('can’t be passed off as a receipt', async () => {
    const key = await importJWK(publicJwk(signer), 'EdDSA');
    await expect(jwtVerify(signed, key, { typ: 'lz-receipt+jwt' })).rejects.toThrow(/typ/);
  });
});

describe('signatures of the one key', () => {
  const { sign1 } = coseObject();

  it('are over different bytes: a JWS begins with eyJ, the Sig_structure of a COSE object with 84 6A', () => {
    expect([...sign1.signedBytes.subarray(0, 2)]).toEqual([0x84, 0x6a]);
    for (const jws of [receipt, signJws('lz-verdict+jwt', {}, signer)]) expect(jws).toMatch(/^eyJ/);
  });

  it('can’t be moved from one to the other', () => {
    const jws = { over: Buffer.from(`${header}.${payload}`), signature: Buffer.from(signature, 'base64url') };
    const cose = { over: sign1.signedBytes, signature: sign1.signature };
    const check = (mark: typeof jws | typeof cose, over: Uint8Array) =>
      nativeVerifier().check(mark.signature, over, TERMINAL_KEY.publicKey);
    expect([check(jws, jws.over), check(cose, cose.over)]).toEqual(['valid', 'valid']);
    expect([check(jws, cose.over), check(cose, jws.over)]).toEqual(['invalid', 'invalid']);
  });
});

/** What the terminal signs for the city. */
function coseObject() {
  const parsed = parseSign1(sealSign1(TYP.terminalRequest, Uint8Array.of(0xa0), TERMINAL_KEY), [
    TYP.terminalRequest,
  ]);
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed;
}
