import { expect, test } from 'vitest';
import type { Face, Outcome, Reason, ShownField } from '../contract.ts';
import { ENROL, ENROLMENT, heldVerdict, SETTLEMENT, SessionRun, TRANSFER } from '../testing/session-run.ts';
import { type SessionEvent, VERDICT_SHOWN_MS } from './session.ts';
import { viewFor } from './view.ts';

const HOLDER = 'patient A';
const STAFF = { type: 'STAFF', present: true } as const;
const SCANNED = { type: 'SCANNED' } as const;

test.for<Face>(['kiosk', 'counter'])('at the %s an accepted licence shows kind and fields', (face) => {
  const screen = showing('accepted', 'accepted').view(face).screen;
  expect(screen).toMatchObject({ outcome: 'accepted', kind: { en: 'Medical insurance' } });
  expect(JSON.stringify(screen)).toContain(`region of ${HOLDER}`);
});

test.for<[Outcome, Reason]>([
  ['rejected', 'revoked'],
  ['rejected', 'expired'],
  ['undetermined', 'status-stale'],
])('a patient sees neither kind nor fields of a licence that was %s (%s)', ([outcome, reason]) => {
  const screen = showing(outcome, reason).view('kiosk').screen;
  expect(screen).toMatchObject({ name: 'verdict', outcome, reason, fields: [] });
  expect(screen).not.toHaveProperty('kind');
});

test('staff see kind and masked holder of a refused licence, and no further field', () => {
  const screen = showing('rejected', 'revoked').view('counter').screen;
  expect(screen).toMatchObject({
    kind: { en: 'Medical insurance' },
    fields: [{ label: { en: 'Name' }, value: `masked ${HOLDER}` }],
  });
  expect(JSON.stringify(screen)).not.toContain('region');
});

test('a code without a verified licence shows nothing of itself to anybody', () => {
  const { licence: _, ...unverified } = heldVerdict(1, HOLDER, { outcome: 'rejected', reason: 'malformed' });
  const session = new SessionRun().send(
    { type: 'IN_SERVICE' },
    { type: 'SCANNED' },
    { type: 'VERDICT', verdict: unverified, service: SETTLEMENT },
  );
  for (const face of ['kiosk', 'counter'] as const) {
    expect(session.view(face).screen).not.toHaveProperty('kind');
    expect(session.view(face).screen).toMatchObject({ fields: [] });
  }
});

test('the history is for staff alone', () => {
  const session = showing('accepted', 'accepted');
  expect(session.view('kiosk').history).toEqual([]);
  expect(session.view('counter').history).toHaveLength(1);
});

test('a view says how long its verdict still shows', () => {
  const session = showing('accepted', 'accepted').pass(10_000);
  expect(session.view('kiosk').screen).toMatchObject({ clearsInMs: VERDICT_SHOWN_MS - 10_000 });
});

test('a field that staff had shown whole is shown whole at the counter, and never at the kiosk', () => {
  const session = revealed();
  expect(fieldsOf(session, 'counter')).toContainEqual({
    label: { zh: '姓名', en: 'Name' },
    value: `whole ${HOLDER}`,
  });
  expect(JSON.stringify(session.view('kiosk'))).not.toContain('whole');
});

test.for<[string, SessionEvent[]]>([
  ['the screen was left and come back to', [{ type: 'CHOOSE_BUSINESS' }, { type: 'BACK' }]],
  [
    'staff left',
    [
      { type: 'STAFF', present: false },
      { type: 'STAFF', present: true },
    ],
  ],
])('a field shown whole is masked again once %s', ([, events]) => {
  const session = revealed().send(...events);
  expect(session.view('counter').screen).toMatchObject({
    name: 'verdict',
    offers: expect.arrayContaining(['reveal']),
  });
  expect(JSON.stringify(session.view('counter'))).not.toContain('whole');
});

test('a masked field carries the number to reveal it by for staff alone', () => {
  const session = showing('accepted', 'accepted');
  for (const face of ['kiosk', 'counter'] as const)
    expect(fieldsOf(session, face).some(({ masked }) => masked !== undefined)).toBe(false);
  session.send(STAFF);
  expect(fieldsOf(session, 'kiosk').some(({ masked }) => masked !== undefined)).toBe(false);
  expect(fieldsOf(session, 'counter').some(({ masked }) => masked === 1)).toBe(true);
});

test('nothing of a refused licence can be revealed', () => {
  const session = showing('rejected', 'expired').send(STAFF);
  expect(session.can({ type: 'REVEALED', turn: session.context.turn, label: 1, value: 'whole' })).toBe(false);
  expect(JSON.stringify(session.view('counter').screen)).not.toContain('"masked":');
});

