import { describe, expect, it } from 'vitest';
import { MAX_DELTA_BYTES, MAX_DELTA_CHANGES } from '../status/status-delta.ts';
import { demoStatusList, NOW, STATUS_KEY } from '../testing/demo-issuer.ts';
import { issueStatusDelta } from './issue-status-delta.ts';

const before = demoStatusList([1, 2]);
const after = demoStatusList([2, 3], { iat: NOW });

describe('issuing a delta', () => {
  it('the same lists and key always give the same bytes', () => {
    expect(issueStatusDelta(before, after, STATUS_KEY)).toEqual(issueStatusDelta(before, after, STATUS_KEY));
  });

  it('leaves both lists as they were', () => {
    issueStatusDelta(before, after, STATUS_KEY);
    expect([before, after]).toEqual([demoStatusList([1, 2]), demoStatusList([2, 3], { iat: NOW })]);
  });

  it.each([1, 2] as const)(
    'of the most changes at %i bit stays within the bytes a terminal reads',
    (bits) => {
      const [from, to] = fullShards(bits, MAX_DELTA_CHANGES);
      expect(issueStatusDelta(from, to, STATUS_KEY)?.length).toBeLessThan(MAX_DELTA_BYTES);
    },
  );

  it('of one change more is not made: the list itself serves better', () => {
    const [from, to] = fullShards(1, MAX_DELTA_CHANGES + 1);
    expect(issueStatusDelta(from, to, STATUS_KEY)).toBeUndefined();
  });

  it.each([
    ['of another uri', TypeError, { uri: 'urn:demo:status:2' }],
    ['of other bits per entry', TypeError, { bits: 2 as const }],
    ['of another length', TypeError, { bitmap: new Uint8Array(127) }],
    ['signed at the same instant', RangeError, { iat: before.iat }],
    ['signed earlier', RangeError, { iat: before.iat - 1 }],
  ])('to a list %s throws', (_, error, changes) => {
    expect(() => issueStatusDelta(before, { ...after, ...changes }, STATUS_KEY)).toThrow(error);
  });
});

/** Two full shards, and between them that many changes, spread evenly. */
function fullShards(bits: 1 | 2, changes: number) {
  const entries = 2 ** 20;
  const from = demoStatusList([], { bits, bitmap: new Uint8Array((entries * bits) / 8) });
  const bitmap = new Uint8Array(from.bitmap);
  const perByte = 8 / bits;
  for (let n = 0; n < changes; n++) {
    const idx = Math.floor((n * entries) / changes);
    const status = 1 + (n % ((1 << bits) - 1));
    bitmap[Math.floor(idx / perByte)] = status << ((idx % perByte) * bits);
  }
  return [from, { ...from, iat: NOW, bitmap }] as const;
}
