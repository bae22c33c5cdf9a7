import { describe, expect, it } from 'vitest';
import { toCodeText } from './code-text.ts';
import { sealSign1 } from './issue/seal-sign1.ts';
import {
  clockAt,
  DAY,
  demoCode,
  demoContext,
  demoIssuer,
  demoLicence,
  demoService,
  ISSUER_KEY,
  licenceCode,
  NOW,
  staticLicence,
  trustIn,
} from './testing/demo-issuer.ts';
import { verify } from './verify.ts';

describe('a true code is accepted', () => {
  it('as raw COSE bytes', () => {
    expect(verify(demoCode(), demoContext())).toMatchObject({ outcome: 'accepted', reason: 'accepted' });
  });

  it('as LZ1: text', () => {
    const text = new TextEncoder().encode(toCodeText(demoCode()));
    expect(verify(text, demoContext())).toMatchObject({ outcome: 'accepted' });
  });

  it('with the licence the issuer signed', () => {
    expect(verify(demoCode(), demoContext())).toMatchObject({ licence: demoLicence() });
  });

  it('with what the verdict rests on: the issuer, and when its status list was signed', () => {
    expect(verify(demoCode(), demoContext())).toMatchObject({
      evidence: { issuer: 'demo-issuer', statusIat: NOW - 600 },
    });
  });
});

describe('1 size and text form', () => {
  it('anything without the prefix is not-a-licence-code', () => {
    expect(verdictOf(new TextEncoder().encode('https://example.cn/'))).toEqual({
      outcome: 'rejected',
      reason: 'not-a-licence-code',
      detail: 'no LZ1: prefix',
    });
  });

  it('text that is no Base45 is malformed', () => {
    expect(verdictOf(new TextEncoder().encode('LZ1:GGW'))).toMatchObject({ reason: 'malformed' });
  });

  it('more than 1,536 bytes are malformed', () => {
    const fields = new Map([[1, '长'.repeat(500)]]);
    expect(verdictOf(licenceCode(demoLicence({ fields })))).toMatchObject({
      reason: 'malformed',
      detail: 'longer than 1,536 bytes',
    });
  });
});

describe('2 strict CBOR', () => {
  it('a byte after the code is malformed', () => {
    const code = demoCode();
    expect(verdictOf(Uint8Array.from([...code, 0]))).toMatchObject({
      reason: 'malformed',
      detail: `envelope: trailing-bytes at byte ${code.length}`,
    });
  });

  it('a licence payload that lacks a claim is malformed, and says which', () => {
    const code = sealSign1(65001, Uint8Array.of(0xa0), ISSUER_KEY);
    expect(verdictOf(code)).toMatchObject({ reason: 'malformed', detail: 'licence: iss, sub or kind' });
  });
});

describe('3 COSE shape, alg, typ', () => {
  it.each([65003, 65004, 65005, 65006, 65007, 65008, 65009, 'application/statuslist+cwt'] as const)(
    'a signed object of typ %s can’t pass for a code: unsupported',
    (typ) => {
      expect(verdictOf(sealSign1(typ, Uint8Array.of(0xa0), ISSUER_KEY))).toEqual({
        outcome: 'rejected',
        reason: 'unsupported',
        detail: 'typ',
      });
    },
  );
});

describe('4 the clock', () => {
  it('that can’t be right leaves the answer open: clock-untrusted', () => {
    expect(verify(demoCode(), demoContext({ time: { trusted: false } }))).toMatchObject({
      outcome: 'undetermined',
      reason: 'clock-untrusted',
    });
  });
});

describe('5 trust metadata', () => {
  it('never fetched leaves the answer open: trust-expired', () => {
    expect(verify(demoCode(), demoContext({ trust: undefined }))).toMatchObject({
      outcome: 'undetermined',
      reason: 'trust-expired',
    });
  });

  it('at its expiry leaves the answer open: trust-expired', () => {
    const trust = { issuers: [demoIssuer()], expires: NOW * 1000 };
    expect(verify(demoCode(), demoContext({ trust }))).toMatchObject({
      outcome: 'undetermined',
      reason: 'trust-expired',
    });
  });

  it('still holds a millisecond before its expiry', () => {
    const trust = { issuers: [demoIssuer()], expires: NOW * 1000 + 1 };
    expect(verify(demoCode(), demoContext({ trust }))).toMatchObject({ outcome: 'accepted' });
  });

  it('without the service of this terminal leaves the answer open: city-error', () => {
    expect(verify(demoCode(), demoContext({ service: undefined }))).toMatchObject({
      outcome: 'undetermined',
      reason: 'city-error',
    });
  });
});

describe('8 the times of the licence', () => {
  it('before nbf: not-yet-valid', () => {
    const code = demoCode({ licence: { nbf: NOW + 1 } });
    expect(verdictOf(code)).toMatchObject({ outcome: 'rejected', reason: 'not-yet-valid' });
  });

  it('from nbf on it counts', () => {
    expect(verdictOf(demoCode({ licence: { nbf: NOW } }))).toMatchObject({ outcome: 'accepted' });
  });

  it('at exp: expired', () => {
    const code = demoCode({ licence: { exp: NOW } });
    expect(verdictOf(code)).toMatchObject({ outcome: 'rejected', reason: 'expired' });
  });

  it('until exp it counts', () => {
    expect(verdictOf(demoCode({ licence: { exp: NOW + 1 } }))).toMatchObject({ outcome: 'accepted' });
  });

  it('a counter may show what expired: the licence comes with the verdict', () => {
    const verdict = verdictOf(demoCode({ licence: { exp: NOW } }));
    expect(verdict).toMatchObject({
      licence: demoLicence({ exp: NOW }),
      evidence: { issuer: 'demo-issuer' },
    });
  });

  it('are judged by the best time, to the millisecond', () => {
    const code = licenceCode(staticLicence({ exp: NOW + DAY }));
    const service = demoService({ holderProof: 'if-bound' });
    const trust = { ...trustIn(demoIssuer()), expires: (NOW + 30 * DAY) * 1000 };
    const justBefore = { trusted: true, unixMs: (NOW + DAY) * 1000 - 1, signed: true } as const;
    const statusList = undefinedList;
    expect(verify(code, demoContext({ service, trust, statusList, time: justBefore })).reason).not.toBe(
      'expired',
    );
    expect(verify(code, demoContext({ service, trust, statusList, time: clockAt(NOW + DAY) })).reason).toBe(
      'expired',
    );
  });
});

describe('12 the service’s own policy', () => {
  it('a kind the service does not take: wrong-kind', () => {
    const service = demoService({ kinds: ['driving-licence'] });
    expect(verify(demoCode(), demoContext({ service }))).toMatchObject({
      outcome: 'rejected',
      reason: 'wrong-kind',
      licence: { kind: 'medical-insurance' },
    });
  });
});

function verdictOf(code: Uint8Array) {
  return verify(code, demoContext());
}

function undefinedList(): undefined {
  return undefined;
}
