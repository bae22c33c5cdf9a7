import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matter } from '../../licence/trust/catalogue.ts';
import { ENROL, ENROLMENT, heldVerdict } from '../testing/session-run.ts';
import { addToCase, isFull, lacks, MAX_CASE_LICENCES, type OpenCase, shownCase } from './case.ts';
import type { HeldVerdict } from './held-verdict.ts';

const EMPTY: OpenCase = { service: ENROLMENT, matter: ENROL, verdicts: [] };
const HOUSEHOLD = heldVerdict(1, 'A', { kind: 'household-registration' });
const HOME = heldVerdict(2, 'A', { kind: 'residence-permit' });

test('an empty case lacks everything, in the matter’s order', () => {
  expect(names(EMPTY)).toEqual(['Household', 'Home']);
});

test('one licence meets one need alone, although it could meet either', () => {
  expect(names(addToCase(EMPTY, HOUSEHOLD))).toEqual(['Home']);
});

test('a licence makes room for another that could meet only its need', () => {
  const matter = { ...ENROL, needs: ENROL.needs.toReversed() };
  // alone, the household would count as the home, which stands first
  expect(names({ ...EMPTY, matter, verdicts: [HOUSEHOLD] })).toEqual(['Household']);
  expect(names({ ...EMPTY, matter, verdicts: [HOUSEHOLD, HOME] })).toEqual([]);
});

test('a second licence of a kind meets nothing that the first has met', () => {
  const other = heldVerdict(3, 'B', { kind: 'residence-permit' });
  expect(names({ ...EMPTY, verdicts: [HOME, other] })).toEqual(['Household']);
});

test('a case without a matter lacks nothing', () => {
  expect(lacks({ service: ENROLMENT, verdicts: [HOME] })).toEqual([]);
});

test('as many needs are met as can be, whatever is needed and whatever came in whatever order', () => {
  const kinds = fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 });
  const held = HOME.held;
  if (!held) throw new Error('the demo licence was not accepted');
  const ofKind = (kind: string): HeldVerdict => ({
    ...HOME,
    held: { ...held, licence: { ...held.licence, kind } },
  });
  fc.assert(
    fc.property(
      fc.array(kinds, { maxLength: 4 }),
      fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 5 }),
      (needed, shown) => {
        const needs = needed.map((one, i) => ({ names: { zh: `${i}`, en: `${i}` }, kinds: one }));
        const open = { ...EMPTY, matter: { ...ENROL, needs }, verdicts: shown.map(ofKind) };
        expect(needs.length - lacks(open).length).toBe(mostMet(needs, shown));
      },
    ),
  );
});

test('the same licence again takes the place of its earlier verdict', () => {
  const again = heldVerdict(9, 'A', { kind: 'residence-permit' });
  const open = [HOME, HOUSEHOLD, again].reduce(addToCase, EMPTY);
  expect(open.verdicts.map(({ number }) => number)).toEqual([9, 1]);
});

test('what was not accepted is not added', () => {
  const refused = heldVerdict(1, 'A', { outcome: 'rejected', reason: 'revoked' });
  const open = heldVerdict(2, 'A', { outcome: 'undetermined', reason: 'needs-network' });
  expect([refused, open].reduce(addToCase, EMPTY)).toEqual(EMPTY);
});

test('a full case stays as it is, but for a licence that is in it already', () => {
  const full = Array.from({ length: MAX_CASE_LICENCES }, (_, i) => heldVerdict(i, `${i}`)).reduce(
    addToCase,
    EMPTY,
  );
  expect(isFull(full)).toBe(true);
  expect(addToCase(full, heldVerdict(99, 'one more'))).toEqual(full);
  expect(addToCase(full, heldVerdict(99, '3')).verdicts[3]?.number).toBe(99);
});

test('staff see kinds and masked holders of a case, and nothing to reveal it by', () => {
  const shown = shownCase(addToCase(EMPTY, HOME));
  expect(shown).toEqual({
    matter: ENROL.names,
    licences: [
      {
        number: 2,
        kind: { zh: '医保电子凭证', en: 'Medical insurance' },
        holder: [{ label: { zh: '姓名', en: 'Name' }, value: 'masked A' }],
      },
    ],
    lacks: [{ zh: '户口', en: 'Household' }],
  });
});

function names(open: OpenCase): readonly string[] {
  return lacks(open).map(({ en }) => en);
}

/** By trying everything. */
function mostMet(needs: Matter['needs'], shown: readonly string[]): number {
  const [need, ...rest] = needs;
  if (!need) return 0;
  const with_ = shown.flatMap((kind, at) =>
    need.kinds.includes(kind) ? [1 + mostMet(rest, shown.toSpliced(at, 1))] : [],
  );
  return Math.max(mostMet(rest, shown), ...with_);
}
