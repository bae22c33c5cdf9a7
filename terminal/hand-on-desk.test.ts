import { expect, onTestFinished, test } from 'vitest';
import { CLAIM } from '../licence/cwt.ts';
import type { Matter, Service } from '../licence/trust/catalogue.ts';
import { demoBridge, listen } from './bridge/testing/demo-bridge.ts';
import { TestClock } from './core/clock.ts';
import type { HeldVerdict } from './core/held-verdict.ts';
import { Recorder } from './core/recorder.ts';
import { HandOnDesk } from './hand-on-desk.ts';
import { dataFolder } from './store/data-folder.ts';
import { SyncStore } from './store/sync-store.ts';
import { eventsOf } from './testing/audit-chain.ts';
import { DEMO_CATALOGUE, serviceNamed } from './testing/demo-catalogue.ts';
import { DemoCity, NOW_MS } from './testing/demo-city.ts';
import { openKnowledge } from './testing/open-knowledge.ts';
import { openedRow } from './testing/opened-row.ts';
import { REFUSAL, refuseRows } from './testing/refuse-rows.ts';
import { heldVerdict, SessionRun } from './testing/session-run.ts';
import { tempFolder } from './testing/temp-folder.ts';

const SCHOOL = serviceNamed('school-enrolment');
const SETTLEMENT = serviceNamed('settlement');
const [ENTRY] = DEMO_CATALOGUE.matters ?? [];
const A = heldVerdict(1, 'A');
const B = heldVerdict(2, 'B', { kind: 'driving-licence' });
const CASE_NO = 'XX-2026-0042';

test('in the open the row says who took what for which business, and nothing of whom', async () => {
  const desk = await openDesk();
  desk.listen();
  openCase(desk.session);
  expect(await desk.handOnDesk.run({ caseNo: CASE_NO, staff: 'wang' })).toEqual({ ok: true });
  const row = await desk.row();
  expect(Object.fromEntries(row.public)).toEqual({
    service: 'school-enrolment',
    client: 'his',
    matter: 'school-entry',
    kinds: ['medical-insurance', 'driving-licence'],
    staff: 'wang',
  });
  const { sub, cti, fields } = licenceOf(A);
  for (const secret of [CASE_NO, sub, Buffer.from(cti), String(fields.get(1))]) {
    expect(Buffer.from(row.bytes).includes(secret)).toBe(false);
  }
});

test('the city can open the case number, and sub and cti of each licence in order', async () => {
  const desk = await openDesk();
  desk.listen();
  openCase(desk.session);
  await desk.handOnDesk.run({ caseNo: CASE_NO, staff: 'wang' });
  expect((await desk.row()).personal).toEqual(
    new Map<string, unknown>([
      ['case', CASE_NO],
      ['licences', [A, B].map((verdict) => namesOf(verdict))],
    ]),
  );
});

test('at a kiosk the row says the business chosen, no staff, and seals no case', async () => {
  const desk = await openDesk();
  desk.listen();
  show(desk.session, A);
  await desk.handOnDesk.run({ businessType: '01301' });
  const row = await desk.row();
  expect(Object.fromEntries(row.public)).toEqual({
    service: 'settlement',
    client: 'his',
    businessType: '01301',
    kinds: ['medical-insurance'],
  });
  expect(row.personal).toEqual(new Map([['licences', [namesOf(A)]]]));
});

test('what a business system asked for goes to it, with its business and its case number', async () => {
  const desk = await openDesk();
  const asked = { businessType: '01101', caseNo: CASE_NO, expiresInSeconds: 60 };
  desk.ask('request-1', asked);
  show(desk.session, A);
  expect(await desk.handOnDesk.run({})).toEqual({ ok: true });
  const row = await desk.row();
  expect(row.public.get('businessType')).toBe('01101');
  expect(row.personal).toEqual(
    new Map<string, unknown>([
      ['case', CASE_NO],
      ['licences', [namesOf(A)]],
    ]),
  );
  expect(desk.bridge.look('his', 'request-1')).toMatchObject({ state: 'handed-on' });
});

