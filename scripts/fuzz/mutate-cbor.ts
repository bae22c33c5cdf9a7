import type { SigningKey } from '../../licence/issue/signing-key.ts';
import { type CborNode, parseTree, TAG_SIGN1 } from './cbor-tree.ts';
import { KEYRING } from './fuzz-world.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateTree } from './mutate-tree.ts';
import { signedBytes, usualSigner } from './sealed-reading.ts';
import type { Random } from './seeded-random.ts';
import { entryOf, integerOf, textOf } from './tree-reading.ts';
import { writeTree } from './write-tree.ts';

/** How often bytes are changed without a look at what they mean. */
const BLIND = 0.15;
/** How often the true keys sign what was changed, so that it gets past the signature. */
const RESEALED = 0.5;
/** How often a signature is made by another true key than the usual one. */
const WRONG_KEY = 0.05;
/** How often one change is enough: more of them mostly break the shape. */
const SINGLE = 0.6;
const MOST_CHANGES = 3;

/** Changes a CBOR object: mostly its tree, sometimes its bytes. */
export function mutateCbor(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  return mutate(input, random, other, []);
}

/** The same for a signed object: the true keys often sign what came of it. */
export function mutateSealed(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  return mutate(input, random, other, random.chance(RESEALED) ? KEYRING : []);
}

function mutate(
  input: Uint8Array,
  random: Random,
  other: Uint8Array,
  keys: readonly SigningKey[],
): Uint8Array {
  const root = random.chance(BLIND) ? undefined : parseTree(input);
  const donor = parseTree(other);
  if (!root || !donor) return mutateBytes(input, random, other);
  const seals = keys.length > 0 ? sealsOf(root) : [];
  let changed = root;
  const changes = random.chance(SINGLE) ? 1 : 1 + random.below(MOST_CHANGES);
  for (let i = 0; i < changes; i++) changed = mutateTree(changed, random, donor);
  for (const seal of seals) reseal(seal, random, keys);
  return writeTree(changed);
}

interface Seal {
  readonly sign1: CborNode;
  readonly signer: SigningKey;
}

/** The signed objects of a tree, inner ones first, since the outer sign over them. */
function sealsOf(node: CborNode, seals: Seal[] = []): Seal[] {
  switch (node.kind) {
    case 'array':
      for (const item of node.items) sealsOf(item, seals);
      break;
    case 'map':
      for (const { value } of node.entries) sealsOf(value, seals);
      break;
    case 'wrapped':
      sealsOf(node.item, seals);
      break;
    case 'tag': {
      sealsOf(node.item, seals);
      const header = node.item.kind === 'array' ? node.item.items[0] : undefined;
      const typ = header?.kind === 'wrapped' ? entryOf(header.item, 16) : undefined;
      const delegated = header?.kind === 'wrapped' && entryOf(header.item, -65541) !== undefined;
      const signer = usualSigner(integerOf(typ) ?? textOf(typ), delegated);
      if (node.tag === TAG_SIGN1 && signer) seals.push({ sign1: node.item, signer });
      break;
    }
  }
  return seals;
}

function reseal({ sign1, signer }: Seal, random: Random, keys: readonly SigningKey[]): void {
  if (sign1.kind !== 'array') return;
  const [header, , payload] = sign1.items;
  const headerBytes = contentOf(header);
  const payloadBytes = contentOf(payload);
  if (!headerBytes || !payloadBytes || sign1.items.length < 4) return;
  const key = random.chance(WRONG_KEY) ? random.pick(keys) : signer;
  sign1.items[3] = { kind: 'bytes', bytes: key.sign(signedBytes(headerBytes, payloadBytes)) };
}

function contentOf(node: CborNode | undefined): Uint8Array | undefined {
  if (node?.kind === 'wrapped') return writeTree(node.item);
  return node?.kind === 'bytes' ? node.bytes : undefined;
}
