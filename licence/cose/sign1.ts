import { type CborMap, type CborValue, decodeCbor, TaggedSign1 } from '../cbor/decode.ts';
import { byteStringHead } from '../cbor/encode.ts';
import type { CborProfile } from '../cbor/scan.ts';
import { TYP, type Typ } from './typ.ts';

/** COSE header parameters this format uses (RFC 9052 §3.1, RFC 9596, RFC 9528). */
export const HEADER = { alg: 1, kid: 4, kcwt: 13, typ: 16, delegation: -65541 } as const;
/** Ed25519 (RFC 9864), and EdDSA, which means Ed25519 here because no other key is ever admitted. */
export const ALG_ED25519 = -19;
export const ALG_EDDSA = -8;
export const KID_BYTES = 8;
export const SIGNATURE_BYTES = 64;

/** A COSE_Sign1 whose shape holds. Its signature hasn't been looked at. */
export interface Sign1 {
  readonly typ: Typ;
  readonly kid: Uint8Array;
  readonly header: CborMap;
  /** The header as it was received. */
  readonly protectedBytes: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** The bytes the signature is over: Sig_structure of RFC 9052 §4.4, around the received bytes. */
  readonly signedBytes: Uint8Array;
}

export type ParsedSign1 =
  | { readonly ok: true; readonly sign1: Sign1 }
  | { readonly ok: false; readonly reason: 'malformed' | 'unsupported'; readonly detail: string };

export interface Sign1Shape {
  /** Limits of the envelope; codes keep the default. */
  readonly maxBytes?: number;
  /** Status tokens come from foreign issuers: any key order, a kid of any length that may stand unprotected. */
  readonly foreign?: boolean;
}

/** Limits for codes, licence-code.md. */
export const CODE_MAX_BYTES = 1536;
const CODE_MAX_DEPTH = 8;
const CODE_MAX_ITEMS = 256;
const FOREIGN_KID_MAX_BYTES = 64;

/** The strict profile of codes. @param tag18 where a COSE_Sign1 may stand in what is decoded. */
export function codeProfile(tag18: CborProfile['tag18']): CborProfile {
  return {
    maxBytes: CODE_MAX_BYTES,
    maxDepth: CODE_MAX_DEPTH,
    maxItems: CODE_MAX_ITEMS,
    tag18,
    sortedKeys: true,
  };
}

/** Parses tag 18 and what is in it, and refuses every typ but the expected ones: no object can pass for another. */
export function parseSign1(bytes: Uint8Array, expected: readonly Typ[], shape: Sign1Shape = {}): ParsedSign1 {
  const envelope = decodeCbor(bytes, {
    ...codeProfile('top'),
    maxBytes: shape.maxBytes ?? CODE_MAX_BYTES,
    sortedKeys: !shape.foreign,
  });
  if (!envelope.ok) return malformed(`envelope: ${envelope.fault.name} at byte ${envelope.fault.at}`);
  return readSign1(envelope.value, expected, shape);
}

/** The same for a COSE_Sign1 embedded in a header of another. */
export function readSign1(
  value: CborValue | undefined,
  expected: readonly Typ[],
  shape: Sign1Shape = {},
): ParsedSign1 {
  if (!(value instanceof TaggedSign1) || !isArray(value.value) || value.value.length !== 4) {
    return malformed('not a tagged array of four');
  }
  const [protectedBytes, unprotected, payload, signature] = value.value;
  if (
    !(protectedBytes instanceof Uint8Array) ||
    !(payload instanceof Uint8Array) ||
    !(unprotected instanceof Map)
  ) {
    return malformed('not the shape of a COSE_Sign1');
  }
  if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_BYTES) {
    return malformed('the signature is not 64 bytes');
  }
  const header = decodeCbor(protectedBytes, headerProfile(shape));
  if (!header.ok) return malformed(`protected header: ${header.fault.name} at byte ${header.fault.at}`);
  if (!(header.value instanceof Map)) return malformed('the protected header is not a map');
  return readHeader(header.value, unprotected, expected, shape, {
    protectedBytes,
    payload,
    signature,
    signedBytes: sigStructure(protectedBytes, payload),
  });
}