test('the row is on disk before the business system hears of it, and before the screen says so', async () => {
  const desk = await openDesk();
  const sink = desk.listen();
  show(desk.session, A);
  const onDisk: string[][] = [];
  desk.onHandedOn = () => onDisk.push(eventsOf(desk.auditDb));
  sink.onHandedOn = () => onDisk.push(eventsOf(desk.auditDb));
  desk.session.onStep(() => onDisk.push(eventsOf(desk.auditDb)));
  await desk.handOnDesk.run({});
  expect(onDisk).toEqual([['hand-on'], ['hand-on'], ['hand-on']]);
  expect(desk.session.view('kiosk').screen).toMatchObject({ name: 'handed-on', receiver: 'his' });
});

test('of a row that can’t be written the business system hears nothing, and the screen keeps the licence', async () => {
  const desk = await openDesk();
  const { heard } = desk.listen();
  show(desk.session, A);
  refuseRows(desk.auditDb);
  expect(await desk.handOnDesk.run({ caseNo: CASE_NO })).toEqual({ ok: false, reason: 'store-failed' });
  expect(heard()).toEqual(['state']);
  expect(desk.counted).toBe(0);
  expect(desk.session.context.verdict).toBe(A);
  expect(desk.faults).toEqual([`hand-on not recorded, so not done: ${REFUSAL}`]);
});

test('what couldn’t be recorded is handed on at the next press, once the store is well', async () => {
  const desk = await openDesk();
  desk.listen();
  show(desk.session, A);
  const repair = refuseRows(desk.auditDb);
  await desk.handOnDesk.run({});
  repair();
  expect(await desk.handOnDesk.run({})).toEqual({ ok: true });
});

test('a request whose hand-on couldn’t be recorded waits on, and can be cancelled as before', async () => {
  const desk = await openDesk();
  desk.ask('request-1', { expiresInSeconds: 60 });
  show(desk.session, A);
  refuseRows(desk.auditDb);
  expect(await desk.handOnDesk.run({})).toEqual({ ok: false, reason: 'store-failed' });
  expect(desk.bridge.look('his', 'request-1')).toMatchObject({ state: 'waiting' });
  expect(desk.bridge.cancel('his', 'request-1')).toMatchObject({ state: 'cancelled' });
});

test('a business the catalogue doesn’t know, the client’s own text, is not in the open', async () => {
  const desk = await openDesk();
  desk.ask('request-1', { businessType: 'ward-4711', expiresInSeconds: 60 });
  show(desk.session, A);
  await desk.handOnDesk.run({});
  const row = await desk.row();
  expect(row.public.has('businessType')).toBe(false);
  expect(Buffer.from(row.bytes).includes('ward-4711')).toBe(false);
});

test('a person’s licence does not go to who asked only after it was shown', async () => {
  const desk = await openDesk();
  show(desk.session, A);
  desk.ask('request-1', { expiresInSeconds: 60 });
  expect(await desk.handOnDesk.run({})).toEqual({ ok: false, reason: 'no-receiver' });
  expect(eventsOf(desk.auditDb)).toEqual([]);
});

test('a second press while the first waits for the disk hands on once', async () => {
  const desk = await openDesk();
  const { heard } = desk.listen();
  show(desk.session, A);
  const answers = await Promise.all([desk.handOnDesk.run({}), desk.handOnDesk.run({})]);
  expect(answers).toEqual([{ ok: true }, { ok: false, reason: 'not-offered' }]);
  expect(heard()).toEqual(['state', 'handed-on']);
  expect(eventsOf(desk.auditDb)).toEqual(['hand-on']);
  expect(desk.counted).toBe(1);
});

test('where no business system is there, nothing is said to have been handed on', async () => {
  const desk = await openDesk();
  show(desk.session, A);
  expect(await desk.handOnDesk.run({})).toEqual({ ok: false, reason: 'no-receiver' });
  expect(eventsOf(desk.auditDb)).toEqual([]);
  expect(desk.session.context.verdict).toBe(A);
});

test('a business system that listens but isn’t admitted to the service gets nothing', async () => {
  const desk = await openDesk();
  const { heard } = desk.listen('pharmacy');
  show(desk.session, A);
  expect(await desk.handOnDesk.run({})).toEqual({ ok: false, reason: 'no-receiver' });
  expect(heard()).toEqual(['state']);
});

