import { beforeEach, describe, expect, test } from 'vitest';
import { CLAIM } from '../licence/cwt.ts';
import { demoLicence, HOLDER_CODE, licenceCode } from '../licence/testing/demo-issuer.ts';
import type { StaffCommand } from './contract.ts';
import { eventsOf } from './testing/audit-chain.ts';
import { phoneCode } from './testing/demo-city.ts';
import { logInAs } from './testing/demo-staff.ts';
import { type DemoTerminal, startDemoTerminal } from './testing/demo-terminal.ts';
import { FakeResolver } from './testing/fake-resolver.ts';
import { openedRow } from './testing/opened-row.ts';
import { REFUSAL, refuseRows } from './testing/refuse-rows.ts';

const NAME = '张小明';
const LOOK_UP = { type: 'look-up', by: 'id', value: HOLDER_CODE, consent: true } as const;
const REVEAL = { type: 'reveal', label: 1, reason: 'compare-with-paper' } as const;
const NOT_OFFERED = { ok: false, reason: 'not-offered' };
const LOGIN_NEEDED = { ok: false, reason: 'login-needed' };

/** Each of them where it would do something for staff: a licence is on the counter's screen, others were looked up. */
const STAFF_COMMANDS: { readonly [T in StaffCommand['type']]: StaffCommand & { readonly type: T } } = {
  'begin-case': { type: 'begin-case', matter: 'school-entry' },
  choose: { type: 'choose', id: '1' },
  'choose-all': { type: 'choose-all' },
  'add-another': { type: 'add-another' },
  'hand-on': { type: 'hand-on' },
  'look-up': LOOK_UP,
  reveal: REVEAL,
  'switch-service': { type: 'switch-service', service: 'settlement' },
};

let resolver: FakeResolver;

beforeEach(() => {
  resolver = new FakeResolver();
  resolver.licences = ['medical-insurance', 'driving-licence'].map((kind, number) => ({
    code: licenceCode(demoLicence({ kind, cti: new Uint8Array(16).fill(number) })),
    state: 'valid',
  }));
});

describe('what is for staff alone', () => {
  test.for(Object.values(STAFF_COMMANDS))('$type needs somebody logged in', async (command) => {
    const demo = await startCounter();
    await demo.terminal.show(phoneCode());
    const before = stateOf(demo);
    expect(await demo.terminal.command(command)).toEqual(LOGIN_NEEDED);
    expect(stateOf(demo)).toEqual(before);
    expect(resolver.requests).toEqual([]);
  });

  test.for(Object.values(STAFF_COMMANDS))('$type is nothing maintenance may do', async (command) => {
    const demo = await startCounter();
    await logInAs('maintenance', demo);
    const before = stateOf(demo);
    expect(demo.terminal.view('counter').screen).toEqual({ name: 'maintenance', staff: 'wang' });
    expect(await demo.terminal.command(command)).toEqual(LOGIN_NEEDED);
    expect(stateOf(demo)).toEqual(before);
    expect(resolver.requests).toEqual([]);
  });

  test.for(Object.values(STAFF_COMMANDS))(
    '$type is nothing the kiosk may ask for, whoever is logged in',
    async (command) => {
      const demo = await startDesk();
      await demo.terminal.show(phoneCode());
      const before = stateOf(demo);
      expect(await demo.terminal.command(command, 'kiosk')).toEqual(LOGIN_NEEDED);
      expect(stateOf(demo)).toEqual(before);
      expect(resolver.requests).toEqual([]);
    },
  );

  test('whoever logged out may do nothing more', async () => {
    const demo = await startDesk();
    await demo.terminal.logout();
    expect(await demo.terminal.command(LOOK_UP)).toEqual(LOGIN_NEEDED);
  });
});

