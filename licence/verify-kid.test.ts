import { describe, expect, it } from 'vitest';
import type { SignatureVerifier } from './ed25519/signature-verifier.ts';
import {
  admittedKey,
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
 * his own. It chooses which keys to try and decides nothing.
 */
const TRUE_KEY = admittedKey(ISSUER_KEY);
const TWIN = admittedKey(demoKey('a twin'), { kid: ISSUER_KEY.kid });
const THIRD = admittedKey(demoKey('a third'), { kid: ISSUER_KEY.kid });

it('a kid of one’s own choice opens nobody else’s name', () => {
  const trust = trustIn(demoIssuer({ keys: [TWIN] }), demoIssuer({ iss: 'another', keys: [TRUE_KEY] }));
  expect(verify(demoCode(), demoContext({ trust }))).toMatchObject({ reason: 'bad-signature' });
});

/*
 * A licence is true if one admitted key signed it, whatever happens under the others: refusing it would let whoever
 * gets a twin admitted stop an honest key. The alarm then lost is heard at the next code that no key signed.
 */
describe('two implementations that differ over one of the keys of a kid', () => {
  it.each([
    ['first', [TWIN, TRUE_KEY]],
    ['last', [TRUE_KEY, TWIN]],
  ])('do no harm where another key holds: accepted, the doubtful one %s', (_, keys) => {
    const verdict = judge(keys, differingOver(TWIN));
    expect(verdict).toMatchObject({ outcome: 'accepted' });
    expect(verdict).not.toHaveProperty('alarm');
  });

  it.each([
    ['first', [TWIN, THIRD]],
    ['last', [THIRD, TWIN]],
  ])('are heard of where no key holds: an alarm, the doubtful one %s', (_, keys) => {
    expect(judge(keys, differingOver(TWIN))).toEqual({
      outcome: 'rejected',
      reason: 'bad-signature',
      detail: 'licence signature: disagreement',
      alarm: 'signature-disagreement',
    });
  });

  it('are not heard of over a key that may not sign this: it is not tried', () => {
    const twin = { ...TWIN, kinds: [] };
    expect(judge([twin, THIRD], differingOver(twin))).toEqual({
      outcome: 'rejected',
      reason: 'bad-signature',
      detail: 'licence signature: invalid',
    });
  });
});

function judge(keys: readonly IssuerKey[], verifier: SignatureVerifier) {
  return verify(demoCode(), demoContext({ trust: trustIn(demoIssuer({ keys })), verifier }));
}

/** Two implementations that agree but under this key. */
function differingOver({ x }: IssuerKey): SignatureVerifier {
  const { verifier } = demoContext();
  return {
    name: 'both',
    check: (signature, message, publicKey) =>
      Buffer.compare(publicKey, x) === 0 ? 'disagreement' : verifier.check(signature, message, publicKey),
  };
}
