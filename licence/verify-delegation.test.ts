import { describe, expect, it } from 'vitest';
import type { Delegation } from './delegation.ts';
import { bothVerifier } from './ed25519/both-verifier.ts';
import { nativeVerifier } from './ed25519/native-verifier.ts';
import type { SignatureVerifier } from './ed25519/signature-verifier.ts';
import {
  admittedKey,
  DELEGATION_INDEX,
  DELEGATION_KEY,
  delegatedCode,
  delegationIssuer,
  demoContext,
  demoDelegation,
  demoIssuer,
  demoKey,
  demoLicence,
  demoService,
  demoStatusList,
  HOLDER_KEY,
  LIST_URI,
  NOW,
  staticLicence,
  trustIn,
} from './testing/demo-issuer.ts';
import type { Verdict } from './verdict.ts';
import { type VerifyContext, verify } from './verify.ts';

function shown(changes: Parameters<typeof delegatedCode>[0] = {}, context?: Partial<VerifyContext>): Verdict {
  return verify(delegatedCode(changes), demoContext(context));
}

function delegated(delegation: Partial<Delegation>, context?: Partial<VerifyContext>): Verdict {
  return shown({ delegation }, context);
}

describe('a licence shown by a delegate', () => {
  it('is accepted with three signatures, and the verdict says under which delegation', () => {
    expect(shown()).toMatchObject({
      outcome: 'accepted',
      licence: { sub: demoLicence().sub },
      delegation: { sub: demoDelegation().sub, principal: demoDelegation().principal },
      holderProof: { until: (NOW + 600) * 1000 },
    });
  });

  it('holds with both implementations, as they are by default', () => {
    expect(shown({}, { verifier: bothVerifier() })).toMatchObject({ outcome: 'accepted' });
  });

  it('may be one without a holder key, a legal person’s: the delegation stands in for it', () => {
    const code = delegatedCode({ licence: { ...staticLicence(), holderKey: undefined } as object });
    expect(verify(code, demoContext())).toMatchObject({ outcome: 'accepted' });
  });

  it('is remembered by the delegate’s key: the same presentation is a replay', () => {
    expect(shown({}, { alreadyUsed: () => true })).toMatchObject({ reason: 'code-replayed' });
  });

  it('needs the delegate’s signature: the holder’s own key is not the delegate’s', () => {
    const code = delegatedCode({}, { presentation: HOLDER_KEY });
    expect(verify(code, demoContext())).toMatchObject({
      reason: 'holder-proof-invalid',
      detail: 'presentation signature: invalid',
    });
  });

  it('is judged as a licence first: revoked before anything is said of the delegation', () => {
    const list = demoStatusList([demoLicence().status.idx, DELEGATION_INDEX]);
    expect(shown({}, { statusList: () => list })).toMatchObject({ reason: 'revoked' });
  });

  it('is refused where the service takes no delegation, and where it does not say: refused-by-service', () => {
    const { delegation: _, ...silent } = demoService();
    for (const service of [demoService({ delegation: 'refused' }), silent]) {
      expect(shown({}, { service })).toMatchObject({ outcome: 'rejected', reason: 'refused-by-service' });
    }
  });

  it('of another service’s kind is wrong-kind, after the delegation held', () => {
    const service = demoService({ kinds: ['driving-licence'] });
    expect(shown({}, { service })).toMatchObject({ reason: 'wrong-kind' });
  });
});