describe('a look-up', () => {
  test('is a row that says in the open who asked by what and how much was found', async () => {
    const demo = await startDesk();
    expect(await demo.terminal.command(LOOK_UP)).toEqual({ ok: true });
    expect(Object.fromEntries((await rowOf(demo, 'look-up')).public)).toEqual({
      service: 'school-enrolment',
      by: 'id',
      found: 2,
      outcome: 'answered',
      staff: 'wang',
    });
  });

  test('seals the number to the city, and leaves it nowhere else', async () => {
    const demo = await startDesk();
    await demo.terminal.command(LOOK_UP);
    const { personal, bytes } = await rowOf(demo, 'look-up');
    expect(personal).toEqual(new Map([['number', HOLDER_CODE]]));
    expect(Buffer.from(bytes).includes(HOLDER_CODE)).toBe(false);
  });

  test('is on disk, with the row of each licence, before there is anything to choose', async () => {
    const demo = await startDesk();
    const rows = rowsWhenFirst(demo, () => demo.terminal.view('counter').screen.name === 'choosing');
    await demo.terminal.command(LOOK_UP);
    expect(rows().slice(-3)).toEqual(['look-up', 'verification', 'verification']);
  });

  test('is on disk before the verdict on the only licence shows', async () => {
    resolver.licences = resolver.licences.slice(0, 1);
    const demo = await startDesk();
    const rows = rowsWhenFirst(demo, () => demo.terminal.view('counter').screen.name === 'verdict');
    await demo.terminal.command(LOOK_UP);
    expect(rows().slice(-2)).toEqual(['look-up', 'verification']);
  });

  test('shows what it found at the counter, and nothing at the kiosk', async () => {
    const demo = await startDesk();
    await demo.terminal.command(LOOK_UP);
    expect(demo.terminal.view('counter').screen).toMatchObject({ name: 'choosing', what: 'licence' });
    expect(demo.terminal.view('kiosk').screen).toEqual({ name: 'inviting' });
  });

  test.for([
    ['knows nobody by the number', { reason: 'unknown' }, 'not-a-licence-code'],
    ['can’t say', { reason: 'unavailable' }, 'city-unavailable'],
  ] as const)('is a row too where the city %s', async ([, { reason }, outcome]) => {
    resolver.reason = reason;
    const demo = await startDesk();
    await demo.terminal.command(LOOK_UP);
    const row = await rowOf(demo, 'look-up');
    expect(Object.fromEntries(row.public)).toMatchObject({ found: 0, outcome, staff: 'wang' });
    expect(row.personal).toEqual(new Map([['number', HOLDER_CODE]]));
  });

  test('that can’t be recorded shows nothing of what it found', async () => {
    const demo = await startDesk();
    const shown = screensOf(demo);
    refuseRows(demo.folder.auditDb);
    expect(await demo.terminal.command(LOOK_UP)).toEqual({ ok: false, reason: 'store-failed' });
    expect(shown().filter((name) => name === 'choosing' || name === 'verdict')).toEqual([]);
  });

  test.for([
    ['by a number the service doesn’t go by', 'school-enrolment', 'uscc'],
    ['at a service without look-ups', 'settlement', 'id'],
  ] as const)('%s is not offered: nobody is asked, nothing written', async ([, service, by]) => {
    const demo = await startDesk(service);
    const before = eventsOf(demo.folder.auditDb);
    expect(await demo.terminal.command({ ...LOOK_UP, by })).toEqual(NOT_OFFERED);
    expect(resolver.requests).toEqual([]);
    expect(eventsOf(demo.folder.auditDb)).toEqual(before);
  });

  test('is not offered while another is being answered', async () => {
    const demo = await startDesk();
    const first = demo.terminal.command(LOOK_UP);
    await demo.until('verifying');
    expect(await demo.terminal.command(LOOK_UP)).toEqual(NOT_OFFERED);
    await first;
    expect(resolver.requests).toHaveLength(1);
  });
});

