import { expect, test } from 'vitest';
import { ENROL, ENROLMENT, heldVerdict, SETTLEMENT, SessionRun, TRANSFER } from '../testing/session-run.ts';
import { MAX_CASE_LICENCES } from './case.ts';
import type { HeldVerdict } from './held-verdict.ts';
import { CASE_IDLE_MS, VERDICT_SHOWN_MS } from './session.ts';

const STAFF = { type: 'STAFF', present: true } as const;
const STAFF_LEFT = { type: 'STAFF', present: false } as const;
const SCANNED = { type: 'SCANNED' } as const;
const ADD_ANOTHER = { type: 'ADD_ANOTHER' } as const;
const BACK = { type: 'BACK' } as const;
const REFUSED = { outcome: 'rejected', reason: 'expired' } as const;
const [A, B] = [heldVerdict(1, 'A'), heldVerdict(2, 'B')];

test('a case for one matter waits for the first code', () => {
  const session = desk().send({ type: 'OPEN_CASE', service: ENROLMENT, matters: [ENROL] });
  expect(session.state).toBe('scanning');
  expect(session.context.case).toEqual({ service: ENROLMENT, matter: ENROL, verdicts: [] });
});

test('of several matters one is chosen first', () => {
  const session = desk().send({ type: 'OPEN_CASE', service: ENROLMENT, matters: [ENROL, TRANSFER] });
  expect(session.state).toBe('choosing');
  expect(session.can({ type: 'CHOOSE', id: 'divorce' })).toBe(false);
  session.send({ type: 'CHOOSE', id: 'transfer' });
  expect(session.context).toMatchObject({ case: { matter: TRANSFER }, choices: undefined });
});

test('a case may be opened without a matter', () => {
  const session = desk().send({ type: 'OPEN_CASE', service: ENROLMENT, matters: [] });
  expect(session.context.case).toEqual({ service: ENROLMENT, verdicts: [] });
});

test('a case begins empty: what was on the screen is forgotten', () => {
  const session = shown(desk(), A).send({ type: 'OPEN_CASE', service: ENROLMENT, matters: [ENROL] });
  expect(session.context).toMatchObject({ case: { verdicts: [] }, verdict: undefined });
});

test('nobody opens a case who isn’t logged in, or where the service collects none', () => {
  const noStaff = new SessionRun().send({ type: 'IN_SERVICE' });
  expect(noStaff.can({ type: 'OPEN_CASE', service: ENROLMENT, matters: [] })).toBe(false);
  expect(desk().can({ type: 'OPEN_CASE', service: SETTLEMENT, matters: [] })).toBe(false);
});

test('accepted licences of a service that collects them stand side by side without anybody opening a case', () => {
  const session = shown(shown(desk(), A), B);
  expect(session.context.case?.verdicts).toEqual([A, B]);
});

test('without staff one person’s licence is never put to another’s', () => {
  const session = shown(shown(new SessionRun().send({ type: 'IN_SERVICE' }), A), B);
  expect(session.context.case).toBeUndefined();
});

test('what was refused joins no case and opens none', () => {
  expect(shown(desk(), heldVerdict(1, 'A', REFUSED)).context.case).toBeUndefined();
  const session = shown(shown(desk(), A), heldVerdict(2, 'B', REFUSED));
  expect(session.context.case?.verdicts).toEqual([A]);
});

test('a verdict’s end leads back to the case; the licence itself is no longer on the screen', () => {
  const session = shown(desk(), A).pass(VERDICT_SHOWN_MS);
  expect(session.state).toBe('scanning');
  expect(session.context).toMatchObject({ verdict: undefined, case: { verdicts: [A] } });
});

test.for([ADD_ANOTHER, BACK])('$type leads from a verdict back to the case', (event) => {
  const session = shown(desk(), A).send(event);
  expect(session.state).toBe('scanning');
  expect(session.context.verdict).toBeUndefined();
});

test('a licence shown before anybody logged in joins the case that another is added to', () => {
  const session = shown(new SessionRun().send({ type: 'IN_SERVICE' }), A).send(STAFF, ADD_ANOTHER);
  expect(session.context.case?.verdicts).toEqual([A]);
});

test('another can be added after a refusal', () => {
  const session = shown(desk(), heldVerdict(1, 'A', REFUSED)).send(ADD_ANOTHER);
  expect(session.context.case).toEqual({ service: ENROLMENT, verdicts: [] });
});

test('nothing can be added to a full case', () => {
  const session = desk();
  for (let number = 1; number <= MAX_CASE_LICENCES; number++) {
    expect(session.context.verdict === undefined || session.can(ADD_ANOTHER)).toBe(true);
    shown(session, heldVerdict(number, `${number}`));
  }
  expect(session.can(ADD_ANOTHER)).toBe(false);
});

