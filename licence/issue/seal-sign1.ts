import { type CborValue, TaggedSign1 } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { ALG_ED25519, HEADER } from '../cose/sign1.ts';
import type { Typ } from '../cose/typ.ts';
import type { SigningKey } from './signing-key.ts';

/** Signs a payload as COSE_Sign1 under tag 18. @param extra further protected headers. */
export function sealSign1(
  typ: Typ,
  payload: Uint8Array,
  key: SigningKey,
  extra: readonly (readonly [number, CborValue])[] = [],
): Uint8Array {
  const header = encodeCbor(
    new Map<number, CborValue>([
      [HEADER.alg, ALG_ED25519],
      [HEADER.kid, key.kid],
      [HEADER.typ, typ],
      ...extra,
    ]),
  );
  const signature = key.sign(encodeCbor(['Signature1', header, new Uint8Array(0), payload]));
  return encodeCbor(new TaggedSign1([header, new Map(), payload, signature]));
}
