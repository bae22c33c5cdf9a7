import type { CborValue } from '../cbor/decode.ts';
import { COSE_KEY, type StatusReference } from '../cwt.ts';

/** The value of `cnf`: a COSE_Key (RFC 8747 §3.2). @param x the raw Ed25519 key. */
export function confirmation(x: Uint8Array): CborValue {
  const key = new Map<number, CborValue>([
    [COSE_KEY.kty, COSE_KEY.okp],
    [COSE_KEY.crv, COSE_KEY.ed25519],
    [COSE_KEY.x, x],
  ]);
  return new Map([[1, key]]);
}

/** The value of `status` (Token Status List). */
export function statusEntry({ idx, uri }: StatusReference): CborValue {
  return new Map([['status_list', new Map<string, CborValue>(Object.entries({ idx, uri }))]]);
}
