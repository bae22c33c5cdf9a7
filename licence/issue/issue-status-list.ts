import { deflateSync } from 'node:zlib';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import type { StatusList } from '../status/status-list.ts';
import { sealSign1 } from './seal-sign1.ts';
import type { SigningKey } from './signing-key.ts';

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
