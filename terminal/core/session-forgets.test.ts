import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ENROL,
  ENROLMENT,
  heldLicence,
  heldVerdict,
  SETTLEMENT,
  SessionRun,
  TRANSFER,
} from '../testing/session-run.ts';
import type { HeldLicence, HeldVerdict } from './held-verdict.ts';
import {
  CASE_IDLE_MS,
  CLEARING_MS,
  SETTINGS_KEPT_MS,
  type SessionEvent,
  type SessionState,
  VERDICT_SHOWN_MS,
  WARNED_FOR_MS,
} from './session.ts';
import { DEFAULT_SETTINGS, NOBODY, PERSON_STATES, type PersonState } from './session-context.ts';

/** What may happen; a number lets so many milliseconds pass. */
const STEPS = [
  'code',
  'accepted',
  'accepted',
  'rejected',
  'found',
  'choose',
  'choose all',
  'case',
  'another',
  'business',
  'begin',
  'handed on',
  'no receiver',
  'revealed',
  'dismiss',
  'back',
  'ask',
  'more time',
  'settings',
  'staff',
  'no staff',
  'lost',
  'in service',
  'other service',
  'maintenance',
  'maintained',
  1,
  CLEARING_MS,
  VERDICT_SHOWN_MS - WARNED_FOR_MS,
  WARNED_FOR_MS,
  SETTINGS_KEPT_MS,
  CASE_IDLE_MS,
] as const;
type Step = (typeof STEPS)[number];

/** Every third is there for a settlement. */
const THIRD_PERSON = ['code', 'rejected', 'code', 'rejected', 'code'] as const;

/** One way to each screen that somebody stands in front of. */
const WAY_TO: Readonly<Record<PersonState | 'verifying', readonly Step[]>> = {
  choosing: ['staff', 'code', 'found'],
  scanning: ['staff', 'case', 'code', 'accepted', 'another'],
  verifying: ['code'],
  verdict: ['code', 'accepted'],
  choosingBusiness: [...THIRD_PERSON, 'accepted', 'business'],
  handedOn: [...THIRD_PERSON, 'accepted', 'business', 'begin', 'handed on'],
  staffedCounter: ['ask'],
};

const anySteps = fc.array(fc.constantFrom(...STEPS), { maxLength: 60, size: 'max' });
/** At a hundred runs of 60 steps a fault that takes five certain steps in a row was passed over. */
const MANY_RUNS = 1000;
const NOBODY_THERE: readonly SessionState[] = ['outOfService', 'inviting', 'clearing', 'maintenance'];

test('nothing of an earlier person is left in memory or on any screen, whatever happens in whatever order', () => {
  const licences = new Map<number, HeldLicence>();
  fc.assert(
    fc.property(anySteps, (steps) => {
      const crowd = new Crowd(licences);
      crowd.onStep(() => {
        const { session, latest } = crowd;
        if (NOBODY_THERE.includes(session.state)) {
          expect({ ...session.context, settings: NOBODY.settings }).toMatchObject(NOBODY);
          crowd.gone = latest;
        }
        const { case: open, request: _, ...others } = session.context;
        // side by side in a case stand licences of those who came since it was opened, for staff alone
        for (const person of traces(open)) expect(person).toBeGreaterThan(crowd.gone);
        for (const person of traces(others)) expect(person).toBe(latest);
        if (open) expect(session.context.staffed).toBe(true);
      });
      crowd.go(steps);
    }),
    { numRuns: MANY_RUNS },
  );
});

