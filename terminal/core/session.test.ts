import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SessionRun, shownVerdict } from '../testing/session-run.ts';
import { MAX_HISTORY, SETTINGS_KEPT_MS, VERDICT_SHOWN_MS } from './session.ts';

const IN_SERVICE = { type: 'IN_SERVICE' } as const;
const SCANNED = { type: 'SCANNED' } as const;
const DISMISS = { type: 'DISMISS' } as const;
const LOST = { type: 'OUT_OF_SERVICE', cause: 'no-scanner' } as const;
const ENGLISH = { type: 'SETTINGS', settings: { language: 'en', largeText: true } } as const;
const CHINESE = { language: 'zh', largeText: false };

test('it starts, then invites once it is in service', () => {
  const session = new SessionRun();
  expect(screen(session)).toBe('starting');
  expect(screen(session.send(IN_SERVICE))).toBe('inviting');
});

test('a scan is being checked until its verdict comes', () => {
  const session = inviting().send(SCANNED);
  expect(screen(session)).toBe('checking');
  expect(screen(session.send(verdict(1, 'A')))).toBe('verdict');
});

test('a verdict is cleared after 30 seconds, not before', () => {
  const session = showing('A').pass(VERDICT_SHOWN_MS - 1);
  expect(screen(session)).toBe('verdict');
  expect(screen(session.pass(1))).toBe('inviting');
});

test('a cleared verdict is forgotten, not only hidden', () => {
  expect(showing('A').pass(VERDICT_SHOWN_MS).context.verdict).toBeUndefined();
});

test('a person who is done clears the verdict at once', () => {
  const session = showing('A').send(DISMISS);
  expect(screen(session)).toBe('inviting');
  expect(session.context.verdict).toBeUndefined();
});

test('a new scan takes the place of a verdict, which is forgotten before the new one is known', () => {
  const session = showing('A').send(SCANNED);
  expect(screen(session)).toBe('checking');
  expect(session.context.verdict).toBeUndefined();
});

test('a verdict after another one shows for its full 30 seconds', () => {
  const session = showing('A')
    .pass(VERDICT_SHOWN_MS - 1)
    .send(SCANNED, verdict(2, 'B'))
    .pass(VERDICT_SHOWN_MS - 1);
  expect(screen(session)).toBe('verdict');
});

test('settings last over the verdict they were chosen for', () => {
  const session = inviting().send(ENGLISH, SCANNED, verdict(1, 'A'));
  expect(session.view('kiosk').settings).toEqual(ENGLISH.settings);
});

test('settings are forgotten when the verdict is cleared', () => {
  const session = inviting().send(ENGLISH, SCANNED, verdict(1, 'A')).pass(VERDICT_SHOWN_MS);
  expect(session.view('kiosk').settings).toEqual(CHINESE);
});

test('settings are forgotten with a verdict that is dismissed', () => {
  expect(showing('A').send(ENGLISH, DISMISS).view('kiosk').settings).toEqual(CHINESE);
});

test('settings of somebody who walked away are forgotten after 60 idle seconds', () => {
  const session = inviting()
    .send(ENGLISH)
    .pass(SETTINGS_KEPT_MS - 1);
  expect(session.view('kiosk').settings).toEqual(ENGLISH.settings);
  expect(session.pass(1).view('kiosk').settings).toEqual(CHINESE);
});

test('the 60 idle seconds begin anew with each choice', () => {
  const session = inviting()
    .pass(SETTINGS_KEPT_MS - 1)
    .send(ENGLISH)
    .pass(SETTINGS_KEPT_MS - 1);
  expect(session.view('kiosk').settings).toEqual(ENGLISH.settings);
});

test('settings chosen while out of service are not kept for whoever comes when it is back', () => {
  const session = inviting().send(LOST, ENGLISH).pass(SETTINGS_KEPT_MS);
  expect(session.send(IN_SERVICE).view('kiosk').settings).toEqual(CHINESE);
});

