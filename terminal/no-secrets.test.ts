import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import type { Licence } from '../licence/claims.ts';
import { toCodeText } from '../licence/code-text.ts';
import type { SigningKey } from '../licence/issue/signing-key.ts';
import {
  delegatedCode,
  demoCode,
  demoKey,
  demoLicence,
  LIST_URI,
  licenceCode,
  NOW,
} from '../licence/testing/demo-issuer.ts';
import { formatGrant } from '../licence/wire/grant-text.ts';
import { sealMaintenanceGrant } from '../licence/wire/maintenance-grant.ts';
import { ListeningSink } from './bridge/testing/demo-bridge.ts';
import type { Command } from './contract.ts';
import { makeLog } from './health/log.ts';
import {
  formsOfBytes,
  formsOfText,
  type SecretForm,
  secretsIn,
  secretsInBytes,
} from './health/testing/secret-forms.ts';
import { loadOrCreateTerminalKey, terminalIdOf } from './store/terminal-key.ts';
import { GRANT_KEY, phoneCode, revocationList } from './testing/demo-city.ts';
import { logInAs, STAFF_PIN } from './testing/demo-staff.ts';
import { type DemoTerminal, startDemoTerminal } from './testing/demo-terminal.ts';
import { FakeResolver } from './testing/fake-resolver.ts';
import { refuseRows } from './testing/refuse-rows.ts';
import { tempFolder } from './testing/temp-folder.ts';

/*
 * What nobody may find on the disk of a stolen terminal, in its log, or in what it says of itself: who showed what,
 * and what opens it. Whatever the terminal writes is searched byte by byte, in every form a careless hand would write.
 */
const NAME = '欧阳铁蛋儿';
const ID_NUMBER = '990100198711223344';
const PHONE = '13987654321';
const ADDRESS = '示例市不存在路四百零四号';
const CERTIFICATE = '1.2.156.3005.2.11100000MB03271699022.990100.000007777.001.W';
const REFERENCE = '2899887766554433221100998877';
const FOREIGN = 'https://pay.example/u/MALLORY-BUYS-4711';
const PIN = '739164';
const WRONG_PIN = '846203';
/** Typed in by staff, and the holder's of what the city knows under it. */
const LOOKED_UP = '990100196605248817';
/** Asked for in vain, of a city whose failure quotes it. */
const LOOKED_UP_IN_VAIN = '990100195403079926';
const REVEALED = '慕容翠花儿';
/** Reaches the business system with the hand-on, and nothing else. */
const HANDED_ON = '示例市另一条路五百零五号';
const CASE_NO = 'RX-ZZ-2026-480213';
const ASKED_CASE_NO = 'MZ-ZZ-2026-775340';
const REVOKED = 8;
const CTI = Buffer.from('c4f1a7d2b95e8830c4f1a7d2b95e8831', 'hex');

/** What the planted texts are; a new one is searched for, and proven to be found, wherever it stands here. */
const PLANTED = [
  ...[NAME, ID_NUMBER, PHONE, ADDRESS, CERTIFICATE, REFERENCE, FOREIGN, PIN, WRONG_PIN],
  ...[LOOKED_UP, LOOKED_UP_IN_VAIN, REVEALED, HANDED_ON, CASE_NO, ASKED_CASE_NO],
];

const FORMS: readonly SecretForm[] = [
  ...PLANTED.flatMap((text) => formsOfText(text)),
  ...formsOfBytes('the id of a licence', CTI),
];

const LI = { command: 'staff', id: 'li' } as const;

const HOLDER: Partial<Licence> = {
  sub: CERTIFICATE,
  cti: new Uint8Array(CTI),
  fields: new Map([
    [1, NAME],
    [2, ID_NUMBER],
    [20, ADDRESS],
    [21, PHONE],
  ]),
};

