import { deflateSync } from 'node:zlib';
import { type CborValue, decodeCbor } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { CLAIM, COSE_KEY, type Licence, type Presentation } from '../claims.ts';
import { CODE_MAX_BYTES, HEADER } from '../cose/sign1.ts';
import { TYP } from '../cose/typ.ts';
import type { StatusList } from '../status/status-list.ts';
import { sealSign1 } from './seal-sign1.ts';
import type { SigningKey } from './signing-key.ts';

/** Signs a licence. @returns COSE bytes; the same licence and key always give the same bytes. */
export function issueLicence(licence: Licence, key: SigningKey): Uint8Array {
  const claims = new Map<number, CborValue>([
    [CLAIM.iss, licence.iss],
    [CLAIM.sub, licence.sub],
    [CLAIM.iat, licence.iat],
    [CLAIM.nbf, licence.nbf],
    [CLAIM.exp, licence.exp],
    [CLAIM.cti, licence.cti],
    [CLAIM.status, new Map([['status_list', new Map<string, CborValue>(Object.entries(licence.status))]])],
    [CLAIM.kind, licence.kind],
    [CLAIM.fields, new Map<number, CborValue>(licence.fields)],
  ]);
  if (licence.holderKey) claims.set(CLAIM.cnf, new Map([[1, coseKey(licence.holderKey)]]));
  return sealSign1(TYP.licence, encodeCbor(claims), key);
}

/** Signs a presentation around a licence with the holder's key. @param licence the issuer's COSE bytes, embedded as they are. */
export function presentLicence(
  licence: Uint8Array,
  presentation: Presentation,
  holder: SigningKey,
): Uint8Array {
  const embedded = decodeCbor(licence, {
    maxBytes: CODE_MAX_BYTES,
    maxDepth: 8,
    maxItems: 256,
    tag18: 'top',
    sortedKeys: true,
  });
  if (!embedded.ok) throw new TypeError(`not a licence: ${embedded.fault.name}`);
  const claims = new Map<number, CborValue>([
    [CLAIM.iat, presentation.iat],
    [CLAIM.cti, presentation.cti],
  ]);
  if (presentation.aud !== undefined) claims.set(CLAIM.aud, presentation.aud);
  if (presentation.cnonce !== undefined) claims.set(CLAIM.cnonce, presentation.cnonce);
  return sealSign1(TYP.presentation, encodeCbor(claims), holder, [[HEADER.kcwt, embedded.value]]);
}

/** Signs a status list token (CWT form of the Token Status List draft). */
export function issueStatusList(list: StatusList, key: SigningKey): Uint8Array {
  const claims = new Map<number, CborValue>([
    [2, list.uri],
    [4, list.exp],
    [6, list.iat],
    [
      65533,
      new Map<string, CborValue>([
        ['bits', list.bits],
        ['lst', new Uint8Array(deflateSync(list.bitmap, { level: 9 }))],
      ]),
    ],
  ]);
  if (list.ttl !== undefined) claims.set(65534, list.ttl);
  return sealSign1(TYP.statusList, encodeCbor(claims), key);
}

function coseKey(x: Uint8Array): CborValue {
  return new Map<number, CborValue>([
    [COSE_KEY.kty, COSE_KEY.okp],
    [COSE_KEY.crv, COSE_KEY.ed25519],
    [COSE_KEY.x, x],
  ]);
}
