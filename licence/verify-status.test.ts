import { describe, expect, it } from 'vitest';
import type { StatusList } from './status/status-list.ts';
import {
  DAY,
  demoCode,
  demoContext,
  demoLicence,
  demoService,
  demoStatusList,
  LIST_ENTRIES,
  LIST_INDEX,
  LIST_URI,
  NOW,
} from './testing/demo-issuer.ts';
import { verify } from './verify.ts';

describe('9 the status of a licence', () => {
  it('set in a list of one bit: revoked', () => {
    expect(withList(demoStatusList([LIST_INDEX]))).toMatchObject({ outcome: 'rejected', reason: 'revoked' });
  });

  it('of its neighbours is not its own', () => {
    const list = demoStatusList([LIST_INDEX - 1, LIST_INDEX + 1]);
    expect(withList(list)).toMatchObject({ outcome: 'accepted' });
  });

  it('1 in a list of two bits: revoked', () => {
    expect(withList(twoBits(1))).toMatchObject({ outcome: 'rejected', reason: 'revoked' });
  });

  it('2 in a list of two bits: suspended', () => {
    expect(withList(twoBits(2))).toMatchObject({ outcome: 'rejected', reason: 'suspended' });
  });

  it('3, which the registry leaves to applications: neither valid nor revoked, status-unavailable', () => {
    expect(withList(twoBits(3))).toMatchObject({ outcome: 'undetermined', reason: 'status-unavailable' });
  });

  it('past the end of the list: status-unavailable', () => {
    const code = demoCode({ licence: { status: { idx: LIST_ENTRIES, uri: LIST_URI } } });
    expect(verify(code, demoContext())).toMatchObject({
      outcome: 'undetermined',
      reason: 'status-unavailable',
      detail: 'the list holds no known status at idx',
    });
  });

  it('at the greatest index there is: status-unavailable', () => {
    const code = demoCode({ licence: { status: { idx: Number.MAX_SAFE_INTEGER, uri: LIST_URI } } });
    expect(verify(code, demoContext())).toMatchObject({ reason: 'status-unavailable' });
  });

  it('in a list not held: status-unavailable', () => {
    expect(verify(demoCode(), demoContext({ statusList: () => undefined }))).toMatchObject({
      outcome: 'undetermined',
      reason: 'status-unavailable',
      detail: 'no status list held',
    });
  });

  it('is looked up under the uri the licence names', () => {
    const code = demoCode({ licence: { status: { idx: LIST_INDEX, uri: 'urn:demo:status:2' } } });
    expect(verify(code, demoContext())).toMatchObject({ reason: 'status-unavailable' });
  });
});

describe('9 the age of a list', () => {
  it('at its exp: status-stale, however good its entry', () => {
    expect(withList(demoStatusList([], { exp: NOW }))).toMatchObject({
      outcome: 'undetermined',
      reason: 'status-stale',
    });
  });

  it('until its exp it counts', () => {
    expect(withList(demoStatusList([], { exp: NOW + 1 }))).toMatchObject({ outcome: 'accepted' });
  });

  it('past its ttl it still counts: ttl is a hint to refresh', () => {
    expect(withList(demoStatusList([], { iat: NOW - DAY, ttl: 60 }))).toMatchObject({ outcome: 'accepted' });
  });

  it('past what the service allows: status-stale', () => {
    const service = demoService({ maxStatusAgeSeconds: 599 });
    expect(verify(demoCode(), demoContext({ service }))).toMatchObject({
      outcome: 'undetermined',
      reason: 'status-stale',
      detail: 'the status list is older than the service allows',
    });
  });

  it('of just what the service allows counts', () => {
    const service = demoService({ maxStatusAgeSeconds: 600 });
    expect(verify(demoCode(), demoContext({ service }))).toMatchObject({ outcome: 'accepted' });
  });

  it('too great leaves open what a stale list says of a revoked licence', () => {
    expect(withList(demoStatusList([LIST_INDEX], { exp: NOW }))).toMatchObject({ reason: 'status-stale' });
  });
});

describe('what a verdict of step 9 carries', () => {
  it('a revoked licence comes with it, for a counter to show', () => {
    expect(withList(demoStatusList([LIST_INDEX]))).toMatchObject({ licence: demoLicence() });
  });

  it('and when the list that says so was signed', () => {
    expect(withList(demoStatusList([LIST_INDEX]))).toMatchObject({ evidence: { statusIat: NOW - 600 } });
  });
});

function withList(list: StatusList) {
  return verify(demoCode(), demoContext({ statusList: () => list }));
}

/** All entries valid but the demo licence's. */
function twoBits(status: number): StatusList {
  const bitmap = new Uint8Array(LIST_ENTRIES / 4);
  bitmap[LIST_INDEX >> 2] = status << ((LIST_INDEX & 3) * 2);
  return demoStatusList([], { bits: 2, bitmap });
}