test('after scans of every outcome no secret is on the disk, in the log or in what the terminal says of itself', async () => {
  const tested = await startTested();
  const { demo } = tested;
  const forms = [...FORMS];
  const scan = async (bytes: Uint8Array) => {
    forms.push(...formsOfBytes('the end of a code', Buffer.from(bytes.subarray(-24))));
    return outcomeOf(demo, toCodeText(bytes));
  };
  const fresh = () => new Uint8Array(randomBytes(8));
  const outcomes = [
    await scan(demoCode({ licence: HOLDER, presentation: { cti: fresh() } })),
    await scan(demoCode({ licence: { ...HOLDER, exp: NOW - 1 }, presentation: { cti: fresh() } })),
    await scan(demoCode({ licence: { ...HOLDER, status: { idx: REVOKED, uri: LIST_URI } } })),
    await scan(delegatedCode({ licence: HOLDER, presentation: { cti: fresh() } })),
    await outcomeOf(demo, REFERENCE),
    await outcomeOf(demo, FOREIGN),
    await outcomeOf(demo, `${FOREIGN}\u001b[2J${NAME}`),
    await outcomeOf(demo, `LZ1:${NAME}`),
  ];
  expect(new Set(outcomes)).toEqual(new Set(['accepted', 'rejected', 'undetermined']));
  await demo.terminal.command({ type: 'keyboard-scan', text: `${FOREIGN}?${ID_NUMBER}` });
  forms.push(...(await staffComesAndGoes(demo)));
  expect(await found(tested, forms)).toEqual([]);
});

test('after look-ups, reveals and hand-ons, done and failed, no secret is there either', async () => {
  const tested = await startTested();
  const { demo } = tested;
  await logInAs('staff', demo);
  const { token, heard, ask } = await businessSystem(tested);
  const forms = [...FORMS, ...formsOfText(token), ...formsOfText(STAFF_PIN)];
  await counterWork(tested);
  for (const handedOn of [CASE_NO, REVEALED]) expect(heard()).toContain(handedOn);
  await done(demo, { type: 'switch-service', service: 'settlement' });
  ask('request-1');
  await demo.terminal.show(phoneCode(HOLDER));
  await vi.waitFor(() => expect(heard()).toContain(ASKED_CASE_NO));
  ask('request-2');
  await failingCounterWork(tested);
  for (const what of ['reveal', 'hand-on', 'audit log']) expect(tested.log.text()).toContain(what);
  expect(await found(tested, forms)).toEqual([]);
});

test('after grants, good and bad, shown, typed and scanned, neither they nor parts of them are there', async () => {
  const tested = await startTested();
  const { demo } = tested;
  await demo.terminal.manageStaff({ ...LI, action: 'add', name: '李', role: 'maintenance', pin: PIN });
  const forms = [...FORMS];
  for (const signer of [GRANT_KEY, demoKey('impostor')]) {
    const sealed = grantFor(demo, signer);
    const grant = formatGrant(sealed);
    forms.push(
      ...formsOfText(grant),
      ...formsOfBytes('the end of a grant', Buffer.from(sealed.subarray(-24))),
    );
    await demo.terminal.show(grant);
    await demo.terminal.show(grant.slice(0, -3));
    await demo.terminal.command({ type: 'keyboard-scan', text: grant });
    const answer = await demo.terminal.login({ as: 'maintenance', id: 'li', pin: PIN, grant });
    expect(answer.ok).toBe(signer === GRANT_KEY);
    await demo.terminal.logout();
  }
  expect(await found(tested, forms)).toEqual([]);
});

test('secrets that did get into the audit log are found there, every one', async () => {
  const { demo } = await startTested();
  await demo.terminal.show(phoneCode(HOLDER));
  const copy = copyOf(demo);
  const db = new Database(join(copy, 'audit.db'));
  const spoil = db.prepare('UPDATE row SET bytes = CAST(bytes || ? AS BLOB) WHERE seq = 1');
  for (const secret of PLANTED) spoil.run(secret);
  db.close();
  const findings = PLANTED.map((secret) => `audit.db holds ${secret} (UTF-8)`);
  expect(secretsIn(copy, FORMS)).toEqual(expect.arrayContaining(findings));
});

