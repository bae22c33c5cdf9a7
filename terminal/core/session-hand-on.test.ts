import { expect, test } from 'vitest';
import { ENROLMENT, heldVerdict, SETTLEMENT, SessionRun } from '../testing/session-run.ts';
import { NOBODY, toHandOn } from './session-context.ts';

const STAFF = { type: 'STAFF', present: true } as const;
const SCANNED = { type: 'SCANNED' } as const;
const CHOOSE_BUSINESS = { type: 'CHOOSE_BUSINESS' } as const;
const BUSINESS = { zh: '费用结算', en: 'Settlement' };
const A = heldVerdict(1, 'A');

test('a business is chosen for an accepted licence', () => {
  expect(showing().send(CHOOSE_BUSINESS).view('kiosk').screen).toMatchObject({
    name: 'choosing-business',
    businesses: [{ type: '01101' }, { type: '01301', names: BUSINESS }],
  });
});

test('there is no business for a licence that was refused, nor at a service without any', () => {
  const verdict = heldVerdict(1, 'A', { outcome: 'rejected', reason: 'expired' });
  const refused = inviting().send(SCANNED, { type: 'VERDICT', verdict, service: SETTLEMENT });
  const none = inviting().send(SCANNED, { type: 'VERDICT', verdict: A, service: ENROLMENT });
  for (const session of [refused, none]) expect(session.can(CHOOSE_BUSINESS)).toBe(false);
});

test('what was handed on is forgotten at once; the screen keeps who has it, and for what', () => {
  const session = showing().send(CHOOSE_BUSINESS);
  const { turn } = session.context;
  session.send({ type: 'HANDED_ON', turn, receiver: 'hospital', business: BUSINESS });
  const handedOn = { receiver: 'hospital', business: BUSINESS };
  expect(session.context).toMatchObject({ ...NOBODY, handedOn });
  expect(session.view('kiosk').screen).toMatchObject({ name: 'handed-on', ...handedOn });
});

test('a case is handed on from where the next code is waited for', () => {
  const session = inviting().send(
    STAFF,
    SCANNED,
    { type: 'VERDICT', verdict: A, service: ENROLMENT },
    { type: 'ADD_ANOTHER' },
  );
  expect(toHandOn(session.context)).toEqual([A]);
  session.send({ type: 'HANDED_ON', turn: session.context.turn, receiver: 'school' });
  expect(session.context).toMatchObject({ case: undefined, handedOn: { receiver: 'school' } });
});

test.for(['HANDED_ON', 'NO_RECEIVER', 'REVEALED'] as const)(
  '%s that comes when the next person stands there does nothing',
  (type) => {
    const session = showing();
    const { turn } = session.context;
    const B = heldVerdict(2, 'B');
    session.send(STAFF, SCANNED, { type: 'VERDICT', verdict: B, service: SETTLEMENT });
    session.send({ type, turn, receiver: 'hospital', label: 1, value: 'whole A' });
    expect(session.state).toBe('verdict');
    expect(session.context).toMatchObject({ verdict: B, revealed: [] });
  },
);

test('a field is not shown whole once staff have left', () => {
  const session = showing().send(STAFF, { type: 'STAFF', present: false });
  const { turn } = session.context;
  expect(session.can({ type: 'REVEALED', turn, label: 1, value: 'whole A' })).toBe(false);
});

test('where no business system is there the person is sent to a counter, and can go back', () => {
  const session = showing().send(CHOOSE_BUSINESS);
  session.send({ type: 'NO_RECEIVER', turn: session.context.turn });
  expect(session.view('kiosk').screen).toMatchObject({ name: 'staffed-counter', why: 'no-receiver' });
  expect(session.send({ type: 'BACK' }).state).toBe('choosingBusiness');
});

test('of a licence on the screen and no case the licence is handed on; of a refused one nothing', () => {
  expect(toHandOn(showing().context)).toEqual([A]);
  const verdict = heldVerdict(1, 'A', { outcome: 'undetermined', reason: 'needs-network' });
  const open = inviting().send(SCANNED, { type: 'VERDICT', verdict, service: SETTLEMENT });
  expect(toHandOn(open.context)).toEqual([]);
});

function inviting(): SessionRun {
  return new SessionRun().send({ type: 'IN_SERVICE' });
}

function showing(): SessionRun {
  return inviting().send(SCANNED, { type: 'VERDICT', verdict: A, service: SETTLEMENT });
}
