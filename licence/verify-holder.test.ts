import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CborValue } from './cbor/decode.ts';
import { encodeCbor } from './cbor/encode.ts';
import { HEADER, parseSign1 } from './cose/sign1.ts';
import { TYP } from './cose/typ.ts';
import { nativeVerifier } from './ed25519/native-verifier.ts';
import type { SignatureVerifier } from './ed25519/signature-verifier.ts';
import { presentLicence } from './issue/present-licence.ts';
import {
  demoCode,
  demoContext,
  demoKey,
  demoLicence,
  demoPresentation,
  demoService,
  HOLDER_KEY,
  ISSUER_KEY,
  licenceCode,
  NOW,
  staticLicence,
} from './testing/demo-issuer.ts';
import { forgeryForAnyMessage } from './testing/ed25519-vectors.ts';
import { headerOf, rawSign1, taggedSign1 } from './testing/raw-sign1.ts';
import { MAX_FRESHNESS_SECONDS } from './trust/catalogue.ts';
import { verify } from './verify.ts';

describe('10 a licence without a holder key', () => {
  const ifBound = demoContext({ service: demoService({ holderProof: 'if-bound' }) });

  it('is accepted as it is where the service asks for proof only of bound ones', () => {
    expect(verify(licenceCode(staticLicence()), ifBound)).toMatchObject({ outcome: 'accepted' });
  });

  it('leaves nothing for a replay memory', () => {
    expect(verify(licenceCode(staticLicence()), ifBound)).not.toHaveProperty('holderProof');
  });

  it('is refused where the service requires proof: holder-proof-missing', () => {
    expect(verify(licenceCode(staticLicence()), demoContext())).toMatchObject({
      outcome: 'rejected',
      reason: 'holder-proof-missing',
    });
  });

  it('is refused with a presentation, which nobody can check: holder-proof-invalid', () => {
    const code = presentLicence(licenceCode(staticLicence()), demoPresentation(), HOLDER_KEY);
    expect(verify(code, ifBound)).toMatchObject({ outcome: 'rejected', reason: 'holder-proof-invalid' });
  });
});

describe('10 a licence with a holder key', () => {
  it.each(['required', 'if-bound'] as const)(
    'is never accepted without a presentation, in a service where proof is %s: holder-proof-missing',
    (holderProof) => {
      const service = demoService({ holderProof });
      expect(verify(licenceCode(), demoContext({ service }))).toMatchObject({
        reason: 'holder-proof-missing',
      });
    },
  );

  it('is refused when somebody else presents it: holder-proof-invalid', () => {
    const code = presentLicence(licenceCode(), demoPresentation(), demoKey('a thief'));
    expect(verify(code, demoContext())).toMatchObject({
      outcome: 'rejected',
      reason: 'holder-proof-invalid',
      detail: 'presentation signature: invalid',
    });
  });

  it('is refused when the issuer presents it: holder-proof-invalid', () => {
    const code = presentLicence(licenceCode(), demoPresentation(), ISSUER_KEY);
    expect(verify(code, demoContext())).toMatchObject({ reason: 'holder-proof-invalid' });
  });

  it('is refused with the presentation of another licence of the same holder', () => {
    // the signature covers the licence, so it can't be moved to another
    const header = headerOf(TYP.presentation, HOLDER_KEY, { [HEADER.kcwt]: embedded(demoLicence()) });
    const other = headerOf(TYP.presentation, HOLDER_KEY, {
      [HEADER.kcwt]: embedded(demoLicence({ cti: new Uint8Array(16) })),
    });
    const payload = presentationPayload();
    const signature = HOLDER_KEY.sign(
      encodeCbor(['Signature1', encodeCbor(other), new Uint8Array(0), payload]),
    );
    expect(verify(rawSign1({ header, payload, signature }, HOLDER_KEY), demoContext())).toMatchObject({
      reason: 'holder-proof-invalid',
    });
  });

  it('is refused when its key is of small order, under which anything holds', () => {
    const { publicKey, signature } = forgeryForAnyMessage();
    const header = headerOf(TYP.presentation, HOLDER_KEY, {
      [HEADER.kcwt]: embedded(demoLicence({ holderKey: publicKey })),
    });
    const code = rawSign1({ header, payload: presentationPayload(), signature }, HOLDER_KEY);
    expect(verify(code, demoContext())).toMatchObject({ reason: 'holder-proof-invalid' });
  });
});

