import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SigningKey } from '../issue/signing-key.ts';
import {
  admittedKey,
  DELEGATION_KEY,
  delegatedCode,
  delegationIssuer,
  demoContext,
  demoIssuer,
  demoKey,
  ISSUER_KEY,
  trustIn,
} from '../testing/demo-issuer.ts';
import type { IssuerKey, KeyUse } from '../trust/issuers.ts';
import { verify } from '../verify.ts';

/** Keys whose kid collides with the signer's: eight bytes of a hash can be made to, by whoever has the time. */
const IMPOSTORS = Array.from({ length: 6 }, (_, i) => demoKey(`impostor ${i}`));

const CODE = delegatedCode();

describe('keys of one kid', () => {
  it('are all tried, in whatever order they are listed', () => {
    const orders = fc.tuple(
      withImpostors(ISSUER_KEY, 'licence'),
      withImpostors(DELEGATION_KEY, 'delegation'),
    );
    fc.assert(
      fc.property(orders, ([licence, delegation]) => {
        expect(judge(licence, delegation)).toMatchObject({ outcome: 'accepted' });
      }),
      { numRuns: 60 },
    );
  });

  it('can’t stand in for the licence’s signer, however many: bad-signature', () => {
    const keys = withImpostors(ISSUER_KEY, 'licence').map(withoutKey(ISSUER_KEY));
    fc.assert(
      fc.property(keys, (licence) => {
        fc.pre(licence.length > 0);
        expect(judge(licence, [admitted(DELEGATION_KEY, 'delegation')])).toMatchObject({
          outcome: 'rejected',
          reason: 'bad-signature',
        });
      }),
      { numRuns: 60 },
    );
  });

  it('can’t stand in for the delegation’s signer either: delegation-invalid', () => {
    const keys = withImpostors(DELEGATION_KEY, 'delegation').map(withoutKey(DELEGATION_KEY));
    fc.assert(
      fc.property(keys, (delegation) => {
        fc.pre(delegation.length > 0);
        expect(judge([admitted(ISSUER_KEY, 'licence')], delegation)).toMatchObject({
          outcome: 'rejected',
          reason: 'delegation-invalid',
          detail: 'delegation signature: invalid',
        });
      }),
      { numRuns: 60 },
    );
  });
});

function judge(licence: readonly IssuerKey[], delegation: readonly IssuerKey[]) {
  const trust = trustIn(demoIssuer({ keys: licence }), delegationIssuer({ keys: delegation }));
  return verify(CODE, demoContext({ trust }));
}

/** The signer's key among any impostors, in any order. */
function withImpostors(signer: SigningKey, use: KeyUse): fc.Arbitrary<readonly IssuerKey[]> {
  const own = admitted(signer, use);
  return fc.subarray(IMPOSTORS).chain((impostors) => {
    const all = [own, ...impostors.map((key) => ({ ...own, x: key.publicKey }))];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });
}

function admitted(key: SigningKey, use: KeyUse): IssuerKey {
  return admittedKey(key, { uses: [use] });
}

function withoutKey({ publicKey }: SigningKey) {
  return (keys: readonly IssuerKey[]) => keys.filter(({ x }) => x !== publicKey);
}