test('no screen shows more than its face may see, whatever happens in whatever order', () => {
  const licences = new Map<number, HeldLicence>();
  fc.assert(
    fc.property(anySteps, (steps) => {
      const crowd = new Crowd(licences);
      crowd.onStep(() => {
        const { session, latest } = crowd;
        const [kiosk, counter] = [session.view('kiosk'), session.view('counter')];
        expect(traces([kiosk, counter].map(({ history }) => history))).toEqual([]);
        for (const person of traces(kiosk)) expect(person).toBe(latest);
        expect(JSON.stringify([kiosk, counter])).not.toContain(CASE_NO);
        expect(JSON.stringify(kiosk)).not.toMatch(/whole|"masked":|"case":|"lacks":|"desk":|"choices":/);
        const { staffed } = session.context;
        const whole = /whole patient/.test(JSON.stringify(counter));
        if (whole) expect([staffed, session.state]).toEqual([true, 'verdict']);
        if (!staffed) expect(JSON.stringify(counter)).not.toMatch(/"masked":|"case":|"choices":|"staff":\{/);
      });
      crowd.go(steps);
    }),
    { numRuns: MANY_RUNS },
  );
});

test('settings are those of whoever is there, or none', () => {
  const licences = new Map<number, HeldLicence>();
  fc.assert(
    fc.property(anySteps, (steps) => {
      const crowd = new Crowd(licences);
      let before: SessionState = 'starting';
      crowd.onStep(() => {
        const { session } = crowd;
        const left =
          before === 'clearing' || session.state === 'outOfService' || session.state === 'maintenance';
        if (left && session.state !== before) crowd.chose &&= crowd.choosing;
        before = session.state;
        if (!crowd.chose) expect(session.context.settings).toEqual(DEFAULT_SETTINGS);
      });
      crowd.go(steps);
    }),
  );
});

test('nobody is cut off without 20 seconds of warning, but by a code, a press, staff or a fault', () => {
  const licences = new Map<number, HeldLicence>();
  fc.assert(
    fc.property(anySteps, (steps) => {
      const crowd = new Crowd(licences);
      let before: SessionState = 'starting';
      let warnedSince = Number.NaN;
      crowd.onStep(() => {
        const { session } = crowd;
        const { state, monotonicMs } = session;
        const wasCutOff = isPerson(before) && state !== before && crowd.waiting;
        if (wasCutOff) expect(monotonicMs - warnedSince).toBeGreaterThanOrEqual(WARNED_FOR_MS);
        before = state;
        if (!session.snapshot.hasTag('warns')) warnedSince = Number.NaN;
        else if (Number.isNaN(warnedSince)) warnedSince = monotonicMs;
      });
      crowd.go(steps);
    }),
  );
});

test('there is a way out of every screen a person can come to: done, and back or to staff', () => {
  const licences = new Map<number, HeldLicence>();
  fc.assert(
    fc.property(anySteps, (steps) => {
      const crowd = new Crowd(licences);
      const { session } = crowd;
      crowd.onStep(() => {
        if (hasSomebody(session.state))
          expect({ state: session.state, ...waysOut(session) }).toMatchObject(OUT);
      });
      crowd.go(steps);
      if (!hasSomebody(session.state)) return;
      expect(session.send({ type: 'DISMISS' }).pass(CLEARING_MS).state).toBe('inviting');
    }),
  );
});

test.for(Object.entries(WAY_TO))('somebody who comes to %s gets out again', ([state, steps]) => {
  const { session } = new Crowd(new Map()).go(steps);
  expect(session.state).toBe(state);
  expect(waysOut(session)).toMatchObject(OUT);
  expect(session.send({ type: 'DISMISS' }).pass(CLEARING_MS).state).toBe('inviting');
});

test('whatever happened, a terminal left alone comes to rest where nobody is known', () => {
  const licences = new Map<number, HeldLicence>();
  fc.assert(
    fc.property(anySteps, (steps) => {
      const { session } = new Crowd(licences).go(steps).go([CASE_IDLE_MS, CASE_IDLE_MS, CASE_IDLE_MS, 1]);
      expect([...NOBODY_THERE, 'starting']).toContain(session.state);
      expect(session.context).toMatchObject(NOBODY);
    }),
  );
});

const CASE_NO = 'case 4711';

/** One person after the other in front of one terminal. Each code is somebody else's: `patient 1`, `patient 2`, … */
class Crowd {
  readonly session = new SessionRun();
  /** Whose code was shown last. */
  latest = 0;
  /** Everybody up to this one has left. */
  gone = 0;
  /** Whether whoever is there chose settings, and whether that is what happens now. */
  chose = false;
  choosing = false;
  /** Whether it is only time that passes. */
  waiting = false;
  #number = 0;
  #failure: unknown;
  /** What began for somebody, and ends later. */
  #begun = { turn: 0, person: 0 };

  readonly #licences: Map<number, HeldLicence>;

  /** @param licences of persons who came before, by their numbers: verifying is slow, and the same each time. */
  constructor(licences: Map<number, HeldLicence>) {
    this.#licences = licences;
    const request = { id: 'request-1', client: 'hospital', caseNo: CASE_NO };
    this.session.send({ type: 'REQUESTED', request }, { type: 'IN_SERVICE' });
  }

  /** Checks something after every step the session takes, the ones time makes too. */
  onStep(check: () => void): void {
    this.session.onStep(() => {
      try {
        check();
      } catch (error) {
        // kept for `go`: the session would only report it as uncaught
        this.#failure ??= error;
      }
    });
  }

  /** @throws the first failure of a check. */
  go(steps: readonly Step[]): this {
    for (const step of steps) {
      this.waiting = typeof step === 'number';
      this.choosing = step === 'settings';
      if (typeof step === 'number') this.session.pass(step);
      else this.#take(step);
      if (this.#failure) throw this.#failure;
    }
    return this;
  }

  #take(step: Exclude<Step, number>): void {
    const { session } = this;
    if (step === 'code') {
      // codes are judged one after the other: none is read while another is being judged
      if (session.can({ type: 'SCANNED' })) this.latest += 1;
    }
    if (step === 'begin') this.#begun = { turn: session.context.turn, person: this.latest };
    if (step === 'settings') this.chose = true;
    const event = this.#event(step);
    if (event) session.send(event);
  }

  #event(step: Exclude<Step, number>): SessionEvent | undefined {
    const { turn, person } = this.#begun;
    const [service, others] = this.latest % 3 === 0 ? [SETTLEMENT, ENROLMENT] : [ENROLMENT, SETTLEMENT];
    switch (step) {
      case 'begin':
        return undefined;
      case 'code':
        return { type: 'SCANNED' };
      case 'accepted':
        return { type: 'VERDICT', verdict: this.#verdict('accepted'), service };
      case 'rejected':
        return { type: 'VERDICT', verdict: this.#verdict('rejected'), service: others };
      case 'found':
        return {
          type: 'CHOICES',
          verdicts: [this.#verdict('accepted'), this.#verdict('rejected')],
          service: ENROLMENT,
        };
      case 'choose':
        return { type: 'CHOOSE', id: firstChoice(this.session) };
      case 'choose all':
        return { type: 'CHOOSE_ALL' };
      case 'case':
        return {
          type: 'OPEN_CASE',
          service: ENROLMENT,
          matters: turn % 2 === 0 ? [ENROL] : [ENROL, TRANSFER],
        };
      case 'another':
        return { type: 'ADD_ANOTHER' };
      case 'business':
        return { type: 'CHOOSE_BUSINESS' };
      case 'handed on': {
        const business = { zh: `business of patient ${person}`, en: '' };
        return { type: 'HANDED_ON', turn, receiver: 'hospital', business };
      }
      case 'no receiver':
        return { type: 'NO_RECEIVER', turn };
      case 'revealed':
        return { type: 'REVEALED', turn, label: 1, value: `whole patient ${person}` };
      case 'dismiss':
        return { type: 'DISMISS' };
      case 'back':
        return { type: 'BACK' };
      case 'ask':
        return { type: 'ASK_FOR_STAFF' };
      case 'more time':
        return { type: 'MORE_TIME' };
      case 'settings':
        return { type: 'SETTINGS', settings: { language: 'en', largeText: true } };
      case 'staff':
        return { type: 'STAFF', present: true };
      case 'no staff':
        return { type: 'STAFF', present: false };
      case 'lost':
        return { type: 'OUT_OF_SERVICE', cause: 'no-scanner' };
      case 'in service':
        return { type: 'IN_SERVICE' };
      case 'other service':
        return { type: 'SERVICE_SWITCHED' };
      case 'maintenance':
        return { type: 'MAINTENANCE', staff: 'm01' };
      case 'maintained':
        return { type: 'LEAVE_MAINTENANCE' };
      default:
        return step satisfies never;
    }
  }

  #verdict(outcome: 'accepted' | 'rejected'): HeldVerdict {
    this.#number += 1;
    const holder = `patient ${this.latest}`;
    if (outcome === 'rejected') return heldVerdict(this.#number, holder, { outcome, reason: 'expired' });
    const held = this.#licences.get(this.latest) ?? heldLicence(holder);
    this.#licences.set(this.latest, held);
    return heldVerdict(this.#number, holder, { held });
  }
}

/** The first there is to choose. */
function firstChoice({ context }: SessionRun): string {
  const { choices } = context;
  const [first] =
    (choices?.what === 'matter'
      ? choices.matters.map(({ id }) => id)
      : choices?.verdicts.map(({ number }) => String(number))) ?? [];
  return first ?? 'none';
}

const OUT = { done: true, backOrToStaff: true };

function waysOut(session: SessionRun) {
  const [back, toStaff, done] = (['BACK', 'ASK_FOR_STAFF', 'DISMISS'] as const).map((type) =>
    session.can({ type }),
  );
  return { done, backOrToStaff: back || toStaff };
}

/** Whether somebody waits there, be it for the verdict. */
function hasSomebody(state: SessionState): boolean {
  return isPerson(state) || state === 'verifying';
}

function isPerson(state: SessionState): boolean {
  return PERSON_STATES.some((one) => one === state);
}

/** Of whom anything stands in a value, however deep, be it in the bytes of a licence. */
function traces(value: unknown): readonly number[] {
  if (typeof value === 'string')
    return [...value.matchAll(/patient (\d+)/g)].map(([, person]) => Number(person));
  if (value instanceof Uint8Array) return traces(Buffer.from(value).toString('latin1'));
  if (value instanceof Map) return traces([...value.entries()]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(traces);
}
