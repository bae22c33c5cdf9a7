import { TYP, type Typ } from '../../licence/cose/typ.ts';
import type { SigningKey } from '../../licence/issue/signing-key.ts';
import { type CborNode, sameBytes, TAG_SIGN1 } from './cbor-tree.ts';
import { KEYRING } from './fuzz-world.ts';
import {
  arrayOf,
  bytesOf,
  CODE_LIMITS,
  entryOf,
  integerOf,
  mapOf,
  profileBreach,
  type TreeLimits,
  textOf,
} from './tree-reading.ts';
import { writeTree } from './write-tree.ts';

/** A COSE_Sign1 as the oracles read it: claims, and which true key made it. */
export interface SealedReading {
  readonly typ: number | string | undefined;
  readonly header: CborNode;
  readonly claims: CborNode;
  /** Undefined when no key of this world made this signature over these very bytes. */
  readonly signer: SigningKey | undefined;
}

/** Status tokens come from foreign issuers: any key order, and a kid that may stand unprotected. */
export interface SealedLimits extends TreeLimits {
  readonly foreign?: boolean;
}

/**
 * Reads what the product accepted. Ed25519 signs deterministically (RFC 8032 §5.1.6), so who signed is found by signing
 * again: no verifier takes part, and nothing needs to be remembered between runs.
 *
 * @returns a sentence on why no true COSE_Sign1 of this format looks so.
 */
export function readSealed(
  node: CborNode | undefined,
  payloadLimits: TreeLimits = CODE_LIMITS,
  limits: SealedLimits = CODE_LIMITS,
): SealedReading | string {
  const parts = node?.kind === 'tag' && node.tag === TAG_SIGN1 ? arrayOf(node.item) : undefined;
  const [protectedPart, unprotected, payloadPart, signaturePart] = parts ?? [];
  const signature = signaturePart?.kind === 'bytes' ? signaturePart.bytes : undefined;
  if (parts?.length !== 4 || signature?.length !== 64) return 'not a COSE_Sign1';
  if (protectedPart?.kind !== 'wrapped' || payloadPart?.kind !== 'wrapped') {
    return 'the protected header or the payload is no shortest-form CBOR';
  }
  const header = protectedPart.item;
  const claims = payloadPart.item;
  const breach = profileBreach(header, limits) ?? profileBreach(claims, payloadLimits);
  if (breach) return breach;
  const unknown = mapOf(header)?.find(({ key }) => !HEADERS.includes(integerOf(key) ?? Number.NaN));
  if (!mapOf(header) || !mapOf(claims) || unknown) return 'a header or claims that are not of this format';
  const algorithm = integerOf(entryOf(header, 1));
  if (algorithm !== -19 && algorithm !== -8) return 'an algorithm other than Ed25519';
  const open = mapOf(unprotected);
  if (!open || open.some(({ key }) => !limits.foreign || integerOf(key) !== 4))
    return 'an unprotected header';
  const kid = bytesOf(entryOf(header, 4) ?? entryOf(unprotected, 4));
  if (!kid || (limits.foreign ? kid.length > 64 : kid.length !== 8)) return 'a kid of another length';
  const typ = integerOf(entryOf(header, 16)) ?? textOf(entryOf(header, 16));
  return { typ, header, claims, signer: signerOf(typ, header, claims, signature) };
}

const HEADERS = [1, 4, 13, 16, -65541];

/** What an Ed25519 signature of a COSE_Sign1 is over (RFC 9052 §4.4). */
export function signedBytes(header: Uint8Array, payload: Uint8Array): Uint8Array {
  const bytes = (content: Uint8Array): CborNode => ({ kind: 'bytes', bytes: content });
  const context: CborNode = { kind: 'text', bytes: new TextEncoder().encode('Signature1') };
  return writeTree({
    kind: 'array',
    items: [context, bytes(header), bytes(new Uint8Array(0)), bytes(payload)],
  });
}

/** The likeliest first, since each costs a signature. */
function signerOf(
  typ: SealedReading['typ'],
  header: CborNode,
  claims: CborNode,
  signature: Uint8Array,
): SigningKey | undefined {
  const message = signedBytes(writeTree(header), writeTree(claims));
  const likely = usualSigner(typ, entryOf(header, -65541) !== undefined);
  const candidates = likely ? [likely, ...KEYRING.filter((key) => key !== likely)] : KEYRING;
  return candidates.find((key) => sameBytes(key.sign(message), signature));
}

/** Who signs objects of this typ in the demo world. */
export function usualSigner(
  typ: Typ | number | string | undefined,
  delegated: boolean,
): SigningKey | undefined {
  const [issuer, , status, holder, delegation, delegate, terminal, city, resolver] = KEYRING;
  switch (typ) {
    case TYP.licence:
      return issuer;
    case TYP.presentation:
      return delegated ? delegate : holder;
    case TYP.delegation:
      return delegation;
    case TYP.statusList:
    case TYP.statusDelta:
      return status;
    case TYP.resolveAnswer:
      return resolver;
    case TYP.auditReceipt:
    case TYP.timeAnswer:
      return city;
    case TYP.auditBatch:
    case TYP.terminalRequest:
      return terminal;
    default:
      return undefined;
  }
}
