import { type CborNode, sameBytes } from './cbor-tree.ts';
import { writeTree } from './write-tree.ts';

/** What the oracles read out of a tree. Each returns undefined for a node of another sort. */
export function entryOf(map: CborNode | undefined, key: number | string): CborNode | undefined {
  return mapOf(map)?.find((entry) => isKey(entry.key, key))?.value;
}

export function mapOf(node: CborNode | undefined) {
  return node?.kind === 'map' ? node.entries : undefined;
}

export function arrayOf(node: CborNode | undefined): readonly CborNode[] | undefined {
  return node?.kind === 'array' ? node.items : undefined;
}

export function integerOf(node: CborNode | undefined): number | undefined {
  return node?.kind === 'integer' ? node.value : undefined;
}

export function textOf(node: CborNode | undefined): string | undefined {
  return node?.kind === 'text' ? Buffer.from(node.bytes).toString('utf8') : undefined;
}

export function bytesOf(node: CborNode | undefined): Uint8Array | undefined {
  if (node?.kind === 'wrapped') return writeTree(node.item);
  return node?.kind === 'bytes' ? node.bytes : undefined;
}

/** true, false and null. */
export function simpleOf(node: CborNode | undefined): boolean | null | undefined {
  if (node?.kind !== 'raw' || node.bytes.length !== 1) return undefined;
  return SIMPLE.get(node.bytes[0] ?? 0);
}

const SIMPLE = new Map<number, boolean | null>([
  [0xf4, false],
  [0xf5, true],
  [0xf6, null],
]);

export interface TreeLimits {
  readonly depth: number;
  readonly items: number;
  readonly sortedKeys: boolean;
}

/** As licence-code.md, Strict CBOR profile, has it for codes. */
export const CODE_LIMITS: TreeLimits = { depth: 8, items: 256, sortedKeys: true };

/** Why a tree is outside the strict profile; what is wrapped in byte strings is left to whoever reads it. */
export function profileBreach(root: CborNode, limits: TreeLimits): string | undefined {
  let items = 0;
  const visit = (node: CborNode, depth: number): string | undefined => {
    if (++items > limits.items) return 'more items than the profile has';
    if (depth > limits.depth) return 'deeper than the profile allows';
    switch (node.kind) {
      case 'integer':
        return Number.isSafeInteger(node.value) ? undefined : 'an integer nobody holds exactly';
      case 'text':
        return textBreach(node.bytes);
      case 'raw':
        return simpleOf(node) === undefined ? 'a simple value or a float' : undefined;
      case 'array':
        return firstOf(node.items, (item) => visit(item, depth + 1));
      case 'map':
        return (
          keysBreach(
            node.entries.map(({ key }) => key),
            limits,
          ) ?? firstOf(node.entries, ({ key, value }) => visit(key, depth + 1) ?? visit(value, depth + 1))
        );
      case 'tag':
        // a tag and its array stand for one level, but are two items
        return node.tag === 18 ? visit(node.item, depth) : 'a tag other than 18';
      default:
        return undefined;
    }
  };
  return visit(root, 0);
}

function textBreach(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  if (text.startsWith('\ufeff')) return 'a text that begins with a byte order mark';
  return sameBytes(new TextEncoder().encode(text), bytes) ? undefined : 'bad UTF-8';
}

/** The same with every map's keys in bytewise order (RFC 8949 §4.2.1). */
export function sortedTree(node: CborNode): CborNode {
  switch (node.kind) {
    case 'array':
      return { ...node, items: node.items.map(sortedTree) };
    case 'map': {
      const written = node.entries.map((entry) => ({ order: writeTree(entry.key), entry }));
      written.sort((a, b) => Buffer.compare(a.order, b.order));
      return {
        ...node,
        entries: written.map(({ entry: { key, value } }) => ({ key, value: sortedTree(value) })),
      };
    }
    case 'tag':
      return { ...node, item: sortedTree(node.item) };
    default:
      return node;
  }
}

function keysBreach(keys: readonly CborNode[], { sortedKeys }: TreeLimits): string | undefined {
  if (keys.some(({ kind }) => kind !== 'integer' && kind !== 'text'))
    return 'a key that is no integer or text';
  const written = keys.map((key) => Buffer.from(writeTree(key)));
  if (new Set(written.map((key) => key.toString('hex'))).size < written.length) return 'a key twice';
  const unsorted = written.some((key, i) => i > 0 && Buffer.compare(written[i - 1] ?? key, key) > 0);
  return sortedKeys && unsorted ? 'keys out of order' : undefined;
}

function firstOf<T>(list: readonly T[], breach: (one: T) => string | undefined): string | undefined {
  for (const one of list) {
    const found = breach(one);
    if (found) return found;
  }
  return undefined;
}

function isKey(node: CborNode, key: number | string): boolean {
  return typeof key === 'number' ? integerOf(node) === key : textOf(node) === key;
}
