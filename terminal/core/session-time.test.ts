import { describe, expect, test } from 'vitest';
import { ENROL, ENROLMENT, heldVerdict, SETTLEMENT, SessionRun, TRANSFER } from '../testing/session-run.ts';
import {
  CASE_IDLE_MS,
  CHOOSING_MS,
  HANDED_ON_MS,
  MAX_EXTENSIONS,
  STAFFED_COUNTER_MS,
  VERDICT_SHOWN_MS,
  WARNED_FOR_MS,
} from './session.ts';
import { PERSON_STATES, type PersonState } from './session-context.ts';

const MORE_TIME = { type: 'MORE_TIME' } as const;
const ASK_FOR_STAFF = { type: 'ASK_FOR_STAFF' } as const;
const BACK = { type: 'BACK' } as const;

const SHOWN_MS = {
  choosing: CHOOSING_MS,
  scanning: CASE_IDLE_MS,
  verdict: VERDICT_SHOWN_MS,
  choosingBusiness: CHOOSING_MS,
  handedOn: HANDED_ON_MS,
  staffedCounter: STAFFED_COUNTER_MS,
} satisfies Record<PersonState, number>;

describe.for(PERSON_STATES)('a person in front of %s', (state) => {
  test('is warned 20 seconds before it ends, not sooner', () => {
    const session = standing(state).pass(SHOWN_MS[state] - WARNED_FOR_MS - 1);
    expect(session.view('counter').screen).toMatchObject({ warns: false, clearsInMs: WARNED_FOR_MS + 1 });
    session.pass(1);
    expect(session.view('counter').screen).toMatchObject({ warns: true, clearsInMs: WARNED_FOR_MS });
    expect(session.pass(WARNED_FOR_MS - 1).state).toBe(state);
    expect(session.pass(1).state).toBe('clearing');
  });

  test('can put that off ten times, each time for the whole of it', () => {
    const session = standing(state);
    for (let left = MAX_EXTENSIONS; left > 0; left--) {
      session.pass(SHOWN_MS[state] - 1);
      expect(session.view('counter').screen).toMatchObject({ warns: true, extensions: left });
      session.send(MORE_TIME);
      expect(session.view('counter').screen).toMatchObject({ warns: false, clearsInMs: SHOWN_MS[state] });
    }
    expect(session.can(MORE_TIME)).toBe(false);
    expect(session.pass(SHOWN_MS[state]).state).toBe('clearing');
  });

  test('can ask for more before being warned', () => {
    const session = standing(state).pass(1000).send(MORE_TIME);
    expect(session.view('counter').screen).toMatchObject({ clearsInMs: SHOWN_MS[state] });
    expect(session.pass(SHOWN_MS[state] - 1).state).toBe(state);
  });

  test('can say that they are done', () => {
    expect(standing(state).send({ type: 'DISMISS' }).state).toBe('clearing');
  });

  test('gives way to a code', () => {
    expect(standing(state).send({ type: 'SCANNED' }).state).toBe('verifying');
  });
});

test.for(['choosing', 'scanning', 'verdict', 'choosingBusiness', 'handedOn'] as const)(
  'from %s a person is sent to a staffed counter when they ask, and comes back',
  (state) => {
    const session = standing(state).send(ASK_FOR_STAFF);
    expect(session.view('counter').screen).toMatchObject({ name: 'staffed-counter', why: 'asked' });
    expect(session.send(BACK).state).toBe(state);
  },
);

test('at least ten times are the least that WCAG 2.2 asks for, and 20 seconds to ask in', () => {
  expect(MAX_EXTENSIONS).toBeGreaterThanOrEqual(10);
  expect(WARNED_FOR_MS).toBeGreaterThanOrEqual(20_000);
});

test('somebody who asks for staff before showing a code comes back to the invitation', () => {
  const session = new SessionRun().send({ type: 'IN_SERVICE' }, ASK_FOR_STAFF);
  expect(session.state).toBe('staffedCounter');
  expect(session.send(BACK).state).toBe('inviting');
});

test.for([
  ['choosingBusiness', 'verdict'],
  ['verdict', 'clearing'],
  ['handedOn', 'clearing'],
  ['choosing', 'clearing'],
  ['scanning', 'clearing'],
] as const)('back from %s is %s', ([state, before]) => {
  expect(standing(state).send(BACK).state).toBe(before);
});

test('more time is not for a screen that nobody stands in front of', () => {
  expect(new SessionRun().send({ type: 'IN_SERVICE' }).can(MORE_TIME)).toBe(false);
});

function standing(state: PersonState): SessionRun {
  const session = new SessionRun().send({ type: 'IN_SERVICE' });
  switch (state) {
    case 'choosing':
      return session.send(STAFF, { type: 'OPEN_CASE', service: ENROLMENT, matters: [ENROL, TRANSFER] });
    case 'scanning':
      return session.send(STAFF, { type: 'OPEN_CASE', service: ENROLMENT, matters: [ENROL] });
    case 'verdict':
      return session.send(...SHOWN);
    case 'choosingBusiness':
      return session.send(...SHOWN, { type: 'CHOOSE_BUSINESS' });
    case 'handedOn': {
      const { turn } = session.send(...SHOWN).context;
      return session.send({ type: 'HANDED_ON', turn, receiver: 'hospital' });
    }
    case 'staffedCounter':
      return session.send(...SHOWN, ASK_FOR_STAFF);
    default:
      return state satisfies never;
  }
}

const STAFF = { type: 'STAFF', present: true } as const;
const SHOWN = [
  { type: 'SCANNED' },
  { type: 'VERDICT', verdict: heldVerdict(1, 'A'), service: SETTLEMENT },
] as const;
