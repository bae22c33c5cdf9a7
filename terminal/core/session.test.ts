import { expect, test } from 'vitest';
import { heldVerdict, SETTLEMENT, SessionRun } from '../testing/session-run.ts';
import {
  CLEARING_MS,
  MAINTENANCE_MS,
  MAX_HISTORY,
  SETTINGS_KEPT_MS,
  VERDICT_SHOWN_MS,
  VERIFYING_MS,
} from './session.ts';
import { NOBODY } from './session-context.ts';

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

test('a scan is being verified until its verdict comes', () => {
  const session = inviting().send(SCANNED);
  expect(screen(session)).toBe('verifying');
  expect(screen(session.send(verdict(1, 'A')))).toBe('verdict');
});

test('a verdict is cleared after 30 seconds, not before', () => {
  const session = showing('A').pass(VERDICT_SHOWN_MS - 1);
  expect(screen(session)).toBe('verdict');
  expect(screen(session.pass(1))).toBe('clearing');
});

test('a cleared verdict is forgotten, not only hidden', () => {
  expect(showing('A').pass(VERDICT_SHOWN_MS).context.verdict).toBeUndefined();
});

test('after a moment in which it says so, a cleared screen invites the next', () => {
  const session = showing('A').pass(VERDICT_SHOWN_MS + CLEARING_MS - 1);
  expect(screen(session)).toBe('clearing');
  expect(screen(session.pass(1))).toBe('inviting');
});

test('nobody has to wait for that moment: a code is taken while the screen is cleared', () => {
  expect(screen(showing('A').send(DISMISS, SCANNED))).toBe('verifying');
});

test('a verdict that never comes is not waited for, and is shown to nobody when it comes after all', () => {
  const session = inviting().send(SCANNED).pass(VERIFYING_MS);
  expect(screen(session)).toBe('clearing');
  session.pass(CLEARING_MS).send(verdict(1, 'A'));
  expect(screen(session)).toBe('inviting');
  expect(session.context.verdict).toBeUndefined();
});

test('a person who is done clears the verdict at once', () => {
  const session = showing('A').send(DISMISS);
  expect(screen(session)).toBe('clearing');
  expect(session.context.verdict).toBeUndefined();
});

test('a new scan takes the place of a verdict, which is forgotten before the new one is known', () => {
  const session = showing('A').send(SCANNED);
  expect(screen(session)).toBe('verifying');
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
  const session = inviting()
    .send(ENGLISH, SCANNED, verdict(1, 'A'))
    .pass(VERDICT_SHOWN_MS + CLEARING_MS);
  expect(session.view('kiosk').settings).toEqual(CHINESE);
});

test('settings are forgotten with a verdict that is dismissed', () => {
  const session = showing('A').send(ENGLISH, DISMISS).pass(CLEARING_MS);
  expect(session.view('kiosk').settings).toEqual(CHINESE);
});

test('that everything is forgotten is said in the language of whoever is leaving', () => {
  expect(showing('A').send(ENGLISH, DISMISS).view('kiosk').settings).toEqual(ENGLISH.settings);
});

test('settings are forgotten before the code of whoever comes while the screen is cleared', () => {
  const session = showing('A').send(ENGLISH, DISMISS, SCANNED);
  expect(session.view('kiosk').settings).toEqual(CHINESE);
});

test('settings chosen while the screen is cleared are those of whoever comes', () => {
  const session = showing('A').send(DISMISS, ENGLISH);
  expect(screen(session)).toBe('inviting');
  expect(session.view('kiosk').settings).toEqual(ENGLISH.settings);
});

test('settings are forgotten when the terminal goes out of service', () => {
  const session = showing('A').send(ENGLISH, LOST, IN_SERVICE);
  expect(session.view('kiosk').settings).toEqual(CHINESE);
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
  ['verifying', inviting().send(SCANNED)],
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

test('maintenance forgets everybody, and takes no code', () => {
  const session = showing('A').send(ENGLISH, { type: 'MAINTENANCE', staff: 'm01' }, SCANNED, verdict(2, 'B'));
  expect(session.view('counter').screen).toEqual({ name: 'maintenance', staff: 'm01' });
  expect(session.context).toMatchObject(NOBODY);
});

test.for([
  ['when it is left', (session: SessionRun) => session.send({ type: 'LEAVE_MAINTENANCE' })],
  ['when nobody did anything for ten minutes', (session: SessionRun) => session.pass(MAINTENANCE_MS)],
] as const)('maintenance ends %s, and the terminal begins as after a start', ([, end]) => {
  const session = inviting().send({ type: 'MAINTENANCE', staff: 'm01' });
  expect(screen(end(session))).toBe('starting');
  expect(session.context.maintenance).toBeUndefined();
});

test('settings chosen during maintenance are nobody’s', () => {
  const session = inviting().send({ type: 'MAINTENANCE', staff: 'm01' }, ENGLISH);
  session.send({ type: 'LEAVE_MAINTENANCE' }, IN_SERVICE);
  expect(session.view('kiosk').settings).toEqual(CHINESE);
});

test('maintenance can begin while the terminal is out of service, and is not ended by another cause', () => {
  const session = inviting().send(LOST, { type: 'MAINTENANCE', staff: 'm01' }, LOST);
  expect(screen(session)).toBe('maintenance');
});

test('another service ends whatever is on the screen', () => {
  const session = showing('A').send({ type: 'SERVICE_SWITCHED' });
  expect(screen(session)).toBe('clearing');
  expect(session.context.verdict).toBeUndefined();
});

test('what a business system asks for outlasts persons, until it has ended', () => {
  const request = { id: 'request-1', client: 'hospital', caseNo: 'case 4711' };
  const session = inviting().send({ type: 'REQUESTED', request }, SCANNED, verdict(1, 'A'), DISMISS);
  expect(session.pass(CLEARING_MS).context.request).toEqual(request);
  expect(session.send({ type: 'REQUEST_ENDED' }).context.request).toBeUndefined();
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

function inviting(): SessionRun {
  return new SessionRun().send(IN_SERVICE);
}

function showing(holder: string): SessionRun {
  return inviting().send(SCANNED, verdict(1, holder));
}

function verdict(number: number, holder: string) {
  return { type: 'VERDICT', verdict: heldVerdict(number, holder), service: SETTLEMENT } as const;
}

function screen(session: SessionRun): string {
  return session.view('kiosk').screen.name;
}

test.for([
  ['BACK', 'clearing'],
  ['DISMISS', 'clearing'],
  ['ASK_FOR_STAFF', 'staffedCounter'],
] as const)(
  '%s leads away from a check that takes its time, and its verdict reaches nobody',
  ([type, to]) => {
    const session = inviting().send(SCANNED, { type });
    expect(session.state).toBe(to);
    session.send(verdict(1, 'A'));
    expect(session.state).toBe(to);
    expect(session.context.verdict).toBeUndefined();
  },
);
