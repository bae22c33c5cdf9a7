import { expect, test } from 'vitest';
import { type CborValue, decodeCbor } from '../../licence/cbor/decode.ts';
import { encodeCbor } from '../../licence/cbor/encode.ts';
import { bothVerifier } from '../../licence/ed25519/both-verifier.ts';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { presentLicence } from '../../licence/issue/present-licence.ts';
import {
  delegatedCode,
  demoCode,
  demoContext,
  demoDelegation,
  demoKey,
  demoLicence,
  demoPresentation,
  demoService,
  HOLDER_KEY,
  ISSUER_KEY,
  licenceCode,
} from '../../licence/testing/demo-issuer.ts';
import type { Verdict } from '../../licence/verdict.ts';
import { verify } from '../../licence/verify.ts';
import { publicPart } from '../audit-events.ts';
import { verificationEvent } from './verification-event.ts';

const LICENCE = demoLicence();

test('the public part says outcome, reason, service, kind, issuer and age of the evidence', () => {
  expect(Object.fromEntries(eventOf(accepted()).public)).toEqual({
    outcome: 'accepted',
    reason: 'accepted',
    device: 'simulated:',
    tookMs: 12,
    trust: 3,
    service: 'medical-insurance',
    kind: 'medical-insurance',
    issuer: 'demo-issuer',
    statusIat: expect.any(Number),
  });
});

test('the public part holds neither the licence identifier nor its cti, list entry, uri or any field', () => {
  const bytes = Buffer.from(encodeCbor(eventOf(accepted()).public));
  const personal = [LICENCE.sub, LICENCE.cti, LICENCE.status.uri, ...LICENCE.fields.values()];
  for (const value of personal) {
    const secret = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value));
    expect(bytes.includes(secret)).toBe(false);
  }
  expect([...eventOf(accepted()).public.values()]).not.toContain(LICENCE.status.idx);
});

test('the part to be sealed says which licence it was, and nothing of its fields', () => {
  const decoded = decodeCbor(eventOf(accepted()).personal ?? new Uint8Array(0), {
    maxBytes: 4096,
    maxDepth: 8,
    maxItems: 256,
    tag18: 'none',
    sortedKeys: true,
  });
  expect(decoded).toEqual({
    ok: true,
    value: new Map<number, unknown>([
      [2, LICENCE.sub],
      [7, LICENCE.cti],
      [65535, new Map(Object.entries(LICENCE.status))],
    ]),
  });
});

test('who acted for the holder is sealed; in the open stands only who admitted them', () => {
  const { sub, cti, status } = demoDelegation();
  const event = eventOf(verify(delegatedCode(), demoContext()));
  expect(event.public.get('delegationIssuer')).toBe('demo-delegations');
  expect(Buffer.from(encodeCbor(event.public)).includes(sub)).toBe(false);
  const sealed = Buffer.from(event.personal ?? new Uint8Array(0));
  const delegation = new Map<number, CborValue>([
    [2, sub],
    [7, cti],
    [65535, new Map<string, CborValue>(Object.entries(status))],
  ]);
  expect(sealed.includes(Buffer.from(encodeCbor(delegation)))).toBe(true);
});

test('two implementations that differ over a signature stand in the open as an alarm', () => {
  const deaf: SignatureVerifier = { name: 'noble', check: () => 'invalid' };
  const verdict = verify(demoCode(), demoContext({ verifier: bothVerifier(nativeVerifier(), deaf) }));
  expect(eventOf(verdict).public.get('alarm')).toBe('signature-disagreement');
});

test('a code that was not verified leaves nothing personal, neither sealed nor open', () => {
  const unverified = eventOf(verify(Buffer.from('LZ1:NOT A LICENCE'), demoContext()));
  expect(unverified.personal).toBeUndefined();
  expect([...unverified.public.keys()].sort()).toEqual([
    ...['device', 'outcome', 'reason', 'service', 'tookMs', 'trust'],
  ]);
});

test('a forged licence is not named by what it claims to be', () => {
  const forger = { ...demoKey('forger'), kid: ISSUER_KEY.kid };
  const forged = presentLicence(licenceCode(LICENCE, forger), demoPresentation(), HOLDER_KEY);
  const event = eventOf(verify(forged, demoContext()));
  expect(event.public.get('reason')).toBe('bad-signature');
  expect(event.personal).toBeUndefined();
  expect(event.public.has('kind')).toBe(false);
  expect(event.public.has('issuer')).toBe(false);
});

test('a verified licence that was refused is sealed too', () => {
  const event = eventOf(verify(demoCode({ licence: { exp: 1 } }), demoContext()));
  expect(event.public.get('reason')).toBe('expired');
  expect(event.personal).toBeDefined();
});

function accepted(): Verdict {
  return verify(demoCode(), demoContext());
}

test('of a service that keeps nothing, the row doesn’t say whose licence it was', () => {
  const event = eventOf(accepted(), demoService({ keeps: 'nothing' }));
  expect(event.public.get('outcome')).toBe('accepted');
  expect(event.personal).toBeUndefined();
});

/** As it is written: the public part checked. */
function eventOf(verdict: Verdict, service = demoService()) {
  const event = verificationEvent({
    verdict,
    service,
    device: 'simulated:',
    tookMs: 12.3,
    trustVersion: 3,
  });
  return { ...event, public: publicPart('verification', event.public) };
}
