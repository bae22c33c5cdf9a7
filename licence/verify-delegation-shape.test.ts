import { describe, expect, it } from 'vitest';
import type { CborValue } from './cbor/decode.ts';
import { encodeCbor } from './cbor/encode.ts';
import { HEADER, parseSign1 } from './cose/sign1.ts';
import { TYP } from './cose/typ.ts';
import { CLAIM } from './cwt.ts';
import { issueDelegation } from './issue/issue-delegation.ts';
import type { Changes } from './testing/changed-map.ts';
import { changedMap } from './testing/changed-map.ts';
import {
  DELEGATE_KEY,
  DELEGATION_KEY,
  demoContext,
  demoDelegation,
  demoKey,
  demoPresentation,
  LIST_URI,
  licenceCode,
  NOW,
} from './testing/demo-issuer.ts';
import { headerOf, rawSign1, taggedSign1 } from './testing/raw-sign1.ts';
import type { Verdict } from './verdict.ts';
import { verify } from './verify.ts';

describe('a delegation that is not one', () => {
  /** The demo code with some of the delegation's claims changed, properly signed. */
  function withClaims(changes: Changes): Verdict {
    const parsed = parseSign1(issueDelegation(demoDelegation(), DELEGATION_KEY), [TYP.delegation]);
    if (!parsed.ok) throw new Error(parsed.detail);
    const claims = new Map<number, CborValue>([
      [CLAIM.iss, 'demo-delegations'],
      [CLAIM.sub, 'x'],
      [CLAIM.iat, NOW],
      [CLAIM.nbf, NOW],
      [CLAIM.exp, NOW + 1],
      [CLAIM.cti, new Uint8Array(16)],
      [
        CLAIM.cnf,
        new Map([
          [
            1,
            new Map<number, CborValue>([
              [1, 1],
              [-1, 6],
              [-2, DELEGATE_KEY.publicKey],
            ]),
          ],
        ]),
      ],
      [
        CLAIM.status,
        new Map([
          [
            'status_list',
            new Map<string, CborValue>([
              ['idx', 1],
              ['uri', LIST_URI],
            ]),
          ],
        ]),
      ],
      [CLAIM.principal, demoDelegation().principal],
      [CLAIM.scope, new Map([[2, ['medical-insurance']]])],
    ]);
    return embedding(
      taggedSign1(
        {
          header: headerOf(TYP.delegation, DELEGATION_KEY),
          payload: encodeCbor(changedMap(claims, changes)),
        },
        DELEGATION_KEY,
      ),
    );
  }

  function embedding(delegation: CborValue): Verdict {
    const licence = parseSign1(licenceCode(), [TYP.licence]);
    if (!licence.ok) throw new Error(licence.detail);
    const header = headerOf(TYP.presentation, DELEGATE_KEY, {
      [HEADER.kcwt]: taggedSign1(
        { header: licence.sign1.header, payload: licence.sign1.payload },
        demoKey('issuer'),
      ),
      [HEADER.delegation]: delegation,
    });
    const { iat, cti } = demoPresentation();
    const payload = encodeCbor(
      new Map<number, CborValue>([
        [CLAIM.iat, iat],
        [CLAIM.cti, cti],
      ]),
    );
    return verify(rawSign1({ header, payload }, DELEGATE_KEY), demoContext());
  }

  it('with nothing changed it is one', () => {
    expect(withClaims({})).toMatchObject({ outcome: 'accepted' });
  });

  it.each([
    CLAIM.iss,
    CLAIM.sub,
    CLAIM.iat,
    CLAIM.nbf,
    CLAIM.exp,
    CLAIM.cti,
    CLAIM.cnf,
    CLAIM.status,
    CLAIM.principal,
    CLAIM.scope,
  ])('without claim %i it is malformed', (label) => {
    expect(withClaims({ [label]: undefined })).toMatchObject({ reason: 'malformed' });
  });

  it.each<[string, CborValue]>([
    ['of nothing', new Map()],
    ['of a service alone', new Map([[3, ['medical-insurance']]])],
    ['of no kinds', new Map([[2, []]])],
    ['of a kind without a name', new Map([[2, ['']]])],
    ['of a kind that is a number', new Map([[2, [1]]])],
    ['of a cti of 15 bytes', new Map([[1, [new Uint8Array(15)]]])],
    [
      'with no services at all',
      new Map<number, CborValue>([
        [2, ['medical-insurance']],
        [3, []],
      ]),
    ],
    [
      'with a part this version does not know, which may narrow it',
      new Map<number, CborValue>([
        [2, ['medical-insurance']],
        [4, 1],
      ]),
    ],
    ['that is a list', ['medical-insurance']],
  ])('with a scope %s it is malformed', (_, scope) => {
    expect(withClaims({ [CLAIM.scope]: scope })).toMatchObject({
      reason: 'malformed',
      detail: 'delegation: scope',
    });
  });

  it.each([null, 0, ''])('%j in its place is not the same as none: malformed', (value) => {
    expect(embedding(value)).toMatchObject({ reason: 'malformed' });
  });

  it('a licence in its place is unsupported: no object can pass for another', () => {
    expect(
      embedding(
        taggedSign1(
          { header: headerOf(TYP.licence, DELEGATION_KEY), payload: new Uint8Array(0) },
          DELEGATION_KEY,
        ),
      ),
    ).toMatchObject({
      reason: 'unsupported',
      detail: 'delegation: typ',
    });
  });

  it('one that embeds another is unsupported', () => {
    const inner = taggedSign1(
      { header: headerOf(TYP.delegation, DELEGATION_KEY), payload: new Uint8Array(0) },
      DELEGATION_KEY,
    );
    const header = headerOf(TYP.delegation, DELEGATION_KEY, { [HEADER.delegation]: inner });
    const outer = taggedSign1({ header, payload: new Uint8Array(0) }, DELEGATION_KEY);
    expect(embedding(outer)).toMatchObject({ reason: 'unsupported', detail: 'delegation: header -65541' });
  });
});
