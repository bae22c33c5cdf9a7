import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bothVerifier } from '../../licence/ed25519/both-verifier.ts';
import { COMMON_LABEL } from '../../licence/field-label.ts';
import { checkCertificateId } from '../../licence/identifier/certificate-id.ts';
import { checkIdCard } from '../../licence/identifier/id-card.ts';
import { checkUscc } from '../../licence/identifier/uscc.ts';
import { parseIssuers } from '../../licence/trust/issuers.ts';
import { REJECTED, UNDETERMINED } from '../../licence/verdict.ts';
import { exampleVerdicts } from './example-verdicts.ts';
import { BOUND_LICENCE, COMPANY_LICENCE, EXAMPLE_DELEGATION, STATIC_LICENCE } from './example-world.ts';
import { specBlocks } from './spec-blocks.ts';
import { tableUnder, withBlocks } from './spec-document.ts';

const document = readFileSync(new URL('../../docs/licence-code.md', import.meta.url), 'utf8');
const verifier = bothVerifier();
const verdicts = [...exampleVerdicts(verifier)].flatMap(([name, all]) =>
  all.map((one) => ({ ...one, title: `${name}: ${one.situation}` })),
);
const reasons = ['accepted', ...REJECTED, ...UNDETERMINED];

describe('the document', () => {
  it('has in its generated blocks what the code gives (else: npm run spec)', () => {
    expect(withBlocks(document, specBlocks(verifier))).toBe(document);
  });

  it('explains every reason of a verdict, in their order, with its outcome', () => {
    const outcomes = [
      ['`accepted`', 'accepted'],
      ...REJECTED.map((reason) => [`\`${reason}\``, 'rejected']),
      ...UNDETERMINED.map((reason) => [`\`${reason}\``, 'undetermined']),
    ];
    const rows = tableUnder(document, '## 13. Reasons');
    expect(rows.map((cells) => cells.slice(0, 2))).toEqual(outcomes);
    expect(rows.filter(([, , check, meaning]) => !check || !meaning)).toEqual([]);
  });

  it('names the same checks in its table of reasons and in its table of checks', () => {
    const byCheck = tableUnder(document, '## 12. Order of checks').flatMap(([check, , refusals = '']) =>
      [...refusals.matchAll(/`([a-z-]+)`/g)].map(([, reason]) => `${reason} ${check}`),
    );
    const byReason = tableUnder(document, '## 13. Reasons').flatMap(([reason = '', , checks = '']) =>
      [...checks.matchAll(/\d+/g)].map(([check]) => `${reason.replaceAll('`', '')} ${check}`),
    );
    expect(byReason.sort()).toEqual(byCheck.sort());
  });

  it('gives no verdict that there is none of', () => {
    const given = [...document.matchAll(/(rejected|undetermined), `([a-z-]+)`/g)];
    expect(given.length).toBeGreaterThan(0);
    for (const [, outcome, reason] of given) {
      expect(outcome === 'rejected' ? REJECTED : UNDETERMINED).toContain(reason);
    }
  });

  it.each([
    ['too-large', '1 MiB', new Uint8Array(2 ** 20 + 1), new Uint8Array(2 ** 20)],
    ['too-many-items', '100,000 items', arrayOfZeros(100_000), arrayOfZeros(99_999)],
  ])('states the limit of issuers.cbor past which it is %s', (fault, stated, past, within) => {
    expect(document).toContain(stated);
    expect(parseIssuers(past)).toContain(fault);
    expect(parseIssuers(within)).not.toContain(fault);
  });
});

describe('a worked example', () => {
  it.each(verdicts)('$title: $expected', ({ expected, verdict }) => {
    expect(verdict?.reason).toBe(expected);
  });

  it('is there for every reason', () => {
    const shown = new Set<string>(verdicts.map(({ expected }) => expected));
    expect(reasons.filter((reason) => !shown.has(reason))).toEqual([]);
  });

  it('has identifiers whose check characters hold', () => {
    const licences = [STATIC_LICENCE, BOUND_LICENCE, COMPANY_LICENCE];
    expect(licences.map(({ sub }) => checkCertificateId(sub))).toEqual(['ok', 'ok', 'ok']);
    expect(checkUscc(EXAMPLE_DELEGATION.principal)).toBe('ok');
    expect(checkIdCard(EXAMPLE_DELEGATION.sub)).toBe('ok');
    expect(checkIdCard(String(BOUND_LICENCE.fields.get(COMMON_LABEL.holderCode)))).toBe('ok');
  });
});

function arrayOfZeros(length: number): Uint8Array {
  const head = Uint8Array.of(0x9a, length >> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff);
  return new Uint8Array(Buffer.concat([head, new Uint8Array(length)]));
}
