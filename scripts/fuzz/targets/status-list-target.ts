import { deflateSync, inflateSync } from 'node:zlib';
import { TYP } from '../../../licence/cose/typ.ts';
import type { SignatureVerifier } from '../../../licence/ed25519/signature-verifier.ts';
import { issueStatusList } from '../../../licence/issue/issue-status-list.ts';
import { sealSign1 } from '../../../licence/issue/seal-sign1.ts';
import { openStatusList, type StatusList } from '../../../licence/status/status-list.ts';
import {
  demoStatusList,
  LIST_ENTRIES,
  LIST_URI,
  NOW,
  STATUS_KEY,
} from '../../../licence/testing/demo-issuer.ts';
import { type CborNode, parseShortest, sameBytes } from '../cbor-tree.ts';
import { ISSUERS, LAWFUL } from '../fuzz-world.ts';
import { mutateSealed } from '../mutate-cbor.ts';
import { readSealed } from '../sealed-reading.ts';
import type { Random } from '../seeded-random.ts';
import type { Target } from '../target.ts';
import { bytesOf, entryOf, integerOf, type TreeLimits, textOf } from '../tree-reading.ts';
import { writeTree } from '../write-tree.ts';

/** A list is its owner's, of the size its owner may have, and says what was signed. */
export function statusListTarget(verifier: SignatureVerifier): Target {
  const lists = [
    demoStatusList([3, 5]),
    demoStatusList([], { ttl: 3600 }),
    demoStatusList([], { bits: 2, bitmap: new Uint8Array(LIST_ENTRIES / 4).fill(0x12) }),
    // short of the entries its owner has, as an issuer may choose
    demoStatusList([], { bitmap: new Uint8Array(1) }),
  ];
  return {
    name: 'status-list',
    weight: 3,
    seeds: lists.map((list) => tagged(issueStatusList(list, STATUS_KEY))),
    mutate,
    run(token) {
      const opened = openStatusList(token, LIST_URI, ISSUERS, verifier);
      if (!opened.ok) return { taken: false, said: opened.detail };
      return {
        taken: true,
        said: `list of ${opened.list.bits}`,
        broken: listBreach(tagged(token), opened.list),
      };
    },
  };
}

/** How often a list is swapped for one that inflates to far more than its owner may have. */
const BOMBS = 0.02;
const LARGEST_BOMB_BYTES = 1024 * 1024;

function mutate(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  const changed = random.chance(BOMBS) ? bomb(random) : mutateSealed(tagged(input), random, tagged(other));
  // the standard forbids the tag and its older drafts show it, so both are read
  return random.chance(0.5) && changed[0] === TAG_18 ? changed.subarray(1) : changed;
}

function bomb(random: Random): Uint8Array {
  const lst = deflateSync(new Uint8Array(random.below(LARGEST_BOMB_BYTES)).fill(random.below(256)));
  const text = (content: string): CborNode => ({ kind: 'text', bytes: new TextEncoder().encode(content) });
  const integer = (value: number): CborNode => ({ kind: 'integer', value });
  const list: CborNode = {
    kind: 'map',
    entries: [
      { key: text('lst'), value: { kind: 'bytes', bytes: lst } },
      { key: text('bits'), value: integer(random.pick([1, 2, 4, 8])) },
    ],
  };
  const claims = [
    { key: integer(2), value: text(LIST_URI) },
    { key: integer(4), value: integer(NOW + 1) },
    { key: integer(6), value: integer(NOW) },
    { key: integer(65_533), value: list },
  ];
  return sealSign1(TYP.statusList, writeTree({ kind: 'map', entries: claims }), STATUS_KEY);
}

const LIST_LIMITS: TreeLimits = { depth: 8, items: 256, sortedKeys: false };

function listBreach(token: Uint8Array, list: StatusList): string | undefined {
  const tree = parseShortest(token);
  if (!tree) return 'a list out of bytes that are not shortest-form CBOR';
  const reading = readSealed(tree, LIST_LIMITS, { ...LIST_LIMITS, foreign: true });
  if (typeof reading === 'string') return `a list out of ${reading}`;
  const { typ, claims, signer } = reading;
  if (signer !== STATUS_KEY || typ !== TYP.statusList) return 'a list its owner did not sign';
  const iat = integerOf(entryOf(claims, 6)) ?? -1;
  if (iat < LAWFUL.signedFrom || iat > LAWFUL.signedUntil) return 'a list signed outside its key’s time';
  const body = entryOf(claims, 65_533);
  const bits = integerOf(entryOf(body, 'bits'));
  const said = textOf(entryOf(claims, 2)) === LIST_URI && integerOf(entryOf(claims, 4)) === list.exp;
  if (!said || list.uri !== LIST_URI || list.iat !== iat || list.bits !== bits)
    return 'a list other than the one signed';
  if (bits !== 1 && bits !== 2) return 'a list of other entries than one or two bits';
  if (list.bitmap.length > (LIST_ENTRIES * bits) / 8) return 'a list larger than its owner may have';
  const inflated = inflateSync(bytesOf(entryOf(body, 'lst')) ?? new Uint8Array(0));
  return sameBytes(inflated, list.bitmap) ? undefined : 'a bitmap other than the one signed';
}

const TAG_18 = 0xd2;

function tagged(token: Uint8Array): Uint8Array {
  return token[0] === 0x84 ? Uint8Array.of(TAG_18, ...token) : token;
}
