import { expect, test } from 'vitest';
import type { Service } from '../../licence/trust/catalogue.ts';
import type { Offer } from '../contract.ts';
import { ENROLMENT, heldVerdict, SETTLEMENT } from '../testing/session-run.ts';
import { MAX_CASE_LICENCES } from './case.ts';
import { offersFor } from './offers.ts';
import { firstContext, type SessionContext } from './session-context.ts';

const ACCEPTED = heldVerdict(1, 'A');
const REFUSED = heldVerdict(1, 'A', { outcome: 'rejected', reason: 'expired' });
const CASE = { service: ENROLMENT, verdicts: [ACCEPTED] };

test.for<[string, Service, Partial<SessionContext>, readonly Offer[]]>([
  ['an accepted licence with businesses', SETTLEMENT, {}, ['choose-business', 'hand-on', 'reveal']],
  ['an accepted licence of a case', ENROLMENT, { case: CASE }, ['hand-on', 'add-another', 'reveal']],
  ['a refused licence', SETTLEMENT, { verdict: REFUSED }, []],
  [
    'a refused licence where a case is open',
    ENROLMENT,
    { verdict: REFUSED, case: CASE },
    ['hand-on', 'add-another'],
  ],
  [
    'a licence whose masked field is revealed',
    SETTLEMENT,
    { revealed: [{ label: 1, value: 'A' }] },
    ['choose-business', 'hand-on'],
  ],
  ['a service that hands nothing on', withoutHandOn(), {}, ['reveal']],
])('staff are offered what there is to do with %s', ([, service, changes, offers]) => {
  expect(offersFor('counter', showing(service, changes), true)).toEqual(offers);
});

test('a full case is not added to', () => {
  const verdicts = Array.from({ length: MAX_CASE_LICENCES }, () => ACCEPTED);
  const context = showing(ENROLMENT, { case: { ...CASE, verdicts } });
  expect(offersFor('counter', context, true)).not.toContain('add-another');
});

test('a patient is offered the choice of business and nothing else, whoever is logged in', () => {
  expect(offersFor('kiosk', showing(SETTLEMENT), true)).toEqual(['choose-business']);
  expect(offersFor('kiosk', showing(ENROLMENT, { case: CASE }), true)).toEqual([]);
});

test('at a counter without anybody logged in nothing is offered that is for staff', () => {
  expect(offersFor('counter', showing(SETTLEMENT), false)).toEqual([]);
  expect(offersFor('counter', showing(ENROLMENT), false)).toEqual([]);
});

function showing(service: Service, changes: Partial<SessionContext> = {}): SessionContext {
  return { ...firstContext({ monotonic: () => 0 }), verdict: ACCEPTED, service, ...changes };
}

function withoutHandOn(): Service {
  const { handsOn: _, businesses: __, ...service } = SETTLEMENT;
  return service;
}
