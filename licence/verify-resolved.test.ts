import { describe, expect, it } from 'vitest';
import type { SignatureVerifier } from './ed25519/signature-verifier.ts';
import { issueResolveAnswer } from './issue/issue-resolve-answer.ts';
import {
  clockAt,
  demoCode,
  demoContext,
  demoKey,
  demoLicence,
  demoService,
  demoStatusList,
  LIST_INDEX,
  licenceCode,
  NOW,
} from './testing/demo-issuer.ts';
import type { Verdict } from './verdict.ts';
import { type Resolution, type VerifyContext, verifyResolved, verifyResolvedEach } from './verify.ts';
import type { ResolveAnswer, ResolvedLicence } from './wire/resolve-answer.ts';

const CITY = demoKey('resolver');
const REQUEST_ID = new Uint8Array(16).fill(0xd1);
const BOUND = licenceCode(demoLicence());

function answered(answer: Partial<ResolveAnswer>, context: Partial<VerifyContext> = {}, signer = CITY) {
  return verifyResolved(resolution(answer, signer), demoContext(context));
}

function resolution(answer: Partial<ResolveAnswer>, signer = CITY): Resolution {
  const whole = { requestId: REQUEST_ID, iat: NOW, ...answer } as ResolveAnswer;
  return {
    answer: issueResolveAnswer(whole, signer),
    requestId: REQUEST_ID,
    cityKeys: [CITY.publicKey],
  };
}

function resolved(licence: Partial<ResolvedLicence>, context: Partial<VerifyContext> = {}): Verdict {
  return answered({ licences: [{ code: BOUND, state: 'valid', ...licence }] }, context);
}

describe('a licence the city hands out for a reference code', () => {
  it('is accepted without a presentation: the city’s word stands in for the holder proof', () => {
    expect(resolved({})).toMatchObject({ outcome: 'accepted', evidence: { resolvedIat: NOW } });
  });

  it('leaves nothing for a replay memory: the city’s answer holds for one request', () => {
    expect(resolved({})).not.toHaveProperty('holderProof');
  });

  it('is judged like any other: forged', () => {
    const code = licenceCode(demoLicence(), demoKey('forger'));
    expect(resolved({ code })).toMatchObject({ reason: 'key-not-admitted' });
  });

  it('is judged like any other: expired', () => {
    expect(resolved({ code: licenceCode(demoLicence({ exp: NOW })) })).toMatchObject({ reason: 'expired' });
  });

  it('is judged like any other: revoked by the list held, whatever the city says', () => {
    expect(resolved({}, { statusList: () => demoStatusList([LIST_INDEX]) })).toMatchObject({
      reason: 'revoked',
    });
  });

  it('is judged like any other: without its list the answer is open', () => {
    expect(resolved({}, { statusList: () => undefined })).toMatchObject({ reason: 'status-unavailable' });
  });

  it('is judged like any other: of another service’s kind', () => {
    const service = demoService({ kinds: ['driving-licence'] });
    expect(resolved({}, { service })).toMatchObject({ reason: 'wrong-kind' });
  });

  it.each(['revoked', 'suspended'] as const)('is %s when the city says so, before any list does', (state) => {
    expect(resolved({ state })).toMatchObject({
      outcome: 'rejected',
      reason: state,
      detail: 'the city says so',
    });
  });

  it('is not judged without a trusted clock', () => {
    expect(resolved({}, { time: { trusted: false } })).toMatchObject({ reason: 'clock-untrusted' });
  });

  it('is not judged under trust metadata past its time', () => {
    expect(resolved({}, { time: clockAt(NOW + 30 * 86_400) })).toMatchObject({ reason: 'trust-expired' });
  });

  it('that is a presentation is a fault of the city: nobody presents at the city', () => {
    expect(resolved({ code: demoCode() })).toMatchObject({ outcome: 'undetermined', reason: 'city-error' });
  });

  it('that is no licence is malformed', () => {
    expect(resolved({ code: Uint8Array.of(0xd2) })).toMatchObject({ reason: 'malformed' });
  });

  it('stands beside others: the first that is accepted is the verdict, else the first', () => {
    const licences = [
      { code: licenceCode(demoLicence({ exp: NOW })), state: 'valid' },
      { code: BOUND, state: 'valid' },
    ] as const;
    expect(answered({ licences })).toMatchObject({ reason: 'accepted' });
    const revoked = { statusList: () => demoStatusList([LIST_INDEX]) };
    expect(answered({ licences }, revoked)).toMatchObject({ reason: 'expired' });
  });
});

describe('several licences the city hands out for a number', () => {
  const licences = [
    { code: licenceCode(demoLicence({ exp: NOW })), state: 'valid' },
    { code: BOUND, state: 'suspended' },
    { code: BOUND, state: 'valid' },
  ] as const;

  it('have a verdict each, in the city’s order', () => {
    const verdicts = verifyResolvedEach(resolution({ licences }), demoContext());
    expect(verdicts.map(({ reason }) => reason)).toEqual(['expired', 'suspended', 'accepted']);
  });

  it.each([
    ['an answer without a licence', { reason: 'unknown' }, CITY, 'not-a-licence-code'],
    ['an answer the city did not sign', { licences }, demoKey('stranger'), 'city-error'],
  ] as const)('are a single verdict without a licence for %s', (_, answer, signer, reason) => {
    const verdicts = verifyResolvedEach(resolution(answer, signer), demoContext());
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]).toMatchObject({ reason });
    expect(verdicts[0]).not.toHaveProperty('licence');
  });
});

describe('an answer without a licence', () => {
  it.each([
    ['unknown', 'not-a-licence-code'],
    ['expired', 'code-expired'],
    ['refused', 'refused-by-service'],
    ['unavailable', 'city-unavailable'],
  ] as const)('%s is %s', (reason, verdict) => {
    expect(answered({ reason })).toMatchObject({ reason: verdict });
  });

  it('that the city did not sign leaves the answer open', () => {
    expect(answered({ reason: 'unknown' }, {}, demoKey('stranger'))).toMatchObject({
      outcome: 'undetermined',
      reason: 'city-error',
    });
  });

  it('over whose signature two implementations differ leaves it open, with an alarm', () => {
    const verifier: SignatureVerifier = { name: 'both', check: () => 'disagreement' };
    expect(answered({ reason: 'unknown' }, { verifier })).toMatchObject({
      reason: 'city-error',
      alarm: 'signature-disagreement',
    });
  });
});
