import { encodeRow } from '../../../licence/audit/row.ts';
import { type CborValue, decodeCbor } from '../../../licence/cbor/decode.ts';
import { encodeCbor } from '../../../licence/cbor/encode.ts';
import { type CborProfile, splitCborSequence } from '../../../licence/cbor/scan.ts';
import { demoRow } from '../../../licence/testing/demo-audit.ts';
import { delegatedCode, demoCode } from '../../../licence/testing/demo-issuer.ts';
import { type CborNode, parseShortest, sameBytes } from '../cbor-tree.ts';
import { mutateCbor } from '../mutate-cbor.ts';
import type { Answer, Target } from '../target.ts';
import { integerOf, profileBreach, sortedTree } from '../tree-reading.ts';
import { writeTree } from '../write-tree.ts';

const CODE: CborProfile = { maxBytes: 1536, maxDepth: 8, maxItems: 256, tag18: 'none', sortedKeys: true };
const PROFILES: readonly CborProfile[] = [
  CODE,
  { ...CODE, tag18: 'top' },
  { ...CODE, tag18: [13, -65541] },
  { ...CODE, sortedKeys: false },
];
const MOST_ROWS = 4;

/** The profile says yes to exactly what the tree says yes to, and what passes is decoded without loss. */
export function cborTarget(): Target {
  const codes = [demoCode(), delegatedCode()];
  const headers = codes.map(protectedHeader);
  return {
    name: 'cbor',
    weight: 40,
    seeds: [...codes, ...headers, encodeRow(demoRow(1)), encodeCbor(EVERY_SORT)],
    mutate: mutateCbor,
    run(bytes) {
      const tree = parseShortest(bytes);
      const answers = PROFILES.map((profile) => judge(bytes, tree, profile));
      answers.push(judgeSequence(bytes));
      return {
        taken: answers.some(({ taken }) => taken),
        said: answers.map(({ said }) => said).join(' '),
        broken: answers.find(({ broken }) => broken)?.broken,
      };
    },
  };
}

const EVERY_SORT: CborValue = [
  ...[0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, -1, -24, -25, -(2 ** 32) - 1],
  ...[true, false, null, '', 'text', '张小明', new Uint8Array(0), new Uint8Array(300), [], [[[]]], new Map()],
  new Map<number | string, CborValue>([
    [1, 'a'],
    [-1, 'b'],
    ['c', new Map([['d', 1]])],
  ]),
];

function protectedHeader(code: Uint8Array): Uint8Array {
  const tree = parseShortest(code);
  const header = tree?.kind === 'tag' && tree.item.kind === 'array' ? tree.item.items[0] : undefined;
  if (header?.kind !== 'wrapped') throw new Error('a demo code without a header');
  return writeTree(header.item);
}

function judge(bytes: Uint8Array, tree: CborNode | undefined, profile: CborProfile): Answer {
  const expected = breach(bytes, tree, profile);
  const decoded = decodeCbor(bytes, profile);
  if (!decoded.ok) {
    const { name } = decoded.fault;
    return {
      taken: false,
      said: name,
      broken: expected ? undefined : `bytes of the profile are refused: ${name}`,
    };
  }
  if (expected || !tree) return { taken: true, said: 'ok', broken: `scanCbor accepts ${expected}` };
  const sorted = profile.sortedKeys ? bytes : writeTree(sortedTree(tree));
  const lossless = sameBytes(encodeCbor(decoded.value), sorted);
  return {
    taken: true,
    said: 'ok',
    broken: lossless ? undefined : 'decoding and encoding changes the bytes',
  };
}

/** What the strict profile forbids, told over the tree. */
function breach(bytes: Uint8Array, tree: CborNode | undefined, profile: CborProfile): string | undefined {
  if (bytes.length > profile.maxBytes) return 'more bytes than the profile has';
  if (!tree) return 'what is not one shortest-form item';
  const { maxDepth: depth, maxItems: items, sortedKeys, tag18 } = profile;
  const misplaced = tags(tree, [], (path) => {
    if (tag18 === 'none') return false;
    if (tag18 === 'top') return path.length === 0;
    return path.length === 1 && tag18.includes(path[0] ?? Number.NaN);
  });
  if (misplaced) return 'a tag where none may stand';
  if (tag18 === 'top' && tree.kind !== 'tag') return 'an object without its tag';
  return profileBreach(tree, { depth, items, sortedKeys });
}

/** Whether a tag stands where it may not. A path is the keys of the maps and NaN for anything else on the way. */
function tags(node: CborNode, path: readonly number[], may: (path: readonly number[]) => boolean): boolean {
  const below = (child: CborNode, step: number) => tags(child, [...path, step], may);
  switch (node.kind) {
    case 'array':
      return node.items.some((item) => below(item, Number.NaN));
    case 'map':
      return node.entries.some(
        ({ key, value }) => below(key, Number.NaN) || below(value, integerOf(key) ?? Number.NaN),
      );
    case 'tag':
      return !may(path) || tags(node.item, [...path, Number.NaN], may);
    default:
      return false;
  }
}

function judgeSequence(bytes: Uint8Array): Answer {
  const split = splitCborSequence(bytes, CODE, MOST_ROWS);
  if (!split.ok) return { taken: false, said: split.fault.name };
  const whole = sameBytes(bytes, new Uint8Array(Buffer.concat(split.items)));
  const sound = split.items.every((item) => breach(item, parseShortest(item), CODE) === undefined);
  const held = whole && sound && split.items.length <= MOST_ROWS;
  return { taken: true, said: 'sequence', broken: held ? undefined : 'a sequence is split into other items' };
}
