import { describe, expect, it } from 'vitest';
import { bothVerifier } from './ed25519/both-verifier.ts';
import { nativeVerifier } from './ed25519/native-verifier.ts';
import type { SignatureVerifier } from './ed25519/signature-verifier.ts';
import { presentLicence } from './issue/present-licence.ts';
import {
  admittedKey,
  demoCode,
  demoContext,
  demoIssuer,
  demoKey,
  demoLicence,
  demoPresentation,
  HOLDER_KEY,
  ISSUER_KEY,
  licenceCode,
  NOW,
  STATUS_KEY,
  trustIn,
} from './testing/demo-issuer.ts';
import type { Issuer, IssuerKey } from './trust/issuers.ts';
import { verify } from './verify.ts';

const OTHER = demoKey('another issuer');

describe('6 issuer known', () => {
  it('an iss that is not admitted: unknown-issuer', () => {
    expect(judge(demoCode({ licence: { iss: 'nobody' } }))).toEqual({
      outcome: 'rejected',
      reason: 'unknown-issuer',
      detail: 'iss is not among the admitted issuers',
    });
  });

  it('no issuers at all: unknown-issuer', () => {
    expect(judge(demoCode(), trustIn())).toMatchObject({ reason: 'unknown-issuer' });
  });

  it('one among several is found by its iss', () => {
    const trust = trustIn(demoIssuer({ iss: 'another', keys: [admittedKey(OTHER)] }), demoIssuer());
    expect(judge(demoCode(), trust)).toMatchObject({ outcome: 'accepted' });
  });
});

describe('6 key admitted', () => {
  it('a key the issuer does not have: key-not-admitted', () => {
    expect(judge(signedBy(OTHER))).toMatchObject({
      outcome: 'rejected',
      reason: 'key-not-admitted',
      detail: 'the issuer has no key of this kid',
    });
  });

  it('a key of another issuer does not count', () => {
    const trust = trustIn(demoIssuer(), demoIssuer({ iss: 'another', keys: [admittedKey(OTHER)] }));
    expect(judge(signedBy(OTHER), trust)).toMatchObject({ reason: 'key-not-admitted' });
  });

  it('a key for status lists may not sign a licence', () => {
    expect(judge(signedBy(STATUS_KEY))).toMatchObject({
      reason: 'key-not-admitted',
      detail: 'the key is not admitted for licences',
    });
  });

  it('a key for delegations may not sign a licence', () => {
    expect(withKey({ uses: ['delegation'] })).toMatchObject({
      reason: 'key-not-admitted',
      detail: 'the key is not admitted for licences',
    });
  });

  it('a key for another kind may not sign this one', () => {
    expect(withKey({ kinds: ['driving-licence'] })).toMatchObject({
      reason: 'key-not-admitted',
      detail: 'the key is not admitted for this kind',
    });
  });

  it('a key for no kind may sign none', () => {
    expect(withKey({ kinds: [] })).toMatchObject({ reason: 'key-not-admitted' });
  });
});

describe('6 the time of a key', () => {
  const iat = demoLicence().iat;

  it('had not begun when the licence was signed: key-not-admitted', () => {
    expect(withKey({ nbf: iat + 1 })).toMatchObject({
      reason: 'key-not-admitted',
      detail: 'the key was not in its time',
    });
  });

  it('was over when the licence was signed: key-not-admitted', () => {
    expect(withKey({ exp: iat - 1 })).toMatchObject({ reason: 'key-not-admitted' });
  });

  it('is judged by when the licence was signed: a key retired since then still counts', () => {
    expect(withKey({ exp: iat })).toMatchObject({ outcome: 'accepted' });
  });

  it('counts from its first second', () => {
    expect(withKey({ nbf: iat })).toMatchObject({ outcome: 'accepted' });
  });

  it('has to have begun by now: a licence dated ahead can’t call on a key of tomorrow', () => {
    const code = demoCode({ licence: { iat: NOW + 10 } });
    expect(judge(code, trustIn(issuerWith(admittedKey(ISSUER_KEY, { nbf: NOW + 1 }))))).toMatchObject({
      reason: 'key-not-admitted',
    });
  });
});

describe('two keys with the same kid', () => {
  const twin = admittedKey(OTHER, { kid: ISSUER_KEY.kid });

  it.each([
    ['first', [twin, admittedKey(ISSUER_KEY)]],
    ['last', [admittedKey(ISSUER_KEY), twin]],
  ])('are both tried: the wrong one %s', (_, keys) => {
    expect(judge(demoCode(), trustIn(issuerWith(...keys)))).toMatchObject({ outcome: 'accepted' });
  });

  it('do not lend each other what they are admitted for', () => {
    const own = admittedKey(ISSUER_KEY, { kinds: ['driving-licence'] });
    expect(judge(demoCode(), trustIn(issuerWith(own, twin)))).toMatchObject({ reason: 'bad-signature' });
  });
});

describe('7 signature', () => {
  it('that does not hold: bad-signature', () => {
    expect(withKey({ x: OTHER.publicKey })).toEqual({
      outcome: 'rejected',
      reason: 'bad-signature',
      detail: 'licence signature: invalid',
    });
  });

  it('on which the two implementations differ: bad-signature, and the detail raises the alarm', () => {
    const deaf: SignatureVerifier = { name: 'noble', check: () => 'invalid' };
    const verifier = bothVerifier(nativeVerifier(), deaf);
    expect(verify(demoCode(), demoContext({ verifier }))).toEqual({
      outcome: 'rejected',
      reason: 'bad-signature',
      detail: 'licence signature: disagreement',
      alarm: 'signature-disagreement',
    });
  });

  it('holds with both implementations, as they are by default', () => {
    expect(verify(demoCode(), demoContext({ verifier: bothVerifier() }))).toMatchObject({
      outcome: 'accepted',
    });
  });
});

function judge(code: Uint8Array, trust = trustIn(demoIssuer())) {
  return verify(code, demoContext({ trust }));
}

/** The demo code, under an issuer whose key was admitted otherwise. */
function withKey(changes: Partial<IssuerKey>) {
  return judge(demoCode(), trustIn(issuerWith(admittedKey(ISSUER_KEY, changes))));
}

function issuerWith(...keys: readonly IssuerKey[]): Issuer {
  return demoIssuer({ keys });
}

function signedBy(key: typeof OTHER): Uint8Array {
  return presentLicence(licenceCode(demoLicence(), key), demoPresentation(), HOLDER_KEY);
}
