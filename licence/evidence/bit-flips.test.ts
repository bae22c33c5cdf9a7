import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { toCodeText } from '../code-text.ts';
import { delegatedCode, demoCode, demoContext, demoLicence } from '../testing/demo-issuer.ts';
import { withBitFlipped } from '../testing/hex.ts';
import type { Reason, Verdict } from '../verdict.ts';
import { verify } from '../verify.ts';

const context = demoContext();
/** Thousands of codes each; a second where nothing else runs. */
const timeout = 30_000;

describe.each([
  ['two signatures', demoCode()],
  ['three signatures', delegatedCode()],
])('a code of %s', (_, code) => {
  it('is accepted as it is', () => {
    expect(verify(code, context)).toMatchObject({ outcome: 'accepted', licence: demoLicence() });
  });

  it('is refused with any single bit turned, and never shows anybody else’s licence', { timeout }, () => {
    const verdicts = Array.from({ length: code.length * 8 }, (_, bit) =>
      verify(withBitFlipped(code, bit), context),
    );
    expect(verdicts.filter((verdict) => !isRefusal(verdict))).toEqual([]);
  });

  it('is refused as text with any single character exchanged for another', { timeout }, () => {
    const text = toCodeText(code);
    const verdicts = [...text].flatMap((character, at) =>
      exchangesFor(character, at).map((other) =>
        verify(new TextEncoder().encode(text.slice(0, at) + other + text.slice(at + 1)), context),
      ),
    );
    expect(verdicts.filter((verdict) => !isRefusal(verdict))).toEqual([]);
  });

  it('is refused as text with any single character left out', () => {
    const text = toCodeText(code);
    const verdicts = [...text].map((_, at) =>
      verify(new TextEncoder().encode(text.slice(0, at) + text.slice(at + 1)), context),
    );
    expect(verdicts.filter((verdict) => !isRefusal(verdict))).toEqual([]);
  });
});

/** What damage may be called: nothing that presumes a signature which no longer holds, such as expired or revoked. */
const DAMAGE: readonly Reason[] = [
  'not-a-licence-code',
  'malformed',
  'unsupported',
  'unknown-issuer',
  'key-not-admitted',
  'bad-signature',
  'holder-proof-invalid',
  'delegation-invalid',
];

/** A licence that still comes with the verdict is the very one its issuer signed. */
function isRefusal({ outcome, reason, licence }: Verdict): boolean {
  if (outcome !== 'rejected' || !DAMAGE.includes(reason)) return false;
  return licence === undefined || isDeepStrictEqual(licence, demoLicence());
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** Three of the 45: both neighbours, another one at each place; and one that is no Base45. */
function exchangesFor(character: string, at: number): string[] {
  const digit = ALPHABET.indexOf(character);
  const away = [1, 44, 2 + (at % 42)];
  return [...new Set(away.map((distance) => ALPHABET.charAt((digit + distance) % 45))), 'a'];
}
