import type { CborEntry, CborNode, HeadForm } from './cbor-tree.ts';
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './seeded-random.ts';
import { INTEGERS, KEYS, RAW_ITEMS, TAGS, TEXTS } from './vocabulary.ts';

/** Changes one node of a tree, in place. @param other a tree to take subtrees from. @returns the root. */
export function mutateTree(root: CborNode, random: Random, other: CborNode): CborNode {
  const holder = { root };
  const slots = slotsOf(holder.root, (node) => {
    holder.root = node;
  });
  const slot = random.pick(slots);
  const { node } = slot;
  const change = random.below(10);
  if (change < 4) slot.put(changedValue(node, random));
  else if (change < 6) changeShape(slot, random);
  else if (change === 6) node.head = headForm(random);
  // a subtree of the same object in another place: a principal where an issuer was
  else if (change === 7) slot.put(cloned(random.pick(slots).node));
  else if (change === 8) slot.put(cloned(random.pick(slotsOf(other, () => undefined)).node));
  else slot.put(wrappedNode(node, random));
  return holder.root;
}

interface Slot {
  readonly node: CborNode;
  put(node: CborNode): void;
}

function slotsOf(root: CborNode, put: Slot['put'], slots: Slot[] = []): Slot[] {
  slots.push({ node: root, put });
  const node = root;
  switch (node.kind) {
    case 'array':
      node.items.forEach((item, i) => {
        const put = (changed: CborNode) => {
          node.items[i] = changed;
        };
        slotsOf(item, put, slots);
      });
      break;
    case 'map':
      for (const entry of node.entries) {
        const put = (changed: CborNode) => {
          entry.value = changed;
        };
        slotsOf(entry.value, put, slots);
        slots.push({
          node: entry.key,
          put: (changed) => {
            entry.key = changed;
          },
        });
      }
      break;
    case 'wrapped':
    case 'tag': {
      const put = (changed: CborNode) => {
        node.item = changed;
      };
      slotsOf(node.item, put, slots);
    }
  }
  return slots;
}

function changedValue(node: CborNode, random: Random): CborNode {
  if (random.chance(0.2)) return anyNode(random);
  switch (node.kind) {
    case 'integer':
      return { kind: 'integer', value: changedInteger(node.value, random) };
    case 'text':
      return {
        kind: 'text',
        bytes: random.chance(0.5) ? text(random.pick(TEXTS)) : stringBytes(node.bytes, random),
      };
    case 'bytes':
      if (node.bytes.length === 32 && random.chance(0.3)) return { kind: 'bytes', bytes: random.pick(KEYS) };
      return {
        kind: 'bytes',
        bytes:
          node.bytes.length === 64 && random.chance(0.2)
            ? plusOrder(node.bytes)
            : stringBytes(node.bytes, random),
      };
    case 'tag':
      return { ...node, tag: random.pick(TAGS) };
    default:
      return anyNode(random);
  }
}

function changedInteger(value: number, random: Random): number {
  const changed = random.chance(0.5)
    ? random.pick(INTEGERS)
    : value + random.pick([-1, 1, -value * 2, 256, random.below(2 ** 16)]);
  return Number.isSafeInteger(changed) ? changed : 0;
}

/** Longer and shorter ones as well as other ones; now and then far longer. */
function stringBytes(bytes: Uint8Array, random: Random): Uint8Array {
  if (random.chance(0.02)) return new Uint8Array(random.below(70_000)).fill(0x61);
  return mutateBytes(bytes, random, new Uint8Array(8));
}

/** An Ed25519 signature whose S is larger by the group's order holds where S isn't checked (RFC 8032 §5.1.7). */
function plusOrder(signature: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(signature);
  let carry = 0;
  ORDER.forEach((byte, i) => {
    const sum = (changed[32 + i] ?? 0) + byte + carry;
    changed[32 + i] = sum & 0xff;
    carry = sum >> 8;
  });
  return changed;
}

const ORDER = Buffer.from('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010', 'hex');

function changeShape(slot: Slot, random: Random): void {
  const { node } = slot;
  if (node.kind === 'array') changeList(node.items, random, () => anyNode(random));
  else if (node.kind === 'map') {
    if (random.chance(0.3)) swapTwo(node.entries, random);
    else
      changeList<CborEntry>(node.entries, random, () => ({ key: anyNode(random), value: anyNode(random) }));
  } else if (node.kind === 'tag' || node.kind === 'wrapped') slot.put(node.item);
  else slot.put(changedValue(node, random));
}

function changeList<T extends CborNode | CborEntry>(list: T[], random: Random, fresh: () => T): void {
  const at = random.below(list.length);
  const one = list[at];
  switch (random.below(5)) {
    case 0:
      list.splice(at, 1);
      return;
    case 1:
      list.splice(random.below(list.length + 1), 0, fresh());
      return;
    case 2:
      if (one) list.splice(at, 0, cloned(one));
      return;
    case 3:
      swapTwo(list, random);
      return;
    default:
      // past every limit on the number of items
      if (one && random.chance(0.2)) for (let i = random.below(600); i > 0; i--) list.push(cloned(one));
  }
}

function cloned<T extends CborNode | CborEntry>(one: T): T;
function cloned(one: CborNode | CborEntry): CborNode | CborEntry {
  if ('key' in one) return { key: cloned(one.key), value: cloned(one.value) };
  switch (one.kind) {
    case 'array':
      return { ...one, items: one.items.map((item) => cloned(item)) };
    case 'map':
      return { ...one, entries: one.entries.map((entry) => cloned(entry)) };
    case 'tag':
    case 'wrapped':
      return { ...one, item: cloned(one.item) };
    default:
      return { ...one };
  }
}

function swapTwo<T>(list: T[], random: Random): void {
  const a = random.below(list.length);
  const b = random.below(list.length);
  const [first, second] = [list[a], list[b]];
  if (first === undefined || second === undefined) return;
  list[a] = second;
  list[b] = first;
}

function headForm(random: Random): HeadForm {
  if (random.chance(0.3)) return { claimed: random.pick([0, 1, 23, 24, 255, 65_536, 2 ** 32, 2 ** 53 - 1]) };
  return { width: random.pick([1, 2, 4, 8, 'indefinite'] as const) };
}

/** In a tag, a byte string, or arrays and maps in each other. */
function wrappedNode(node: CborNode, random: Random): CborNode {
  const kind = random.below(4);
  if (kind === 0) return { kind: 'tag', tag: random.pick(TAGS), item: node };
  if (kind === 1) return { kind: 'wrapped', item: node };
  const levels = random.chance(0.05) ? 100 : 1 + random.below(9);
  let nested = node;
  for (let i = 0; i < levels; i++) {
    nested =
      kind === 2
        ? { kind: 'array', items: [nested] }
        : { kind: 'map', entries: [{ key: { kind: 'integer', value: i }, value: nested }] };
  }
  return nested;
}

function anyNode(random: Random): CborNode {
  switch (random.below(7)) {
    case 0:
    case 1:
      return { kind: 'integer', value: random.pick(INTEGERS) };
    case 2:
      return { kind: 'text', bytes: text(random.pick(TEXTS)) };
    case 3:
      return { kind: 'bytes', bytes: random.bytes(random.pick([0, 1, 8, 16, 32, 64])) };
    case 4:
      return { kind: 'array', items: [] };
    case 5:
      return { kind: 'map', entries: [] };
    default:
      return { kind: 'raw', bytes: new Uint8Array(Buffer.from(random.pick(RAW_ITEMS), 'hex')) };
  }
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
