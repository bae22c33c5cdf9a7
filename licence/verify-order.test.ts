import { describe, expect, it } from 'vitest';
import { encodeCbor } from './cbor/encode.ts';
import { TYP } from './cose/typ.ts';
import { presentLicence } from './issue/present-licence.ts';
import { sealSign1 } from './issue/seal-sign1.ts';
import {
  delegatedCode,
  demoCode,
  demoContext,
  demoIssuer,
  demoKey,
  demoLicence,
  demoPresentation,
  demoService,
  demoStatusList,
  HOLDER_KEY,
  LIST_INDEX,
  licenceCode,
  NOW,
  staticLicence,
  trustIn,
} from './testing/demo-issuer.ts';
import { withBitFlipped } from './testing/hex.ts';
import { type VerifyContext, verify } from './verify.ts';

/*
 * The first check that fails names the verdict (licence-code.md, Order of checks). Each case fails two checks and says
 * which of them is heard.
 */

const THIEF = demoKey('a thief');
const revokedList = () => demoStatusList([LIST_INDEX]);
const wrongService = demoService({ kinds: ['driving-licence'] });

describe('of two faults the earlier names the verdict', () => {
  it.each<[string, string, string, Uint8Array, Partial<VerifyContext>]>([
    ['1 text form', 'not-a-licence-code', '4 clock', Uint8Array.of(0), { time: { trusted: false } }],
    ['2 CBOR', 'malformed', '4 clock', Uint8Array.of(0xd2), { time: { trusted: false } }],
    ['3 COSE', 'unsupported', '4 clock', otherTyp(), { time: { trusted: false } }],
    ['4 clock', 'clock-untrusted', '5 trust', demoCode(), { time: { trusted: false }, trust: undefined }],
    ['5 trust', 'trust-expired', '6 issuer', demoCode({ licence: { iss: 'nobody' } }), { trust: undefined }],
    [
      '5 service known',
      'city-error',
      '6 issuer',
      demoCode({ licence: { iss: 'nobody' } }),
      { service: undefined },
    ],
    ['6 issuer', 'unknown-issuer', '7 signature', withLastBitFlipped(unknownIssuer()), {}],
    [
      '6 key',
      'key-not-admitted',
      '8 times',
      presentLicence(licenceCode(expired(), THIEF), demoPresentation(), HOLDER_KEY),
      {},
    ],
    ['7 signature', 'bad-signature', '8 times', badlySigned(), {}],
    ['8 times', 'expired', '9 status', demoCode({ licence: { exp: NOW } }), { statusList: revokedList }],
    [
      '8 times',
      'expired',
      '9 status list held',
      demoCode({ licence: { exp: NOW } }),
      { statusList: () => undefined },
    ],
    ['9 status', 'revoked', '10 holder', shownByThief(), { statusList: revokedList }],
    [
      '9 status list held',
      'status-unavailable',
      '10 holder',
      shownByThief(),
      { statusList: () => undefined },
    ],
    ['9 status', 'revoked', '10 holder missing', licenceCode(), { statusList: revokedList }],
    ['10 holder', 'holder-proof-invalid', '12 policy', shownByThief(), { service: wrongService }],
    [
      '10 replay',
      'code-replayed',
      '11 delegation',
      delegatedCode({ delegation: { iss: 'nobody' } }),
      { alreadyUsed: () => true },
    ],
    [
      '11 its signer',
      'delegation-invalid',
      '11 its times',
      delegatedCode({ delegation: { exp: NOW } }, { delegation: THIEF }),
      {},
    ],
    [
      '11 its times',
      'delegation-expired',
      '11 its status',
      delegatedCode({ delegation: { exp: NOW, status: { idx: 1, uri: 'urn:not-held' } } }),
      {},
    ],
    [
      '11 its status',
      'status-unavailable',
      '11 its principal',
      delegatedCode({ delegation: { principal: 'nobody', status: { idx: 1, uri: 'urn:not-held' } } }),
      {},
    ],
    [
      '11 its principal',
      'delegation-invalid',
      '11 its scope',
      delegatedCode({ delegation: { principal: 'nobody', scope: { kinds: ['driving-licence'] } } }),
      {},
    ],
    [
      '11 its scope',
      'delegation-out-of-scope',
      '12 policy',
      delegatedCode({ delegation: { scope: { kinds: ['driving-licence'] } } }),
      { service: demoService({ delegation: 'refused' }) },
    ],
    [
      '12 no delegates',
      'refused-by-service',
      '12 kind',
      delegatedCode(),
      { service: demoService({ delegation: 'refused', kinds: ['driving-licence'] }) },
    ],
    [
      '10 replay',
      'code-replayed',
      '12 policy',
      demoCode(),
      { service: wrongService, alreadyUsed: () => true },
    ],
  ])('%s (%s) before %s', (_earlier, reason, _later, code, changes) => {
    expect(verify(code, demoContext(changes)).reason).toBe(reason);
  });
});

