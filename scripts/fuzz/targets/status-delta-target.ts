import { createHash } from 'node:crypto';
import { TYP } from '../../../licence/cose/typ.ts';
import type { SignatureVerifier } from '../../../licence/ed25519/signature-verifier.ts';
import { issueStatusDelta } from '../../../licence/issue/issue-status-delta.ts';
import { applyStatusDelta } from '../../../licence/status/apply-status-delta.ts';
import { MAX_DELTA_BYTES, openStatusDelta } from '../../../licence/status/status-delta.ts';
import { type StatusList, statusAt } from '../../../licence/status/status-list.ts';
import {
  DAY,
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
import type { Target } from '../target.ts';
import { bytesOf, entryOf, integerOf, mapOf, textOf } from '../tree-reading.ts';

/** A delta is its owner's, and leads from the list held to the one whose hash was signed, entry by entry. */
export function statusDeltaTarget(verifier: SignatureVerifier): Target {
  const held = [demoStatusList([3, 5, 400]), twoBits([0x12, 0x80])];
  const later = [demoStatusList([3, 7, 900]), twoBits([0x02, 0x41, 0x08])];
  const seeds = held.flatMap((before, i) => {
    const after = later[i];
    const delta = after && issueStatusDelta(before, { ...after, iat: NOW, exp: NOW + DAY }, STATUS_KEY);
    return delta ? [delta] : [];
  });
  return {
    name: 'status-delta',
    weight: 3,
    seeds,
    mutate: mutateSealed,
    run(token) {
      const opened = openStatusDelta(token, LIST_URI, ISSUERS, verifier);
      if (!opened.ok) return { taken: false, said: opened.detail };
      const applied = held.map((list) => applyStatusDelta(list, opened.value));
      const broken = applied
        .map((one, i) =>
          one.outcome === 'applied' ? deltaBreach(token, held[i], one.list) : tokenBreach(token),
        )
        .find((breach) => breach);
      const said = applied.map((one) => (one.outcome === 'applied' ? 'applied' : one.fault)).join(' ');
      return { taken: said.includes('applied'), said, broken };
    },
  };
}

function twoBits(states: readonly number[]): StatusList {
  const bitmap = new Uint8Array(LIST_ENTRIES / 4);
  bitmap.set(states);
  return demoStatusList([], { bits: 2, bitmap });
}

function claimsOf(token: Uint8Array): CborNode | string {
  const tree = parseShortest(token);
  if (!tree) return 'a delta out of bytes that are not shortest-form CBOR';
  if (token.length > MAX_DELTA_BYTES) return 'a delta of more bytes than one may have';
  const reading = readSealed(tree, { depth: 8, items: 256, sortedKeys: true });
  if (typeof reading === 'string') return `a delta out of ${reading}`;
  const { typ, claims, signer } = reading;
  if (signer !== STATUS_KEY || typ !== TYP.statusDelta) return 'a delta its owner did not sign';
  const iat = integerOf(entryOf(claims, 6)) ?? -1;
  if (iat < LAWFUL.signedFrom || iat > LAWFUL.signedUntil) return 'a delta signed outside its key’s time';
  return textOf(entryOf(claims, 2)) === LIST_URI ? claims : 'a delta of another list';
}

function tokenBreach(token: Uint8Array): string | undefined {
  const claims = claimsOf(token);
  return typeof claims === 'string' ? claims : undefined;
}

function deltaBreach(token: Uint8Array, held: StatusList | undefined, list: StatusList): string | undefined {
  const claims = claimsOf(token);
  if (typeof claims === 'string' || !held) return typeof claims === 'string' ? claims : 'no list held';
  const [iat, exp, from] = [6, 4, -65_570].map((label) => integerOf(entryOf(claims, label)));
  if (from !== held.iat || list.iat !== iat || list.iat <= held.iat || list.exp !== exp) {
    return 'a delta leads from or to another time than the one signed';
  }
  const hash = createHash('sha256').update(list.bitmap).digest();
  if (!sameBytes(hash, bytesOf(entryOf(claims, -65_572))))
    return 'a list of another hash than the one signed';
  if (list.bits !== held.bits || list.bitmap.length !== held.bitmap.length) return 'a list of another size';
  const expected = Array.from({ length: LIST_ENTRIES }, (_, idx) => statusAt(held, idx));
  for (const { key, value } of mapOf(entryOf(claims, -65_573)) ?? []) {
    for (const idx of indices(bytesOf(value) ?? new Uint8Array(0))) expected[idx] = integerOf(key);
  }
  const differs = expected.some((state, idx) => statusAt(list, idx) !== state);
  return differs || expected.length > LIST_ENTRIES ? 'an entry other than the one signed' : undefined;
}

/** Unsigned LEB128 gaps, naively. */
function indices(bytes: Uint8Array): number[] {
  const found: number[] = [];
  let digits: number[] = [];
  for (const byte of bytes) {
    digits.push(byte & 127);
    if (byte >= 128) continue;
    found.push((found.at(-1) ?? 0) + digits.reduce((sum, digit, i) => sum + digit * 128 ** i, 0));
    digits = [];
  }
  return found;
}
