import { describe, expect, it } from 'vitest';
import type { BestTime } from './best-time.ts';
import {
  demoCode,
  demoContext,
  demoService,
  demoStatusList,
  LIST_INDEX,
  NOW,
} from './testing/demo-issuer.ts';
import type { Verdict } from './verdict.ts';
import { type VerifyContext, verify } from './verify.ts';

const SHIFT = 24 * 3600;

/** Verdict of a service that goes a shift without its city, so long after the city last signed a time. */
function afterOffline(seconds: number | undefined, changes: Partial<VerifyContext> = {}): Verdict {
  return verify(
    demoCode(),
    demoContext({
      time: heard(seconds),
      service: demoService({ maxOfflineSeconds: SHIFT }),
      ...changes,
    }),
  );
}

function heard(secondsAgo: number | undefined): BestTime {
  const unixMs = NOW * 1000;
  return secondsAgo === undefined
    ? { trusted: true, unixMs, signed: false }
    : { trusted: true, unixMs, signed: true, signedMs: unixMs - secondsAgo * 1000 };
}

describe('a service with maxOfflineSeconds', () => {
  it('accepts up to and at that age of the last signed time', () => {
    expect(afterOffline(0)).toMatchObject({ outcome: 'accepted' });
    expect(afterOffline(SHIFT)).toMatchObject({ outcome: 'accepted' });
  });

  it('leaves the answer open past it', () => {
    expect(afterOffline(SHIFT + 0.001)).toMatchObject({ outcome: 'undetermined', reason: 'needs-network' });
  });

  it('leaves the answer open where the city has never signed a time', () => {
    expect(afterOffline(undefined)).toMatchObject({ outcome: 'undetermined', reason: 'needs-network' });
  });

  it('says of an open answer which licence it was: its signature held', () => {
    expect(afterOffline(SHIFT + 1)).toHaveProperty('licence');
  });

  it('still rejects what the list it holds has revoked', () => {
    const statusList = () => demoStatusList([LIST_INDEX]);
    expect(afterOffline(SHIFT + 1, { statusList })).toMatchObject({ outcome: 'rejected', reason: 'revoked' });
  });

  it('still rejects a kind it doesn’t take: the network would not change that', () => {
    const service = demoService({ maxOfflineSeconds: SHIFT, kinds: ['driving-licence'] });
    expect(afterOffline(SHIFT + 1, { service })).toMatchObject({ reason: 'wrong-kind' });
  });

  it('uses up no presentation with an open answer', () => {
    expect(afterOffline(SHIFT + 1)).not.toHaveProperty('holderProof');
  });
});

it('a service without maxOfflineSeconds goes by its lists alone', () => {
  const service = demoService();
  expect(afterOffline(1000 * SHIFT, { service })).toMatchObject({ outcome: 'accepted' });
  expect(afterOffline(undefined, { service })).toMatchObject({ outcome: 'accepted' });
});