test('while staff choose or collect, the kiosk shows that a code may be shown', () => {
  const scanning = inviting().send(STAFF, { type: 'OPEN_CASE', service: ENROLMENT, matters: [ENROL] });
  const choosing = inviting().send(STAFF, {
    type: 'OPEN_CASE',
    service: ENROLMENT,
    matters: [ENROL, TRANSFER],
  });
  for (const session of [scanning, choosing]) {
    expect(session.view('kiosk').screen).toEqual({ name: 'inviting' });
    expect(session.can({ type: 'SCANNED' })).toBe(true);
  }
  expect(scanning.view('counter').screen).toMatchObject({ name: 'scanning', case: { lacks: [{}, {}] } });
  expect(choosing.view('counter').screen).toMatchObject({
    name: 'choosing',
    what: 'matter',
    choices: [{ id: 'enrol', names: ENROL.names, fields: [] }, { id: 'transfer' }],
  });
});

test('of what a look-up found staff see what tells the licences apart, masked', () => {
  const found = [heldVerdict(1, 'A'), heldVerdict(2, 'B', { outcome: 'rejected', reason: 'revoked' })];
  const session = inviting().send(STAFF, SCANNED, { type: 'CHOICES', verdicts: found, service: ENROLMENT });
  const name = { zh: '姓名', en: 'Name' };
  expect(session.view('counter').screen).toMatchObject({
    what: 'licence',
    choices: [
      {
        id: '1',
        outcome: 'accepted',
        fields: [
          { label: { zh: '参保地', en: 'Region' }, value: 'region of A' },
          { label: name, value: 'masked A' },
        ],
      },
      { id: '2', outcome: 'rejected', fields: [{ label: name, value: 'masked B' }] },
    ],
  });
});

test('the case a licence was added to is for staff alone', () => {
  const session = inviting().send(STAFF, SCANNED, {
    type: 'VERDICT',
    verdict: heldVerdict(1, HOLDER),
    service: ENROLMENT,
  });
  expect(session.view('counter').screen).toMatchObject({ case: { licences: [{ number: 1 }] } });
  expect(session.view('kiosk').screen).not.toHaveProperty('case');
});

test('who does maintenance is told to the counter alone', () => {
  const session = inviting().send({ type: 'MAINTENANCE', staff: 'm01' });
  expect(session.view('counter').screen).toEqual({ name: 'maintenance', staff: 'm01' });
  expect(JSON.stringify(session.view('kiosk'))).not.toContain('m01');
});

test('the desk is the counter’s, and empty without anybody logged in', () => {
  const session = inviting();
  const nothing = { matters: [], lookUps: [], services: [], revealReasons: [] };
  expect(session.view('counter').desk).toEqual(nothing);
  session.send(STAFF);
  expect(session.view('counter').desk).toMatchObject({ staff: { id: 's01' }, matters: [{ id: 'enrol' }] });
  expect(session.view('kiosk')).not.toHaveProperty('desk');
});

test('somebody the session does not know to be logged in is offered nothing', () => {
  const session = showing('accepted', 'accepted');
  const { service, scanner, city } = session.view('counter');
  const desk = { matters: [], lookUps: ['id' as const], services: [], revealReasons: [] };
  const surroundings = { service, scanner, city, monotonicMs: 0, staff: { id: 's01', name: 'Li' }, desk };
  const view = viewFor('counter', session.snapshot, surroundings);
  expect(view.desk).toMatchObject({ lookUps: [] });
  expect(view.desk).not.toHaveProperty('staff');
  expect(view.screen).toMatchObject({ offers: [] });
});

function revealed(): SessionRun {
  const session = showing('accepted', 'accepted').send(STAFF);
  const { turn } = session.context;
  return session.send({ type: 'REVEALED', turn, label: 1, value: `whole ${HOLDER}` });
}

function fieldsOf(session: SessionRun, face: Face): readonly ShownField[] {
  const { screen } = session.view(face);
  return screen.name === 'verdict' ? screen.fields : [];
}

function inviting(): SessionRun {
  return new SessionRun().send({ type: 'IN_SERVICE' });
}

function showing(outcome: Outcome, reason: Reason): SessionRun {
  return new SessionRun().send(
    { type: 'IN_SERVICE' },
    { type: 'SCANNED' },
    { type: 'VERDICT', verdict: heldVerdict(1, HOLDER, { outcome, reason }), service: SETTLEMENT },
  );
}