test('a service that hands nothing on offers no hand-on', async () => {
  const desk = await openDesk();
  const { heard } = desk.listen();
  show(desk.session, A, serviceNamed('medical-insurance'));
  expect(await desk.handOnDesk.run({})).toEqual({ ok: false, reason: 'not-offered' });
  expect(heard()).toEqual(['state']);
  expect(eventsOf(desk.auditDb)).toEqual([]);
});

test.for([
  ['rejected', 'expired'],
  ['undetermined', 'needs-network'],
] as const)('of a licence that is %s nothing is handed on', async ([outcome, reason]) => {
  const desk = await openDesk();
  desk.listen();
  show(desk.session, heldVerdict(1, 'A', { outcome, reason }));
  expect(await desk.handOnDesk.run({})).toEqual({ ok: false, reason: 'not-offered' });
  expect(eventsOf(desk.auditDb)).toEqual([]);
});

test('a hand-on that ends when the next person stands there leaves their screen alone', async () => {
  const desk = await openDesk();
  desk.listen();
  show(desk.session, A);
  const handing = desk.handOnDesk.run({});
  show(desk.session, heldVerdict(2, 'B'));
  await handing;
  expect(desk.session.context.verdict).toMatchObject({ number: 2 });
});

/** A hand-on-desk between a session, a bridge and real stores, in the demo world. */
async function openDesk() {
  const folder = dataFolder(tempFolder());
  const city = await DemoCity.found();
  const sync = new SyncStore(folder.syncDb);
  city.enrol(sync);
  sync.close();
  const { knowledge, store, close } = openKnowledge(folder, new TestClock(NOW_MS));
  onTestFinished(close);
  const faults: string[] = [];
  const onFault = (fault: string) => faults.push(fault);
  const session = new SessionRun().send({ type: 'IN_SERVICE' }, { type: 'STAFF', present: true });
  const demo = demoBridge();
  const tellOfRequest = () => {
    const request = demo.told.at(-1);
    session.send(request ? { type: 'REQUESTED', request } : { type: 'REQUEST_ENDED' });
  };
  const recorder = new Recorder({
    store,
    sealer: () => knowledge.sealer,
    now: () => knowledge.estimatedTime(),
    onFault,
  });
  const desk = {
    session,
    bridge: demo.bridge,
    /** Lets a business system ask for the next licence. */
    ask: (id: string, wish: Parameters<typeof demo.bridge.put>[2]) => {
      demo.bridge.put('his', id, wish);
      tellOfRequest();
    },
    auditDb: folder.auditDb,
    faults,
    counted: 0,
    onHandedOn: nothing,
    /** The row of the last hand-on. */
    row: () => openedRow(city, folder.auditDb, 'hand-on'),
    /** Lets a business system listen. */
    listen: (name = 'his') => listening(demo, name),
    handOnDesk: new HandOnDesk({
      session: session.actor,
      bridge: demo.bridge,
      recorder,
      knowledge,
      onFault,
      handedOn: () => {
        desk.counted += 1;
        desk.onHandedOn();
      },
    }),
  };
  return desk;
}

function listening({ bridge }: ReturnType<typeof demoBridge>, name: string) {
  const { sink } = listen(bridge, name);
  const listener = { heard: () => sink.names(), onHandedOn: nothing };
  const send = sink.send.bind(sink);
  sink.send = (event, data, id) => {
    send(event, data, id);
    if (event === 'handed-on') listener.onHandedOn();
  };
  return listener;
}

function show(session: SessionRun, verdict: HeldVerdict, service: Service = SETTLEMENT): void {
  session.send({ type: 'SCANNED' }, { type: 'VERDICT', verdict, service });
}

/** Two licences in a case for a matter. */
function openCase(session: SessionRun): void {
  const matters: Matter[] = ENTRY ? [ENTRY] : [];
  session.send({ type: 'OPEN_CASE', service: SCHOOL, matters });
  for (const verdict of [A, B]) show(session, verdict, SCHOOL);
}

function nothing(): void {
  // until a test wants to be told
}

/** What names a licence in a sealed part. */
function namesOf(verdict: HeldVerdict): ReadonlyMap<number, unknown> {
  const { sub, cti } = licenceOf(verdict);
  return new Map<number, unknown>([
    [CLAIM.sub, sub],
    [CLAIM.cti, cti],
  ]);
}

function licenceOf({ held }: HeldVerdict) {
  if (!held) throw new Error('this verdict holds no licence');
  return held.licence;
}