describe('10 for whom a presentation was made', () => {
  it('for this service: accepted', () => {
    expect(presented({ aud: 'medical-insurance' })).toMatchObject({ outcome: 'accepted' });
  });

  it('for another service: holder-proof-invalid', () => {
    expect(presented({ aud: 'property-transaction' })).toMatchObject({
      reason: 'holder-proof-invalid',
      detail: 'made for another service',
    });
  });

  it('for a service without a name: holder-proof-invalid', () => {
    expect(verify(demoCode({ presentation: { aud: '' } }), demoContext())).toMatchObject({
      reason: 'holder-proof-invalid',
    });
  });

  it('for an empty challenge: holder-proof-invalid, for it is one', () => {
    expect(verify(demoCode({ presentation: { cnonce: new Uint8Array(0) } }), demoContext())).toMatchObject({
      reason: 'holder-proof-invalid',
    });
  });

  it('on which the two implementations differ: refused, with an alarm', () => {
    const native = nativeVerifier();
    const { publicKey } = HOLDER_KEY;
    const verifier: SignatureVerifier = {
      name: 'both',
      check: (signature, message, key) =>
        Buffer.compare(key, publicKey) === 0 ? 'disagreement' : native.check(signature, message, key),
    };
    expect(verify(demoCode(), demoContext({ verifier }))).toMatchObject({
      reason: 'holder-proof-invalid',
      alarm: 'signature-disagreement',
    });
  });

  it('for somebody’s challenge: holder-proof-invalid, for this terminal gave none', () => {
    expect(presented({ cnonce: new Uint8Array(8) })).toMatchObject({
      reason: 'holder-proof-invalid',
      detail: 'made for another challenge',
    });
  });
});

describe('10 freshness', () => {
  it.each([
    [-61, 'code-expired'],
    [-60, 'accepted'],
    [60, 'accepted'],
    [61, 'code-expired'],
  ])('a presentation made %i s from now, where 60 s are allowed: %s', (seconds, reason) => {
    expect(presented({ iat: NOW + seconds })).toMatchObject({ reason });
  });

  it('tells a code made in the future from an old one: a clock is off', () => {
    expect(presented({ iat: NOW + 61 })).toMatchObject({ detail: 'made in the future: one clock is off' });
  });

  it('is the service’s own', () => {
    const service = demoService({ freshnessSeconds: 600 });
    const code = demoCode({ presentation: { iat: NOW - 600 } });
    expect(verify(code, demoContext({ service }))).toMatchObject({ outcome: 'accepted' });
  });
});

describe('10 replay', () => {
  const hash = new Uint8Array(
    createHash('sha256').update(HOLDER_KEY.publicKey).update(demoPresentation().cti).digest(),
  );

  it('an acceptance says what to remember, SHA-256 of key and cti, and until when any service could call it fresh', () => {
    expect(presented({})).toMatchObject({
      holderProof: { hash, until: (NOW + MAX_FRESHNESS_SECONDS) * 1000 },
    });
  });

  it('of a phone that is ahead is remembered for as long as its own time makes it fresh', () => {
    const ahead = demoCode({ presentation: { iat: NOW + 50 } });
    expect(verify(ahead, demoContext())).toMatchObject({ holderProof: { until: (NOW + 50 + 600) * 1000 } });
  });

  it('a proof remembered: code-replayed', () => {
    const alreadyUsed = (proof: Uint8Array) => Buffer.compare(proof, hash) === 0;
    expect(verify(demoCode(), demoContext({ alreadyUsed }))).toMatchObject({
      outcome: 'rejected',
      reason: 'code-replayed',
    });
  });

  it('is not asked about before the proof holds: a thief can’t learn what was used', () => {
    const code = presentLicence(licenceCode(), demoPresentation(), demoKey('a thief'));
    expect(verify(code, demoContext({ alreadyUsed: () => true }))).toMatchObject({
      reason: 'holder-proof-invalid',
    });
  });

  it('only an acceptance asks to be remembered', () => {
    const service = demoService({ kinds: ['driving-licence'] });
    expect(verify(demoCode(), demoContext({ service }))).not.toHaveProperty('holderProof');
  });
});

