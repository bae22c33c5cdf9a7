import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nativeVerifier } from '../ed25519/native-verifier.ts';
import { issueStatusDelta } from '../issue/issue-status-delta.ts';
import { demoIssuer, demoStatusList, LIST_URI, NOW, STATUS_KEY } from '../testing/demo-issuer.ts';
import { applyStatusDelta } from './apply-status-delta.ts';
import { openStatusDelta, type StatusDelta } from './status-delta.ts';
import type { StatusList } from './status-list.ts';

/** Four tokens of one list, an hour apart: a revocation, another, the first taken back. */
const first = signedAt(0, []);
const second = signedAt(1, [5]);
const third = signedAt(2, [5, 900]);
const fourth = signedAt(3, [900]);

describe('applying a delta', () => {
  it('gives the list it leads to', () => {
    expect(applyStatusDelta(first, delta(first, second))).toEqual({ outcome: 'applied', list: second });
  });

  it('gives the same for any lists of one or two bits', () => {
    fc.assert(
      fc.property(twoLists(), ([before, after]) => {
        expect(applyStatusDelta(before, delta(before, after))).toEqual({ outcome: 'applied', list: after });
      }),
    );
  });

  it('leaves the list that is held as it is, whoever still looks at it', () => {
    const held = { ...first, bitmap: Uint8Array.from(first.bitmap) };
    applyStatusDelta(held, delta(first, second));
    expect(held).toEqual(first);
  });

  it('takes the ttl from the delta, and keeps where the issuer’s lists are named', () => {
    const aggregationUri = 'https://example.com/statuslists';
    const list = applyStatusDelta(
      { ...first, ttl: 60, aggregationUri },
      delta(first, { ...second, ttl: 300 }),
    );
    expect(list).toEqual({ outcome: 'applied', list: { ...second, ttl: 300, aggregationUri } });
    expect(applyStatusDelta({ ...first, ttl: 60 }, delta(first, second))).toEqual({
      outcome: 'applied',
      list: second,
    });
  });

  it('one after the other leads to the last list', () => {
    const chain = [delta(first, second), delta(second, third), delta(third, fourth)];
    expect(follow(first, chain)).toEqual(['applied', 'applied', 'applied']);
  });

  it('may skip the tokens in between', () => {
    expect(applyStatusDelta(first, delta(first, fourth))).toEqual({ outcome: 'applied', list: fourth });
  });
});

describe('a delta that doesn’t fit', () => {
  it('with a step left out asks for the list itself', () => {
    expect(applyStatusDelta(first, delta(second, third))).toEqual(snapshotNeeded('not-its-base'));
  });

  it('of another list asks for the list itself', () => {
    const other = { ...delta(first, second), uri: 'urn:demo:status:2' };
    expect(applyStatusDelta(first, other)).toEqual(snapshotNeeded('not-its-base'));
  });

  it('of other bits per entry asks for the list itself', () => {
    const other = { ...delta(first, second), bits: 2 as const };
    expect(applyStatusDelta(first, other)).toEqual(snapshotNeeded('not-its-base'));
  });

  it('that changes an entry past the list held asks for the list itself: no entry appears by itself', () => {
    const shorter = { ...second, bitmap: second.bitmap.slice(0, 900 / 8) };
    expect(applyStatusDelta(shorter, delta(second, third))).toEqual(snapshotNeeded('not-its-base'));
  });

  it('since the issuer signed two lists at one instant asks for the list itself', () => {
    const twin = demoStatusList([77], { iat: first.iat });
    expect(applyStatusDelta(twin, delta(first, second))).toEqual(snapshotNeeded('hash-mismatch'));
  });

  it('to the hash of a bitmap filled up with zeros asks for the list itself: its length is part of it', () => {
    const shorter = { ...first, bitmap: first.bitmap.slice(0, 100) };
    expect(applyStatusDelta(shorter, delta(first, second))).toEqual(snapshotNeeded('hash-mismatch'));
  });

  it('that was applied already is a rollback, and what is held stays', () => {
    expect(applyStatusDelta(second, delta(first, second))).toEqual(ROLLBACK);
  });

  it('that is older is a rollback: a revocation can’t be taken back by an old token', () => {
    expect(applyStatusDelta(third, delta(first, second))).toEqual(ROLLBACK);
  });

  it('in a chain of any other order leaves the last list out of reach, and never a wrong one in hand', () => {
    const a = delta(first, second);
    const b = delta(second, third);
    const c = delta(third, fourth);
    for (const order of [
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ]) {
      expect(follow(first, order)).toContain('snapshot-needed');
    }
  });
});

const ROLLBACK = { outcome: 'refused', fault: 'rollback' };

function snapshotNeeded(fault: string) {
  return { outcome: 'snapshot-needed', fault };
}

function signedAt(hour: number, revoked: readonly number[]): StatusList {
  const iat = NOW + hour * 3600;
  return demoStatusList(revoked, { iat, exp: iat + 7200 });
}

/** Issued and opened, as a terminal gets it. */
function delta(before: StatusList, after: StatusList): StatusDelta {
  const token = issueStatusDelta(before, after, STATUS_KEY);
  const opened = openStatusDelta(token ?? new Uint8Array(0), LIST_URI, [demoIssuer()], nativeVerifier());
  if (!opened.ok) throw new Error(opened.detail);
  return opened.value;
}

/** Applies each to what the one before left; each list on the way is one that was signed. */
function follow(start: StatusList, chain: readonly StatusDelta[]): string[] {
  let held = start;
  return chain.map((next) => {
    const applied = applyStatusDelta(held, next);
    if (applied.outcome === 'applied') held = applied.list;
    expect([first, second, third, fourth]).toContainEqual(held);
    return applied.outcome;
  });
}

function twoLists(): fc.Arbitrary<[StatusList, StatusList]> {
  return fc
    .tuple(fc.constantFrom(1 as const, 2 as const), fc.integer({ min: 0, max: 128 }))
    .chain(([bits, length]) => {
      const bitmap = fc.uint8Array({ minLength: length, maxLength: length });
      return fc
        .tuple(bitmap, bitmap)
        .map(([before, after]) => [
          demoStatusList([], { bits, bitmap: before }),
          demoStatusList([], { bits, bitmap: after, iat: NOW }),
        ]);
    });
}