describe('within the holder’s proof', () => {
  it('signature before freshness: a forged old code is invalid, not expired', () => {
    const code = presentLicence(licenceCode(), demoPresentation({ iat: NOW - 600 }), THIEF);
    expect(verify(code, demoContext()).reason).toBe('holder-proof-invalid');
  });

  it('freshness before replay: an old code is expired, used or not', () => {
    const code = demoCode({ presentation: { iat: NOW - 600 } });
    expect(verify(code, demoContext({ alreadyUsed: () => true })).reason).toBe('code-expired');
  });
});

describe('nothing of a licence is in a verdict before its signature holds', () => {
  it.each<[string, Uint8Array, Partial<VerifyContext>]>([
    ['malformed', Uint8Array.of(0xd2), {}],
    ['clock-untrusted', demoCode(), { time: { trusted: false } }],
    ['trust-expired', demoCode(), { trust: undefined }],
    ['city-error', demoCode(), { service: undefined }],
    ['unknown-issuer', unknownIssuer(), {}],
    ['key-not-admitted', demoCode(), { trust: trustIn(demoIssuer({ keys: [] })) }],
    ['bad-signature', badlySigned(), {}],
  ])('%s', (reason, code, changes) => {
    const verdict = verify(code, demoContext(changes));
    expect(verdict.reason).toBe(reason);
    expect(Object.keys(verdict).sort()).toEqual(['detail', 'outcome', 'reason']);
  });

  it('nor is it in the detail', () => {
    const { sub, iss, fields } = demoLicence();
    const text = JSON.stringify(verify(badlySigned(), demoContext()));
    for (const content of [sub, iss, ...fields.values()]) expect(text).not.toContain(content);
  });
});

describe('from then on every verdict carries the licence', () => {
  it.each<[string, Uint8Array, Partial<VerifyContext>]>([
    ['not-yet-valid', demoCode({ licence: { nbf: NOW + 1 } }), {}],
    ['expired', demoCode({ licence: { exp: NOW } }), {}],
    ['status-unavailable', demoCode(), { statusList: () => undefined }],
    ['status-stale', demoCode(), { statusList: () => demoStatusList([], { exp: NOW }) }],
    ['revoked', demoCode(), { statusList: revokedList }],
    ['holder-proof-missing', licenceCode(staticLicence()), {}],
    ['holder-proof-invalid', shownByThief(), {}],
    ['code-expired', demoCode({ presentation: { iat: NOW - 600 } }), {}],
    ['code-replayed', demoCode(), { alreadyUsed: () => true }],
    ['wrong-kind', demoCode(), { service: wrongService }],
  ])('%s', (reason, code, changes) => {
    expect(verify(code, demoContext(changes))).toMatchObject({ reason, licence: { iss: 'demo-issuer' } });
  });
});

function expired() {
  return demoLicence({ exp: NOW });
}

function unknownIssuer(): Uint8Array {
  return licenceCode(demoLicence({ iss: 'nobody' }));
}

/** An expired licence whose signature does not hold. */
function badlySigned(): Uint8Array {
  return withLastBitFlipped(licenceCode(expired()));
}

function shownByThief(): Uint8Array {
  return presentLicence(licenceCode(), demoPresentation(), THIEF);
}

/** The signature comes last. */
function withLastBitFlipped(code: Uint8Array): Uint8Array {
  return withBitFlipped(code, code.length * 8 - 1);
}

/** Well formed, and no code. */
function otherTyp(): Uint8Array {
  return sealSign1(TYP.timeAnswer, encodeCbor(new Map()), demoKey('issuer'));
}