describe('a reveal', () => {
  test('is a row that says in the open who had which field shown whole, and why', async () => {
    const demo = await startDesk();
    await demo.terminal.show(phoneCode());
    expect(await demo.terminal.command(REVEAL)).toEqual({ ok: true });
    const row = await rowOf(demo, 'reveal');
    expect(Object.fromEntries(row.public)).toEqual({
      staff: 'wang',
      service: 'school-enrolment',
      kind: 'medical-insurance',
      label: 1,
      reason: 'compare-with-paper',
    });
    expect(Buffer.from(row.bytes).includes(NAME)).toBe(false);
  });

  test('names the licence in the part that is sealed to the city, and not its value', async () => {
    const demo = await startDesk();
    await demo.terminal.show(phoneCode());
    await demo.terminal.command(REVEAL);
    const { sub, cti } = demoLicence();
    const names = new Map<number, unknown>([
      [CLAIM.sub, sub],
      [CLAIM.cti, cti],
    ]);
    expect((await rowOf(demo, 'reveal')).personal).toEqual(names);
  });

  test('at a service that keeps nothing seals nothing', async () => {
    const demo = await startDesk('property-transaction');
    await demo.terminal.show(phoneCode());
    expect(await demo.terminal.command(REVEAL)).toEqual({ ok: true });
    expect((await rowOf(demo, 'reveal')).personal).toBeUndefined();
  });

  test('is on disk before the value shows', async () => {
    const demo = await startDesk();
    await demo.terminal.show(phoneCode());
    const rows = rowsWhenFirst(demo, () => JSON.stringify(demo.terminal.view('counter')).includes(NAME));
    await demo.terminal.command(REVEAL);
    expect(rows().at(-1)).toBe('reveal');
  });

  test('shows the value to staff, never at the kiosk', async () => {
    const demo = await startDesk();
    const atKiosk: string[] = [];
    demo.terminal.onChange(() => atKiosk.push(JSON.stringify(demo.terminal.view('kiosk'))));
    await demo.terminal.show(phoneCode());
    await demo.terminal.command(REVEAL);
    expect(JSON.stringify(demo.terminal.view('counter').screen)).toContain(NAME);
    expect(atKiosk.length).toBeGreaterThan(0);
    expect(atKiosk.join()).not.toContain(NAME);
  });

  test('that can’t be recorded shows nothing', async () => {
    const demo = await startDesk();
    await demo.terminal.show(phoneCode());
    refuseRows(demo.folder.auditDb);
    expect(await demo.terminal.command(REVEAL)).toEqual({ ok: false, reason: 'store-failed' });
    expect(JSON.stringify(demo.terminal.view('counter'))).not.toContain(NAME);
    expect(demo.faults).toContain(`reveal not recorded, so not done: ${REFUSAL}`);
  });

  test.for([
    ['that shows whole anyway', 20],
    ['that is never shown', 22],
    ['the licence doesn’t state', 21],
    ['the service doesn’t show', 23],
    ['the kind doesn’t have', 99],
  ] as const)('of a field %s is not offered, and no row', async ([, label]) => {
    const demo = await startDesk();
    await demo.terminal.show(phoneCode({ fields: WITH_ALL_BUT_A_TELEPHONE }));
    const before = eventsOf(demo.folder.auditDb);
    expect(await demo.terminal.command({ ...REVEAL, label })).toEqual(NOT_OFFERED);
    expect(eventsOf(demo.folder.auditDb)).toEqual(before);
  });

  test.for([
    ['without a licence on the screen', undefined],
    ['of a licence that was refused', phoneCode({ exp: 1 })],
    ['of a code that is none', 'nonsense'],
  ] as const)('%s is not offered, and no row', async ([, code]) => {
    const demo = await startDesk();
    if (code !== undefined) await demo.terminal.show(code);
    const before = eventsOf(demo.folder.auditDb);
    expect(await demo.terminal.command(REVEAL)).toEqual(NOT_OFFERED);
    expect(eventsOf(demo.folder.auditDb)).toEqual(before);
  });

  test.for([
    ['the person has left', (demo: DemoTerminal) => demo.terminal.command({ type: 'dismiss' })],
    ['the next person’s code is being judged', (demo: DemoTerminal) => demo.terminal.show(phoneCode())],
    ['staff have logged out', (demo: DemoTerminal) => demo.terminal.logout()],
  ] as const)('that ends when %s shows nothing', async ([, meanwhile]) => {
    const demo = await startDesk();
    await demo.terminal.show(phoneCode());
    const atCounter: string[] = [];
    demo.terminal.onChange(() => atCounter.push(JSON.stringify(demo.terminal.view('counter'))));
    const [answer] = await Promise.all([demo.terminal.command(REVEAL), meanwhile(demo)]);
    expect(answer).toEqual(NOT_OFFERED);
    expect(atCounter.length).toBeGreaterThan(0);
    expect(atCounter.join()).not.toContain(NAME);
  });
});

describe('a case', () => {
  test('is begun for the matter named', async () => {
    const { terminal } = await startDesk();
    expect(await terminal.command({ type: 'begin-case', matter: 'school-transfer' })).toEqual({ ok: true });
    const { screen } = terminal.view('counter');
    expect(screen).toMatchObject({ name: 'scanning', case: { matter: { en: 'Change school' } } });
  });

  test('begun without a matter asks which', async () => {
    const { terminal } = await startDesk();
    expect(await terminal.command({ type: 'begin-case' })).toEqual({ ok: true });
    const { screen } = terminal.view('counter');
    expect(screen).toMatchObject({ name: 'choosing', what: 'matter' });
  });

  test('of a matter the catalogue doesn’t have is unknown, and none is begun', async () => {
    const { terminal } = await startDesk();
    const answer = await terminal.command({ type: 'begin-case', matter: 'no-such-matter' });
    expect(answer).toEqual({ ok: false, reason: 'unknown' });
    expect(terminal.view('counter').screen).toEqual({ name: 'inviting' });
  });

  test('is not offered where one licence is the whole business', async () => {
    const { terminal } = await startDesk('settlement');
    expect(await terminal.command({ type: 'begin-case' })).toEqual(NOT_OFFERED);
  });
});

describe('another service', () => {
  test('is the terminal’s own from now on, and a row says who chose it', async () => {
    const demo = await startDesk();
    const answer = await demo.terminal.command({ type: 'switch-service', service: 'settlement' });
    expect(answer).toEqual({ ok: true });
    expect(demo.terminal.view('kiosk').service.id).toBe('settlement');
    const row = await rowOf(demo, 'config-change');
    expect(row.public).toEqual(new Map(Object.entries({ what: 'service', change: 'settlement, by wang' })));
  });

  test('that the catalogue doesn’t have is unknown, and the service stays', async () => {
    const { terminal } = await startDesk();
    const answer = await terminal.command({ type: 'switch-service', service: 'no-such-service' });
    expect(answer).toEqual({ ok: false, reason: 'unknown' });
    expect(terminal.view('kiosk').service.id).toBe('school-enrolment');
  });
});

