import { type CborMap, type CborValue, TaggedSign1 } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { ALG_ED25519, HEADER } from '../cose/sign1.ts';
import type { SigningKey } from '../issue/signing-key.ts';
import { type Changes, changedMap } from './changed-map.ts';

/** The parts of a COSE_Sign1, any of which a test may make wrong. */
export interface RawSign1 {
  /** Protected header: a map, or bytes that pretend to be one. */
  readonly header: CborMap | Uint8Array;
  readonly payload: Uint8Array;
  readonly unprotected?: CborMap;
  /** In place of the true one. */
  readonly signature?: Uint8Array;
}

/** Signs whatever it is given; `sealSign1` is the one that keeps to the format. */
export function rawSign1(parts: RawSign1, key: SigningKey): Uint8Array {
  return encodeCbor(taggedSign1(parts, key));
}

/** The same as a value, to be embedded. */
export function taggedSign1(
  { header, payload, unprotected, signature }: RawSign1,
  key: SigningKey,
): TaggedSign1 {
  const protectedBytes = header instanceof Uint8Array ? header : encodeCbor(header);
  const sealed = key.sign(encodeCbor(['Signature1', protectedBytes, new Uint8Array(0), payload]));
  return new TaggedSign1([protectedBytes, unprotected ?? new Map(), payload, signature ?? sealed]);
}

/** The header of this format, with some parameters changed. */
export function headerOf(typ: CborValue, key: SigningKey, changes: Changes = {}): CborMap {
  const header = new Map<number, CborValue>([
    [HEADER.alg, ALG_ED25519],
    [HEADER.kid, key.kid],
    [HEADER.typ, typ],
  ]);
  return changedMap(header, changes);
}