describe('delegation-invalid, when the delegation', () => {
  function invalid(detail: string) {
    return { outcome: 'rejected', reason: 'delegation-invalid', detail };
  }

  it('comes from nobody admitted', () => {
    expect(delegated({ iss: 'stranger' })).toMatchObject(invalid('iss is not among the admitted issuers'));
  });

  it('is signed by a key its issuer does not have', () => {
    const code = delegatedCode({}, { delegation: demoKey('forger') });
    expect(verify(code, demoContext())).toMatchObject(invalid('the issuer has no key of this kid'));
  });

  it('is signed by a key of that kid that isn’t it', () => {
    const key = { ...admittedKey(DELEGATION_KEY, { uses: ['delegation'] }), x: demoKey('other').publicKey };
    const trust = trustIn(demoIssuer(), delegationIssuer({ keys: [key] }));
    expect(delegated({}, { trust })).toMatchObject(invalid('delegation signature: invalid'));
  });

  it('is signed by a key for licences: what may sign a licence may not hand it on', () => {
    const trust = trustIn(demoIssuer(), delegationIssuer({ keys: [admittedKey(DELEGATION_KEY)] }));
    expect(delegated({}, { trust })).toMatchObject(invalid('the key is not admitted for delegations'));
  });

  it('is signed by a key for delegations of another kind', () => {
    const key = admittedKey(DELEGATION_KEY, { uses: ['delegation'], kinds: ['driving-licence'] });
    const trust = trustIn(demoIssuer(), delegationIssuer({ keys: [key] }));
    expect(delegated({}, { trust })).toMatchObject(invalid('the key is not admitted for this kind'));
  });

  it('was signed when its key was over', () => {
    const key = admittedKey(DELEGATION_KEY, { uses: ['delegation'], exp: demoDelegation().iat - 1 });
    const trust = trustIn(demoIssuer(), delegationIssuer({ keys: [key] }));
    expect(delegated({}, { trust })).toMatchObject(invalid('the key was not in its time'));
  });

  it('is about a licence whose holder code is a number, which a text never equals', () => {
    const code = delegatedCode({
      licence: { fields: new Map([[2, 42]]) },
      delegation: { principal: '42' },
    });
    expect(verify(code, demoContext())).toMatchObject(
      invalid('the principal is not the holder of the licence'),
    );
  });

  it('is about a holder code of a type whose numbers several people share, such as a passport', () => {
    const fields = new Map([...demoLicence().fields, [3, '414'] as const]);
    expect(verify(delegatedCode({ licence: { fields } }), demoContext())).toMatchObject(
      invalid('the holder code is of a type that does not name one holder'),
    );
  });

  it.each(['111', '001'])('but not about one of type %s', (type) => {
    const fields = new Map([...demoLicence().fields, [3, type] as const]);
    expect(verify(delegatedCode({ licence: { fields } }), demoContext())).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('has not begun', () => {
    expect(delegated({ nbf: NOW + 1 })).toMatchObject(invalid('before nbf'));
  });

  it('was taken back', () => {
    const statusList = () => demoStatusList([DELEGATION_INDEX]);
    expect(delegated({}, { statusList })).toMatchObject(invalid('revoked'));
  });

  it('is suspended', () => {
    const bitmap = new Uint8Array(256);
    bitmap[DELEGATION_INDEX >> 2] = 2 << (2 * (DELEGATION_INDEX & 3));
    const statusList = () => demoStatusList([], { bits: 2, bitmap });
    expect(delegated({}, { statusList })).toMatchObject(invalid('suspended'));
  });

  it('is of another principal: a delegate can’t show a stranger’s licence', () => {
    expect(delegated({ principal: '990100198802290021' })).toMatchObject(
      invalid('the principal is not the holder of the licence'),
    );
  });

  it('is about a licence that names no holder', () => {
    const code = delegatedCode({ licence: { fields: new Map([[1, '张小明']]) } });
    expect(verify(code, demoContext())).toMatchObject(
      invalid('the principal is not the holder of the licence'),
    );
  });

  it('is one on which the two implementations differ: refused, with an alarm', () => {
    const native = nativeVerifier();
    const { publicKey } = DELEGATION_KEY;
    // disagrees over this one key, as a crafted signature would make it
    const verifier: SignatureVerifier = {
      name: 'both',
      check: (signature, message, key) =>
        Buffer.compare(key, publicKey) === 0 ? 'disagreement' : native.check(signature, message, key),
    };
    expect(delegated({}, { verifier })).toMatchObject({
      ...invalid('delegation signature: disagreement'),
      alarm: 'signature-disagreement',
    });
  });
});

describe('a key for delegations', () => {
  it('that was retired since still counts for what it signed in its time', () => {
    const key = admittedKey(DELEGATION_KEY, { uses: ['delegation'], exp: demoDelegation().iat });
    const trust = trustIn(demoIssuer(), delegationIssuer({ keys: [key] }));
    expect(delegated({}, { trust })).toMatchObject({ outcome: 'accepted' });
  });

  it('that begins now counts', () => {
    const key = admittedKey(DELEGATION_KEY, { uses: ['delegation'], nbf: NOW });
    const trust = trustIn(demoIssuer(), delegationIssuer({ keys: [key] }));
    expect(delegated({ iat: NOW }, { trust })).toMatchObject({ outcome: 'accepted' });
  });
});

describe('delegation-expired', () => {
  it('at its exp', () => {
    expect(delegated({ exp: NOW })).toMatchObject({ outcome: 'rejected', reason: 'delegation-expired' });
  });

  it('not a second before', () => {
    expect(delegated({ exp: NOW + 1 })).toMatchObject({ outcome: 'accepted' });
  });
});

describe('the status of a delegation', () => {
  it('in a list not held leaves the answer open', () => {
    const status = { idx: 1, uri: 'urn:demo:status:not-held' };
    expect(delegated({ status })).toMatchObject({
      outcome: 'undetermined',
      reason: 'status-unavailable',
      detail: 'delegation: no status list held',
    });
  });

  it('in a list past its exp leaves the answer open', () => {
    const stale = demoStatusList([], { uri: 'urn:demo:status:2', exp: NOW });
    const statusList = (uri: string) => (uri === LIST_URI ? demoStatusList() : stale);
    expect(delegated({ status: { idx: 1, uri: stale.uri } }, { statusList })).toMatchObject({
      outcome: 'undetermined',
      reason: 'status-stale',
    });
  });
});

describe('the scope', () => {
  const other = new Uint8Array(16).fill(1);

  it.each<[string, Delegation['scope']]>([
    ['its kind', { kinds: ['medical-insurance'] }],
    ['its kind among others', { kinds: ['driving-licence', 'medical-insurance'] }],
    ['it by name', { licences: [demoLicence().cti] }],
    ['it by name among others', { licences: [other, demoLicence().cti] }],
    ['it by name, and another kind', { licences: [demoLicence().cti], kinds: ['driving-licence'] }],
    [
      'its kind at services of which this is one',
      { kinds: ['medical-insurance'], services: ['road-enforcement', 'medical-insurance'] },
    ],
    ['its kind at this service', { kinds: ['medical-insurance'], services: ['medical-insurance'] }],
  ])('covers %s', (_, scope) => {
    expect(delegated({ scope })).toMatchObject({ outcome: 'accepted' });
  });

  it.each<[string, Delegation['scope'], string]>([
    ['another kind', { kinds: ['driving-licence'] }, 'the scope does not cover the licence'],
    ['another licence', { licences: [other] }, 'the scope does not cover the licence'],
    [
      'another service',
      { kinds: ['medical-insurance'], services: ['road-enforcement'] },
      'the scope does not cover the service',
    ],
    [
      'two other services',
      { kinds: ['medical-insurance'], services: ['road-enforcement', 'site-inspection'] },
      'the scope does not cover the service',
    ],
    [
      'the service, but not the licence',
      { licences: [other], services: ['medical-insurance'] },
      'the scope does not cover the licence',
    ],
  ])('of %s does not: delegation-out-of-scope', (_, scope, detail) => {
    expect(delegated({ scope })).toMatchObject({ reason: 'delegation-out-of-scope', detail });
  });
});
