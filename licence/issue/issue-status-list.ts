import { deflateSync } from 'node:zlib';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { TYP } from '../cose/typ.ts';
import { LIST_CLAIM, type StatusList } from '../status/status-list.ts';
import { sealSign1 } from './seal-sign1.ts';
import type { SigningKey } from './signing-key.ts';

/** Signs a status list token: draft-ietf-oauth-status-list §5.2, which since -15 must not be tagged. */
export function issueStatusList(list: StatusList, key: SigningKey): Uint8Array {
  const body = new Map<string, CborValue>([
    ['bits', list.bits],
    ['lst', new Uint8Array(deflateSync(list.bitmap, { level: 9 }))],
  ]);
  if (list.aggregationUri !== undefined) body.set('aggregation_uri', list.aggregationUri);
  const claims = new Map<number, CborValue>([
    [LIST_CLAIM.sub, list.uri],
    [LIST_CLAIM.exp, list.exp],
    [LIST_CLAIM.iat, list.iat],
    [LIST_CLAIM.list, body],
  ]);
  if (list.ttl !== undefined) claims.set(LIST_CLAIM.ttl, list.ttl);
  return sealSign1(TYP.statusList, encodeCbor(claims), key).slice(TAG_BYTES);
}

/** Tag 18 in front of a COSE_Sign1. */
const TAG_BYTES = 1;
