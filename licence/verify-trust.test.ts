import { describe, expect, it } from 'vitest';
import {
  admittedKey,
  DAY,
  demoCode,
  demoContext,
  demoIssuer,
  demoKey,
  ISSUER_KEY,
  NOW,
  STATUS_KEY,
} from './testing/demo-issuer.ts';
import { demoTargetFiles } from './testing/demo-trust.ts';
import { demoTrustSet } from './testing/trust-set.ts';
import { encodeIssuers, type Issuer, type IssuerKey } from './trust/issuers.ts';
import { openTrust, TARGET, type Trust } from './trust/trust.ts';
import { verify } from './verify.ts';

/*
 * From signed files to a verdict: what a city publishes in its trust metadata, and what a terminal that holds it says
 * of the demo code.
 */
const SIGNED_AT = NOW - 30 * DAY;

describe('a trust set of which one role ran out', () => {
  it.each(['root', 'timestamp', 'snapshot', 'targets'] as const)(
    'here the %s, leaves the answer open: trust-expired',
    (role) => {
      expect(judge(opened({ expires: { [role]: NOW } }))).toEqual({
        outcome: 'undetermined',
        reason: 'trust-expired',
        detail: 'trust metadata past its time',
      });
    },
  );

  it.each(['root', 'timestamp', 'snapshot', 'targets'] as const)(
    'a second later, here the %s, still counts',
    (role) => {
      expect(judge(opened({ expires: { [role]: NOW + 1 } }))).toMatchObject({ outcome: 'accepted' });
    },
  );
});

describe('from one trust set to the next', () => {
  const before = opened({ issuers: [demoIssuer()] });

  it('a licence is refused once its issuer was withdrawn: unknown-issuer', () => {
    expect(judge(before)).toMatchObject({ outcome: 'accepted' });
    const after = opened({ version: 2, issuers: [demoIssuer({ iss: 'another issuer' })] });
    expect(judge(after)).toMatchObject({ outcome: 'rejected', reason: 'unknown-issuer' });
  });

  it('a licence is refused once its issuer’s key was withdrawn, stolen or not: key-not-admitted', () => {
    const after = opened({ version: 2, issuers: [withLicenceKeys(admittedKey(demoKey('a new key')))] });
    expect(judge(after)).toMatchObject({ outcome: 'rejected', reason: 'key-not-admitted' });
  });

  it('a licence is refused once its kind was taken from its issuer’s key: key-not-admitted', () => {
    const after = opened({ version: 2, issuers: [withLicenceKeys(admittedKey(ISSUER_KEY, { kinds: [] }))] });
    expect(judge(after)).toMatchObject({ outcome: 'rejected', reason: 'key-not-admitted' });
  });

  it('a licence still counts where its key was followed by another and kept', () => {
    const keys = [admittedKey(demoKey('a new key')), admittedKey(ISSUER_KEY)];
    expect(judge(opened({ version: 2, issuers: [withLicenceKeys(...keys)] }))).toMatchObject({
      outcome: 'accepted',
    });
  });
});

describe('a key retired with an exp in the past', () => {
  const retired = opened({ issuers: [withLicenceKeys(admittedKey(ISSUER_KEY, { exp: NOW - DAY }))] });

  it('counts for what it signed before', () => {
    expect(judge(retired)).toMatchObject({ outcome: 'accepted' });
    expect(judge(retired, { iat: NOW - DAY })).toMatchObject({ outcome: 'accepted' });
  });

  it('does not count for what it signed after', () => {
    expect(judge(retired, { iat: NOW - DAY + 1 })).toMatchObject({ reason: 'key-not-admitted' });
    expect(judge(retired, { iat: NOW })).toMatchObject({ reason: 'key-not-admitted' });
  });

  // why a key that was stolen has to be taken out of issuers.cbor: an exp stops only an honest date
  it('counts for what its thief dates back, until it is withdrawn', () => {
    expect(judge(retired, { iat: SIGNED_AT, sub: 'made up by a thief' })).toMatchObject({
      outcome: 'accepted',
    });
  });
});

/** What a terminal makes of a set the city published. */
function opened(
  wish: {
    readonly version?: number;
    readonly issuers?: readonly Issuer[];
    readonly expires?: Parameters<typeof demoTrustSet>[2];
  } = {},
): Trust {
  const files = demoTargetFiles();
  if (wish.issuers) files.set(TARGET.issuers, encodeIssuers(wish.issuers));
  const trust = openTrust(demoTrustSet(files, wish.version, wish.expires));
  if (!trust.ok) throw new Error(`${trust.fault}: ${trust.detail}`);
  return trust.trust;
}

function judge(trust: Trust, licence: NonNullable<Parameters<typeof demoCode>[0]>['licence'] = {}) {
  const code = demoCode({ licence: { iat: SIGNED_AT, ...licence } });
  return verify(code, demoContext({ trust, service: trust.catalogue.services[0] }));
}

function withLicenceKeys(...keys: readonly IssuerKey[]): Issuer {
  return demoIssuer({ keys: [...keys, admittedKey(STATUS_KEY, { uses: ['status'], kinds: [] })] });
}