test('secrets in a fault are found in the log, every one', () => {
  const log = memoryLog();
  for (const secret of PLANTED) log.onFault(`something about ${secret}`);
  const findings = PLANTED.map((secret) => `the log holds ${secret} (UTF-8)`);
  const inLog = secretsInBytes('the log', Buffer.from(log.text()), FORMS);
  expect(inLog).toEqual(expect.arrayContaining(findings));
});

test.each([...formsOfText(NAME), ...formsOfBytes('bytes', CTI)].map((form) => [form.form, form] as const))(
  'a secret is found in a file, wherever it lies, as %s',
  (_form, form) => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'some.db'), Buffer.concat([randomBytes(7), form.bytes, randomBytes(5)]));
    expect(secretsIn(folder, [form])).toEqual([`some.db holds ${form.secret} (${form.form})`]);
  },
);

test.each([0, 1, 2, 3, 4])(
  'a name in the middle of a text is found behind %i other bytes, in base64 and Base45',
  (before) => {
    const inside = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(NAME), Buffer.from('yyy')]);
    const forms = formsOfText(NAME);
    for (const alphabet of ['base64', 'base64url'] as const) {
      expect(secretsInBytes('it', Buffer.from(inside.toString(alphabet)), forms)).not.toEqual([]);
    }
  },
);

/** The log of a terminal, as `run` makes it, into memory. */
function memoryLog() {
  const stream = new PassThrough();
  let written = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    written += chunk;
  });
  const log = makeLog('trace', 'terminal', stream);
  return {
    onFault: (fault: string) => log.warn(fault),
    text: () => written + String(stream.read() ?? ''),
  };
}

/** What a day at a counter leaves: a look-up, a reveal, a case handed on, a city that fails. */
async function counterWork({ demo, resolver }: Tested): Promise<void> {
  const { terminal } = demo;
  await done(demo, { type: 'switch-service', service: 'school-enrolment' });
  await done(demo, { type: 'begin-case', matter: 'school-entry' });
  resolver.failure = undefined;
  await done(demo, { type: 'look-up', by: 'id', value: LOOKED_UP, consent: true });
  const { screen } = terminal.view('counter');
  const [first] = screen.name === 'choosing' ? screen.choices : [];
  await done(demo, { type: 'choose', id: first?.id ?? 'none' });
  await done(demo, { type: 'reveal', label: 1, reason: 'holder-asks' });
  expect(JSON.stringify(terminal.view('counter'))).toContain(REVEALED);
  await done(demo, { type: 'hand-on', caseNo: CASE_NO });
  resolver.failure = quoting(resolver);
  await done(demo, { type: 'look-up', by: 'id', value: LOOKED_UP_IN_VAIN, consent: true });
  await done(demo, { type: 'dismiss' });
}

/** The same where nothing can be written any more. */
async function failingCounterWork({ demo }: Tested): Promise<void> {
  const failed = { ok: false, reason: 'store-failed' };
  await done(demo, { type: 'switch-service', service: 'school-enrolment' });
  await demo.terminal.show(phoneCode(HOLDER));
  const repair = refuseRows(demo.folder.auditDb);
  for (const command of [
    { type: 'reveal', label: 1, reason: 'holder-asks' },
    { type: 'hand-on', caseNo: CASE_NO },
    { type: 'look-up', by: 'id', value: LOOKED_UP, consent: true },
  ] as const) {
    expect(await demo.terminal.command(command), command.type).toEqual(failed);
  }
  repair();
}

async function done({ terminal }: DemoTerminal, command: Command): Promise<void> {
  expect(await terminal.command(command), command.type).toEqual({ ok: true });
}

/** The city's word that `li` may maintain this terminal, signed by whom. */
function grantFor({ folder }: DemoTerminal, signer: SigningKey): Uint8Array {
  const terminalId = terminalIdOf(loadOrCreateTerminalKey(folder.key).publicKey);
  const cti = new Uint8Array(randomBytes(16));
  return sealMaintenanceGrant({ terminalId, staff: 'li', exp: NOW + 3600, cti }, signer);
}

