import { expect, test } from 'vitest';
import { delegatedCode, demoContext, demoIssuer } from '../../licence/testing/demo-issuer.ts';
import { verify } from '../../licence/verify.ts';
import { DEMO_CATALOGUE } from '../testing/demo-catalogue.ts';
import { ENROL, heldVerdict, SETTLEMENT } from '../testing/session-run.ts';
import { type HandOnFacts, handOnOf } from './hand-on.ts';

const TRUST = { catalogue: DEMO_CATALOGUE, issuers: [demoIssuer()] };
const A = heldVerdict(1, 'A', { audit: { epoch: new Uint8Array(8), seq: 7 } });

test('the fields the service hands on go whole, in its order, by the names of the kind', () => {
  expect(
    handed({ service: { ...SETTLEMENT, handsOn: { fields: [20, 1], licence: false } } })?.fields,
  ).toEqual([
    { label: 20, names: { zh: '参保地', en: 'Insured region' }, value: 'region of A' },
    { label: 1, names: { zh: '姓名', en: 'Name' }, value: 'whole A' },
  ]);
});

test('no field goes that the service does not hand on, that the kind does not name or the licence does not state', () => {
  const service = { ...SETTLEMENT, handsOn: { fields: [2, 99], licence: false } };
  expect(handed({ service })?.fields).toEqual([]);
});

test('what a licence states by its claims alone is handed on as well', () => {
  const [kind, ...kinds] = DEMO_CATALOGUE.kinds;
  if (!kind) throw new Error('the demo catalogue has no kinds');
  const names = { zh: '发证机关', en: 'Issuer' };
  const fields = [{ label: 6, names, show: 'whole' as const }];
  const catalogue = { ...DEMO_CATALOGUE, kinds: [{ ...kind, fields }, ...kinds] };
  const service = { ...SETTLEMENT, handsOn: { fields: [6], licence: false } };
  expect(handed({ service, trust: { ...TRUST, catalogue } })?.fields).toEqual([
    { label: 6, names, value: '示例市医疗保障局' },
  ]);
});

test('the signed licence goes where the service says so, and nowhere else', () => {
  const service = { ...SETTLEMENT, handsOn: { fields: [], licence: true } };
  expect(handed({ service })?.licence).toEqual(A.held?.signedLicence);
  expect(handed()).not.toHaveProperty('licence');
});

test('it says what the acceptance rests on, and where its audit row stands', () => {
  const held = A.held;
  if (!held) throw new Error('the demo licence was not accepted');
  const evidence = { ...held.evidence, resolvedIat: 1_790_000_001 };
  expect(handed({ verdicts: [{ ...A, held: { ...held, evidence } }] })).toMatchObject({
    kind: 'medical-insurance',
    issuer: 'demo-issuer',
    statusIat: held.evidence.statusIat,
    resolvedIat: 1_790_000_001,
    audit: { seq: 7 },
  });
});

test('it says who showed the licence in the holder’s place', () => {
  const verdict = verify(delegatedCode(), demoContext());
  if (verdict.outcome !== 'accepted') throw new Error(`the demo code was ${verdict.reason}`);
  expect(handed({ verdicts: [{ ...A, held: verdict }] })?.delegate).toBe('990100198802290021');
  expect(handed()).not.toHaveProperty('delegate');
});

test('matter, business, case number and staff stand in it where there are any', () => {
  const facts = { matter: ENROL, businessType: '01301', caseNo: 'case 4711', staff: 's01' };
  expect(handOn(facts)).toMatchObject({
    ...facts,
    service: SETTLEMENT.id,
    matter: 'enrol',
    at: 1_790_000_000_000,
  });
  expect(Object.keys(handOn() ?? {})).toEqual(['service', 'at', 'licences']);
});

test('of several licences only the accepted are handed on', () => {
  const refused = heldVerdict(2, 'B', { outcome: 'rejected', reason: 'revoked' });
  const open = heldVerdict(3, 'C', { outcome: 'undetermined', reason: 'status-stale' });
  expect(handOn({ verdicts: [refused, A, open] })?.licences).toHaveLength(1);
  expect(handOn({ verdicts: [refused, open] })).toBeUndefined();
  expect(handOn({ verdicts: [{ ...A, outcome: 'rejected', reason: 'revoked' }] })).toBeUndefined();
});

test('a service that hands nothing on hands nothing on', () => {
  const { handsOn: _, ...service } = SETTLEMENT;
  expect(handOn({ service })).toBeUndefined();
});

function handOn(changes: Partial<HandOnFacts> = {}) {
  return handOnOf({ verdicts: [A], service: SETTLEMENT, trust: TRUST, at: 1_790_000_000_000, ...changes });
}

function handed(changes: Partial<HandOnFacts> = {}) {
  return handOn(changes)?.licences[0];
}