describe('how presentation and licence are put together', () => {
  it('a presentation without a licence is malformed', () => {
    const code = rawSign1(
      { header: headerOf(TYP.presentation, HOLDER_KEY), payload: presentationPayload() },
      HOLDER_KEY,
    );
    expect(verify(code, demoContext())).toMatchObject({
      reason: 'malformed',
      detail: 'licence: not a tagged array of four',
    });
  });

  it('a presentation inside a presentation is unsupported', () => {
    const header = headerOf(TYP.presentation, HOLDER_KEY);
    const inner = taggedSign1({ header, payload: presentationPayload() }, HOLDER_KEY);
    expect(embedding(TYP.presentation, { [HEADER.kcwt]: inner })).toMatchObject({
      reason: 'unsupported',
      detail: 'licence: typ',
    });
  });

  it('a licence inside a licence is unsupported', () => {
    expect(embedding(TYP.licence, { [HEADER.kcwt]: embedded(demoLicence()) })).toMatchObject({
      reason: 'unsupported',
      detail: 'header 13',
    });
  });

  it('a licence inside the licence that is presented is unsupported', () => {
    const header = headerOf(TYP.licence, ISSUER_KEY, { [HEADER.kcwt]: embedded(demoLicence()) });
    const inner = taggedSign1({ header, payload: presentationPayload() }, ISSUER_KEY);
    expect(embedding(TYP.presentation, { [HEADER.kcwt]: inner })).toMatchObject({
      reason: 'unsupported',
      detail: 'licence: header 13',
    });
  });

  it('a presentation without its claims is malformed, and says which', () => {
    const header = headerOf(TYP.presentation, HOLDER_KEY, { [HEADER.kcwt]: embedded(demoLicence()) });
    const code = rawSign1({ header, payload: Uint8Array.of(0xa0) }, HOLDER_KEY);
    expect(verify(code, demoContext())).toMatchObject({
      reason: 'malformed',
      detail: 'presentation: iat or cti',
    });
  });
});

function presented(presentation: Parameters<typeof demoPresentation>[0] & object) {
  return verify(demoCode({ presentation }), demoContext());
}

function presentationPayload(): Uint8Array {
  const { iat, cti } = demoPresentation();
  return encodeCbor(
    new Map<number, CborValue>([
      [6, iat],
      [7, cti],
    ]),
  );
}

/** A licence as it stands in header 13. */
function embedded(licence: ReturnType<typeof demoLicence>): CborValue {
  const code = presentLicence(licenceCode(licence), demoPresentation(), HOLDER_KEY);
  const outer = parseSign1(code, [TYP.presentation]);
  const value = outer.ok ? outer.sign1.header.get(HEADER.kcwt) : undefined;
  if (value === undefined) throw new Error('no licence in the demo code');
  return value;
}

/** A code that has the demo presentation's payload and these headers. */
function embedding(typ: CborValue, changes: Readonly<Record<number, CborValue>>) {
  const header = headerOf(typ, HOLDER_KEY, changes);
  return verify(rawSign1({ header, payload: presentationPayload() }, HOLDER_KEY), demoContext());
}