test.for([
  ['starting', new SessionRun()],
  ['inviting', inviting()],
  ['checking', inviting().send(SCANNED)],
  ['verdict', showing('A')],
] as const)('it goes out of service from %s, with its cause, and comes back inviting', ([name, session]) => {
  expect(screen(session)).toBe(name);
  session.send(LOST);
  expect(session.view('kiosk').screen).toEqual({ name: 'out-of-service', cause: 'no-scanner' });
  expect(session.context.verdict).toBeUndefined();
  expect(screen(session.send(IN_SERVICE))).toBe('inviting');
});

test('another cause takes the place of the first while out of service', () => {
  const session = inviting().send(LOST, { type: 'OUT_OF_SERVICE', cause: 'store-failed' });
  expect(session.view('kiosk').screen).toEqual({ name: 'out-of-service', cause: 'store-failed' });
});

test('nothing is shown of a verdict that comes when the terminal is already out of service', () => {
  const session = inviting().send(SCANNED, LOST, verdict(1, 'A'));
  expect(screen(session)).toBe('out-of-service');
  expect(session.context.verdict).toBeUndefined();
});

test('the history keeps the newest verdicts first, and no more than a screenful', () => {
  const session = inviting();
  for (let number = 1; number <= MAX_HISTORY + 3; number++) session.send(SCANNED, verdict(number, 'A'));
  const numbers = session.view('counter').history.map((past) => past.number);
  expect(numbers).toEqual(Array.from({ length: MAX_HISTORY }, (_, i) => MAX_HISTORY + 3 - i));
});

test('the history holds nothing personal', () => {
  const history = JSON.stringify(showing('patient A').view('counter').history);
  expect(history).toContain('医保电子凭证');
  expect(history).not.toContain('patient A');
});

test('whatever happens in whatever order, nobody sees anything of an earlier patient', () => {
  const step = fc.oneof(
    fc.constantFrom<Step>('scan', 'accept', 'reject', 'dismiss', 'settings', 'lost', 'back'),
    fc.constantFrom<Step>(1, 1000, VERDICT_SHOWN_MS, SETTINGS_KEPT_MS),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const session = inviting();
      let patient = 0;
      for (const one of steps) {
        if (one === 'scan') patient += 1;
        take(session, one, patient);
        const { kiosk, counter } = { kiosk: session.view('kiosk'), counter: session.view('counter') };
        const shown = [...JSON.stringify([kiosk, counter]).matchAll(/patient (\d+)/g)];
        for (const [, number] of shown) expect(Number(number)).toBe(patient);
        expect(JSON.stringify([counter.history, kiosk.history])).not.toContain('patient');
      }
    }),
  );
});

/** A number lets so many milliseconds pass. */
type Step = 'scan' | 'accept' | 'reject' | 'dismiss' | 'settings' | 'lost' | 'back' | number;

function take(session: SessionRun, step: Step, patient: number): void {
  const holder = `patient ${patient}`;
  const shownAt = session.monotonicMs;
  switch (step) {
    case 'scan':
      session.send(SCANNED);
      return;
    case 'accept':
      session.send({ type: 'VERDICT', verdict: shownVerdict(patient, holder, { shownAt }) });
      return;
    case 'reject':
      session.send({
        type: 'VERDICT',
        verdict: shownVerdict(patient, holder, { shownAt, outcome: 'rejected', reason: 'expired' }),
      });
      return;
    case 'dismiss':
      session.send(DISMISS);
      return;
    case 'settings':
      session.send(ENGLISH);
      return;
    case 'lost':
      session.send(LOST);
      return;
    case 'back':
      session.send(IN_SERVICE);
      return;
    default:
      session.pass(step);
  }
}

function inviting(): SessionRun {
  return new SessionRun().send(IN_SERVICE);
}

function showing(holder: string): SessionRun {
  return inviting().send(SCANNED, verdict(1, holder));
}

function verdict(number: number, holder: string) {
  return { type: 'VERDICT', verdict: shownVerdict(number, holder) } as const;
}

function screen(session: SessionRun): string {
  return session.view('kiosk').screen.name;
}