/** Every secret on the disk, in the log, and in what the terminal says of itself. */
async function found({ demo, log }: Tested, forms: readonly SecretForm[]): Promise<string[]> {
  const { terminal, faults } = demo;
  const said = [...faults, JSON.stringify(terminal.status()), await terminal.metrics.text()].join('\n');
  return [
    ...secretsIn(copyOf(demo), forms),
    ...secretsInBytes('the log', Buffer.from(log.text()), forms),
    ...secretsInBytes('what was said', Buffer.from(said), forms),
  ];
}

/** A business system that is admitted and listens. */
async function businessSystem({ demo: { terminal } }: Tested) {
  const added = await terminal.manageClients({
    ...{ command: 'bridge', action: 'add', name: 'his', origins: ['https://his.example'] },
  } as const);
  const client = terminal.bridge.clients.get('his');
  if (!added.ok || added.token === undefined || !client) throw new Error('no client could be added');
  const sink = new ListeningSink();
  terminal.bridge.listen(client, sink);
  return {
    token: added.token,
    /** Claims of the receipts it has had. */
    heard: () =>
      sink.heard.map(({ data }) => ('receipt' in data ? claimsOf(String(data.receipt)) : '')).join(),
    /** Asks for the next licence. */
    ask: (id: string) => terminal.bridge.put('his', id, { caseNo: ASKED_CASE_NO, expiresInSeconds: 60 }),
  };
}

function claimsOf(receipt: string): string {
  return Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString('utf8');
}

/** Staff is added, gets a badge, and logs in with the right PIN and a wrong one. @returns what may not be found of it. */
async function staffComesAndGoes({ terminal }: DemoTerminal): Promise<readonly SecretForm[]> {
  const who = { command: 'staff', id: 'wang' } as const;
  const added = await terminal.manageStaff({ ...who, action: 'add', name: '王', role: 'staff', pin: PIN });
  const badge = await terminal.manageStaff({ ...who, action: 'badge' });
  if (!added.ok || !badge.ok || badge.code === undefined) throw new Error('no staff could be added');
  await terminal.login({ as: 'staff', id: 'wang', pin: WRONG_PIN });
  expect(await terminal.login({ as: 'staff', id: 'wang', pin: PIN })).toEqual({ ok: true });
  await terminal.show(badge.code);
  return formsOfText(badge.code);
}

interface Tested {
  readonly demo: DemoTerminal;
  readonly log: ReturnType<typeof memoryLog>;
  readonly resolver: FakeResolver;
}

/** A terminal that knows a revoked licence, and whose city fails with an error that quotes what it was asked. */
async function startTested(): Promise<Tested> {
  const log = memoryLog();
  const resolver = new FakeResolver();
  resolver.failure = quoting(resolver);
  const fields = new Map([
    [1, REVEALED],
    [2, LOOKED_UP],
    [20, HANDED_ON],
  ]);
  resolver.licences = ['medical-insurance', 'driving-licence'].map((kind) => ({
    code: licenceCode(demoLicence({ ...HOLDER, kind, fields })),
    state: 'valid',
  }));
  const demo = await startDemoTerminal({
    resolver,
    onFault: log.onFault,
    prepare: (store, city) => {
      city.enrol(store);
      store.saveStatusList(revocationList([REVOKED]));
    },
  });
  return { demo, log, resolver };
}

function quoting({ requests }: FakeResolver): () => Promise<never> {
  return () => Promise.reject(new Error(`no answer to ${JSON.stringify(requests.at(-1)?.query)}`));
}

async function outcomeOf({ terminal }: DemoTerminal, code: string): Promise<string> {
  const screen = await terminal.show(code);
  if (typeof screen === 'string') throw new Error(screen);
  return screen.name === 'verdict' ? screen.outcome : screen.name;
}

/** Made by another process: opening and closing a live store in this one would drop its locks. */
function copyOf({ folder }: DemoTerminal): string {
  const copy = tempFolder();
  execFileSync('cp', ['-r', '--', `${folder.root}/.`, copy]);
  return copy;
}