describe('a business chosen at the kiosk', () => {
  test('is nothing the counter may choose with nobody logged in', async () => {
    const { terminal } = await startCounter('settlement');
    await terminal.show(phoneCode());
    expect(await terminal.command({ type: 'choose-business' }, 'counter')).toEqual(LOGIN_NEEDED);
    await terminal.command({ type: 'choose-business' }, 'kiosk');
    const answer = await terminal.command({ type: 'business', business: '01301' }, 'counter');
    expect(answer).toEqual(LOGIN_NEEDED);
    expect(terminal.view('kiosk').screen).toMatchObject({ name: 'choosing-business' });
  });

  test('is not offered before the choice is on the screen', async () => {
    const { terminal } = await startCounter('settlement');
    await terminal.show(phoneCode());
    expect(await terminal.command({ type: 'business', business: '01301' }, 'kiosk')).toEqual(NOT_OFFERED);
  });

  test('that the service doesn’t have is not offered', async () => {
    const { terminal } = await startCounter('settlement');
    await terminal.show(phoneCode());
    await terminal.command({ type: 'choose-business' }, 'kiosk');
    expect(await terminal.command({ type: 'business', business: '99999' }, 'kiosk')).toEqual(NOT_OFFERED);
    expect(terminal.view('kiosk').screen).toMatchObject({ name: 'choosing-business' });
  });

  test('that no business system is there to take sends the person to a counter', async () => {
    const { terminal } = await startCounter('settlement');
    await terminal.show(phoneCode());
    await terminal.command({ type: 'choose-business' }, 'kiosk');
    const answer = await terminal.command({ type: 'business', business: '01301' }, 'kiosk');
    expect(answer).toEqual({ ok: false, reason: 'no-receiver' });
    expect(terminal.view('kiosk').screen).toMatchObject({ name: 'staffed-counter', why: 'no-receiver' });
  });
});

describe('the kiosk of a terminal where staff have a case open', () => {
  test('clears the licence, and leaves the case to staff', async () => {
    const { terminal } = await startDesk();
    await terminal.show(phoneCode());
    expect(await terminal.command({ type: 'dismiss' }, 'kiosk')).toEqual({ ok: true });
    const { screen } = terminal.view('counter');
    expect(screen).toMatchObject({ name: 'scanning', case: { licences: [{ number: 1 }] } });
  });

  test('sends nobody to a counter', async () => {
    const { terminal } = await startDesk();
    await terminal.command({ type: 'begin-case', matter: 'school-entry' });
    expect(await terminal.command({ type: 'ask-for-staff' }, 'kiosk')).toEqual(NOT_OFFERED);
    expect(terminal.view('counter').screen).toMatchObject({ name: 'scanning' });
  });
});

const WITH_ALL_BUT_A_TELEPHONE = new Map([
  [1, NAME],
  [20, '示例市'],
  [22, '在职'],
  [23, '备注'],
]);

/** A terminal whose city answers look-ups; nobody is logged in. */
function startCounter(service = 'school-enrolment'): Promise<DemoTerminal> {
  return startDemoTerminal({ service, resolver });
}

/** The same, with staff logged in. */
async function startDesk(service?: string): Promise<DemoTerminal> {
  const demo = await startCounter(service);
  await logInAs('staff', demo);
  return demo;
}

/** What a command without effect leaves as it was. */
function stateOf({ terminal, folder }: DemoTerminal) {
  const views = (['kiosk', 'counter'] as const).map((face) => terminal.view(face));
  return { views, events: eventsOf(folder.auditDb) };
}

/** Events that were on disk when something first showed. @throws where it never did. */
function rowsWhenFirst({ terminal, folder }: DemoTerminal, shows: () => boolean): () => string[] {
  let rows: string[] | undefined;
  terminal.onChange(() => {
    if (shows()) rows ??= eventsOf(folder.auditDb);
  });
  return () => {
    if (!rows) throw new Error('it never showed');
    return rows;
  };
}

/** Every screen the counter has had since. */
function screensOf({ terminal }: DemoTerminal): () => readonly string[] {
  const names: string[] = [];
  terminal.onChange(() => names.push(terminal.view('counter').screen.name));
  return () => names;
}

function rowOf({ city, folder }: DemoTerminal, event: Parameters<typeof openedRow>[2]) {
  return openedRow(city, folder.auditDb, event);
}