/** Put together by hand: the same heads each time, for which cbor-x would take a buffer of 8 KiB every few codes. */
function sigStructure(protectedBytes: Uint8Array, payload: Uint8Array): Uint8Array {
  return joined([
    SIG_STRUCTURE_START,
    byteStringHead(protectedBytes.length),
    protectedBytes,
    NO_EXTERNAL_AAD,
    byteStringHead(payload.length),
    payload,
  ]);
}

/** The object on its own, byte for byte as its signer made it, also where it came embedded in another. */
export function sign1Bytes({ protectedBytes, payload, signature }: Sign1): Uint8Array {
  return joined([
    SIGN1_START,
    byteStringHead(protectedBytes.length),
    protectedBytes,
    NO_UNPROTECTED_HEADER,
    byteStringHead(payload.length),
    payload,
    byteStringHead(signature.length),
    signature,
  ]);
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** An array of four, whose first is the text "Signature1". */
const SIG_STRUCTURE_START = Buffer.from('\x84\x6aSignature1', 'latin1');
const NO_EXTERNAL_AAD = byteStringHead(0);
/** Tag 18 and an array of four. */
const SIGN1_START = [0xd2, 0x84];
const NO_UNPROTECTED_HEADER = [0xa0];

function headerProfile(shape: Sign1Shape): CborProfile {
  return { ...codeProfile([HEADER.kcwt, HEADER.delegation]), sortedKeys: !shape.foreign };
}

/** Header parameters of every object. */
const COMMON_HEADERS: readonly (number | string)[] = [HEADER.alg, HEADER.kid, HEADER.typ];
/** A presentation embeds; nothing else does. */
const PRESENTATION_HEADERS: readonly (number | string)[] = [
  ...COMMON_HEADERS,
  HEADER.kcwt,
  HEADER.delegation,
];

function readHeader(
  header: CborMap,
  unprotected: CborMap,
  expected: readonly Typ[],
  shape: Sign1Shape,
  rest: Pick<Sign1, 'protectedBytes' | 'payload' | 'signature' | 'signedBytes'>,
): ParsedSign1 {
  const known = header.get(HEADER.typ) === TYP.presentation ? PRESENTATION_HEADERS : COMMON_HEADERS;
  for (const key of header.keys()) {
    // what a text says is the sender's, and nothing of it is verified
    if (!known.includes(key)) return unsupported(typeof key === 'number' ? `header ${key}` : 'a text header');
  }
  const allowedUnprotected = shape.foreign ? [HEADER.kid] : [];
  for (const key of unprotected.keys()) {
    if (!allowedUnprotected.some((allowed) => allowed === key))
      return malformed('the unprotected header is not empty');
    // RFC 9052 §3: a label stands in one of the two
    if (header.has(key)) return malformed('kid stands twice');
  }
  const alg = header.get(HEADER.alg);
  if (alg !== ALG_ED25519 && alg !== ALG_EDDSA) return unsupported('algorithm');
  const typ = expected.find((candidate) => candidate === header.get(HEADER.typ));
  if (typ === undefined) return unsupported('typ');
  const kid = header.get(HEADER.kid) ?? unprotected.get(HEADER.kid);
  if (!(kid instanceof Uint8Array)) return malformed('no kid');
  if (shape.foreign ? kid.length > FOREIGN_KID_MAX_BYTES : kid.length !== KID_BYTES)
    return malformed('length of kid');
  return { ok: true, sign1: { typ, kid, header, ...rest } };
}

function isArray(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value);
}

function malformed(detail: string): ParsedSign1 {
  return { ok: false, reason: 'malformed', detail };
}

function unsupported(detail: string): ParsedSign1 {
  return { ok: false, reason: 'unsupported', detail };
}