test('a case that nobody adds to is forgotten', () => {
  const session = shown(desk(), A).pass(VERDICT_SHOWN_MS + CASE_IDLE_MS);
  expect(session.state).toBe('clearing');
  expect(session.context.case).toBeUndefined();
});

test('a case with licences is left by saying so, not by going back', () => {
  const session = shown(desk(), A).send(ADD_ANOTHER);
  expect(session.can(BACK)).toBe(false);
  expect(session.send({ type: 'DISMISS' }).context.case).toBeUndefined();
});

test('a verdict of another service ends the case', () => {
  const session = shown(shown(desk(), A), B, SETTLEMENT);
  expect(session.context.case).toBeUndefined();
});

test('a verdict of another service that collects them begins a case of its own', () => {
  const other = { ...ENROLMENT, id: 'construction-permit' };
  const session = shown(shown(desk(), A), B, other);
  expect(session.context.case).toEqual({ service: other, verdicts: [B] });
});

test('when staff leave, the case and what they chose from are forgotten', () => {
  const scanning = shown(desk(), A).send(ADD_ANOTHER, STAFF_LEFT);
  expect(scanning.state).toBe('clearing');
  const choosing = desk().send(
    SCANNED,
    { type: 'CHOICES', verdicts: [A, B], service: ENROLMENT },
    STAFF_LEFT,
  );
  expect(choosing.state).toBe('clearing');
  for (const { context } of [scanning, choosing]) {
    expect(context).toMatchObject({ case: undefined, choices: undefined });
  }
});

test('when staff leave, a person keeps reading their verdict; the case is forgotten', () => {
  const session = shown(desk(), A).send(STAFF_LEFT);
  expect(session.state).toBe('verdict');
  expect(session.context).toMatchObject({ verdict: A, case: undefined });
});

test('there is no way back from a staffed counter to a case that is forgotten', () => {
  const session = shown(desk(), A).send(ADD_ANOTHER, { type: 'ASK_FOR_STAFF' }, STAFF_LEFT, BACK);
  expect(session.state).toBe('clearing');
});

test('of what a look-up found one is chosen, and joins the case', () => {
  const session = desk().send(SCANNED, { type: 'CHOICES', verdicts: [A, B], service: ENROLMENT });
  expect(session.state).toBe('choosing');
  session.send({ type: 'CHOOSE', id: '2' });
  expect(session.context).toMatchObject({ verdict: B, choices: undefined, case: { verdicts: [B] } });
  expect(session.view('counter').history.map(({ number }) => number)).toEqual([2]);
});

test('all that a look-up found and accepted join the case at once', () => {
  const refused = heldVerdict(3, 'C', { outcome: 'rejected', reason: 'revoked' });
  const session = desk().send(SCANNED, {
    type: 'CHOICES',
    verdicts: [A, B, refused],
    service: ENROLMENT,
  });
  expect(session.view('counter').screen).toMatchObject({ name: 'choosing', takesAll: true });
  session.send({ type: 'CHOOSE_ALL' });
  expect(session.state).toBe('scanning');
  expect(session.context).toMatchObject({ choices: undefined, case: { verdicts: [A, B] } });
  expect(session.view('counter').history.map(({ number }) => number)).toEqual([3, 2, 1]);
});

test('at a service without cases nothing is taken all at once', () => {
  const session = desk().send(SCANNED, { type: 'CHOICES', verdicts: [A, B], service: SETTLEMENT });
  expect(session.view('counter').screen).toMatchObject({ name: 'choosing', takesAll: false });
  session.send({ type: 'CHOOSE_ALL' });
  expect(session.state).toBe('choosing');
});

test('the one licence a look-up found needs no choosing', () => {
  const session = desk().send(SCANNED, { type: 'CHOICES', verdicts: [A], service: ENROLMENT });
  expect(session.state).toBe('verdict');
});

test('what a look-up found is shown to nobody once staff have left', () => {
  const session = desk().send(SCANNED, STAFF_LEFT, { type: 'CHOICES', verdicts: [A, B], service: ENROLMENT });
  expect(session.state).toBe('clearing');
  expect(session.context.choices).toBeUndefined();
});

test('going back from a look-up leads to the case it was for', () => {
  const session = shown(desk(), A).send(
    SCANNED,
    { type: 'CHOICES', verdicts: [A, B], service: ENROLMENT },
    BACK,
  );
  expect(session.state).toBe('scanning');
  expect(session.context.case?.verdicts).toEqual([A]);
});

function desk(): SessionRun {
  return new SessionRun().send({ type: 'IN_SERVICE' }, STAFF);
}

function shown(session: SessionRun, verdict: HeldVerdict, service = ENROLMENT): SessionRun {
  return session.send(SCANNED, { type: 'VERDICT', verdict, service });
}
