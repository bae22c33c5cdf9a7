import { describe, expect, it } from 'vitest';
import type { SignatureCheck, SignatureVerifier } from './ed25519/signature-verifier.ts';
import {
  admittedKey,
  DELEGATION_KEY,
  delegatedCode,
  delegationIssuer,
  demoCode,
  demoContext,
  demoIssuer,
  demoKey,
  ISSUER_KEY,
  trustIn,
} from './testing/demo-issuer.ts';
import type { IssuerKey } from './trust/issuers.ts';
import { verify } from './verify.ts';

/*
 * A kid is eight bytes of a hash: two keys of one issuer may share it by accident, or because somebody tried 2^32 of
 * them. It chooses which keys to try and decides nothing.
 */
const TRUE_KEY = admittedKey(ISSUER_KEY);
const TWIN = admittedKey(demoKey('a twin'), { kid: ISSUER_KEY.kid });
const THIRD = admittedKey(demoKey('a third'), { kid: ISSUER_KEY.kid });

describe('keys of one kid', () => {
  it.each(orders([TRUE_KEY, TWIN, THIRD]))('are all tried, in any order: %s', (_, keys) => {
    expect(judge(keys)).toMatchObject({ outcome: 'accepted' });
  });

  it.each(orders([TWIN, THIRD]))(
    'of which none signed it are bad-signature, without an alarm: %s',
    (_, keys) => {
      expect(judge(keys)).toEqual({
        outcome: 'rejected',
        reason: 'bad-signature',
        detail: 'licence signature: invalid',
      });
    },
  );

  it('are tried for a delegation as well', () => {
    const kid = DELEGATION_KEY.kid;
    const keys = [demoKey('a twin'), DELEGATION_KEY].map((key) =>
      admittedKey(key, { kid, uses: ['delegation'] }),
    );
    const trust = trustIn(demoIssuer(), delegationIssuer({ keys }));
    expect(verify(delegatedCode(), demoContext({ trust }))).toMatchObject({ outcome: 'accepted' });
  });

  it('of another issuer are not tried: a kid of one’s choice opens nobody else’s name', () => {
    const trust = trustIn(demoIssuer({ keys: [TWIN] }), demoIssuer({ iss: 'another', keys: [TRUE_KEY] }));
    expect(verify(demoCode(), demoContext({ trust }))).toMatchObject({ reason: 'bad-signature' });
  });

  it('that are not admitted for this are not tried, though one of them signed it', () => {
    expect(judge([{ ...TRUE_KEY, uses: ['delegation'] }, TWIN])).toMatchObject({ reason: 'bad-signature' });
    expect(judge([{ ...TRUE_KEY, kinds: [] }, TWIN])).toMatchObject({ reason: 'bad-signature' });
  });
});

/*
 * A licence is true if one admitted key signed it, whatever happens under the others: refusing it would let whoever
 * gets a twin admitted stop an honest key. The alarm then lost is heard at the next code that no key signed.
 */
describe('two implementations that differ over one of the keys', () => {
  it.each(orders([TRUE_KEY, TWIN]))('do no harm where another key holds: accepted, %s', (_, keys) => {
    expect(judge(keys, differingOver(TWIN))).toMatchObject({ outcome: 'accepted' });
    expect(judge(keys, differingOver(TWIN))).not.toHaveProperty('alarm');
  });

  it.each(orders([THIRD, TWIN]))('are heard of where no key holds: an alarm, %s', (_, keys) => {
    expect(judge(keys, differingOver(TWIN))).toEqual({
      outcome: 'rejected',
      reason: 'bad-signature',
      detail: 'licence signature: disagreement',
      alarm: 'signature-disagreement',
    });
  });
});

function judge(keys: readonly IssuerKey[], verifier?: SignatureVerifier) {
  const trust = trustIn(demoIssuer({ keys }));
  return verify(demoCode(), demoContext(verifier ? { trust, verifier } : { trust }));
}

/** Every order of these keys, with its name. */
function orders(keys: readonly IssuerKey[]): [string, readonly IssuerKey[]][] {
  const all = permutations(keys);
  return all.map((order) => [order.map((key) => NAMES.get(key)).join(', '), order]);
}

const NAMES = new Map([
  [TRUE_KEY, 'the true one'],
  [TWIN, 'a twin'],
  [THIRD, 'a third'],
]);

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}

/** Two implementations that agree but under this key. */
function differingOver({ x }: IssuerKey): SignatureVerifier {
  const { verifier } = demoContext();
  return {
    name: 'both',
    check(signature, message, publicKey): SignatureCheck {
      if (Buffer.compare(publicKey, x) === 0) return 'disagreement';
      return verifier.check(signature, message, publicKey);
    },
  };
}
