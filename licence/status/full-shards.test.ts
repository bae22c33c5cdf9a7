import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkStatus } from '../checks/status.ts';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { issueStatusDelta } from '../issue/issue-status-delta.ts';
import { issueStatusList } from '../issue/issue-status-list.ts';
import {
  demoIssuer,
  demoService,
  demoStatusList,
  LIST_URI,
  NOW,
  STATUS_KEY,
} from '../testing/demo-issuer.ts';
import { MAX_LIST_ENTRIES } from '../trust/issuers.ts';
import { applyStatusDelta } from './apply-status-delta.ts';
import { openStatusDelta } from './status-delta.ts';
import { MAX_TOKEN_BYTES, openStatusList, STATUS, type StatusList, statusAt } from './status-list.ts';

describe('ten million licences in ten shards', () => {
  const uris = Array.from({ length: 10 }, (_, shard) => `urn:demo:status:${shard}`);
  const owner = demoIssuer({ statusLists: uris.map((uri) => ({ uri, entries: MAX_LIST_ENTRIES })) });
  const bitmap = new Uint8Array(MAX_LIST_ENTRIES / 8).map((_, at) => (at % 13 === 0 ? 0x20 : 0));
  const lists = uris.map((uri) => {
    const token = issueStatusList(demoStatusList([], { uri, bitmap }), STATUS_KEY);
    return mustOpen(token, uri, owner);
  });

  it('hold their bitmaps, 1.31 MB of one bit each', () => {
    expect(lists.reduce((sum, list) => sum + list.bitmap.byteLength, 0)).toBe(1_310_720);
  });

  it('in buffers of just that size', () => {
    expect(lists.map((list) => list.bitmap.buffer.byteLength)).toEqual(lists.map(() => bitmap.length));
  });

  it('and besides nothing that grows with them', () => {
    for (const { bitmap: _, ...rest } of lists) {
      expect(Object.values(rest).filter((value) => typeof value === 'object')).toEqual([]);
      expect(JSON.stringify(rest).length).toBeLessThan(200);
    }
  });

  it('say of each entry what its issuer said', () => {
    const [list] = lists;
    expect([4, 5, 6, 13 * 8 + 5, MAX_LIST_ENTRIES - 1].map((idx) => list && statusAt(list, idx))).toEqual([
      0, 1, 0, 1, 0,
    ]);
  });
});

describe('a full shard of two bits', () => {
  const last = MAX_LIST_ENTRIES - 1;
  const valid = twoBits(NOW - 600, {});

  it('of bytes no compression makes smaller still fits a token', () => {
    const noise = { ...valid, bitmap: new Uint8Array(randomBytes(MAX_LIST_ENTRIES / 4)) };
    const token = issueStatusList(noise, STATUS_KEY);
    expect(token.length).toBeLessThan(MAX_TOKEN_BYTES);
    expect(mustOpen(token).bitmap).toEqual(noise.bitmap);
  });

  it('suspends a licence through a delta, and lets it be valid again through the next', () => {
    const suspended = twoBits(NOW - 300, { [last]: STATUS.suspended });
    const resumed = twoBits(NOW, {});
    const held = brought(valid, suspended);
    expect(stateOf(held, last)).toBe('suspended');
    expect(stateOf(held, last - 1)).toBe('valid');
    expect(stateOf(brought(held, resumed), last)).toBe('valid');
  });

  it('revokes a suspended licence through a delta', () => {
    const suspended = twoBits(NOW - 300, { 0: STATUS.suspended });
    const revoked = twoBits(NOW, { 0: STATUS.invalid });
    expect(stateOf(brought(suspended, revoked), 0)).toBe('revoked');
  });
});

describe('a bomb', () => {
  it('of 64 MiB in a token within its size stops at the entries its issuer owns', () => {
    const bomb = issueStatusList(demoStatusList([], { bitmap: new Uint8Array(2 ** 26) }), STATUS_KEY);
    expect(bomb.length).toBeLessThan(MAX_TOKEN_BYTES);
    expect(openStatusList(bomb, LIST_URI, [shardOwner()], nativeVerifier())).toEqual({
      ok: false,
      detail: 'lst does not inflate: ERR_BUFFER_TOO_LARGE',
    });
  });
});

function shardOwner() {
  return demoIssuer({ statusLists: [{ uri: LIST_URI, entries: MAX_LIST_ENTRIES }] });
}

function mustOpen(token: Uint8Array, uri = LIST_URI, owner = shardOwner()): StatusList {
  const opened = openStatusList(token, uri, [owner], nativeVerifier());
  if (!opened.ok) throw new Error(opened.detail);
  return opened.list;
}

/** A full shard, all valid but these entries. */
function twoBits(iat: number, statuses: Readonly<Record<number, number>>): StatusList {
  const bitmap = new Uint8Array(MAX_LIST_ENTRIES / 4);
  for (const [idx, status] of Object.entries(statuses)) {
    bitmap[Number(idx) >> 2] = status << ((Number(idx) & 3) * 2);
  }
  return demoStatusList([], { iat, bits: 2, bitmap });
}

/** From one list to the next, as a terminal is: by a delta it opened. */
function brought(before: StatusList, after: StatusList): StatusList {
  const token = issueStatusDelta(before, after, STATUS_KEY) ?? new Uint8Array(0);
  const delta = openStatusDelta(token, LIST_URI, [shardOwner()], nativeVerifier());
  if (!delta.ok) throw new Error(delta.detail);
  const applied = applyStatusDelta(before, delta.value);
  if (applied.outcome !== 'applied') throw new Error(applied.fault);
  return applied.list;
}

function stateOf(list: StatusList, idx: number): string {
  return checkStatus({ idx, uri: LIST_URI }, () => list, demoService(), NOW).state;
}
