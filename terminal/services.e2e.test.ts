import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askTerminal } from './cli/control-client.ts';
import {
  COMMAND_ROUTE,
  type Command,
  type CommandAnswer,
  type Face,
  LOGIN_ROUTE,
  type Screen,
  VIEW_ROUTE,
  type View,
} from './contract.ts';
import { dataFolder } from './store/data-folder.ts';
import { phoneLicences, presentCode } from './testing/phone.ts';
import { type StartedProduct, startProduct, waitUntil } from './testing/started-product.ts';

/**
 * Each of the seven services as it is used, on the running product: codes of the phone page, screens as they are sent to
 * a page, a business system at the bridge.
 */
let data: string;
let product: StartedProduct;
let access: { readonly pin: string; readonly bridgeToken: string };

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'liangzheng-services-'));
  product = await startProduct(data);
  access = JSON.parse(await readFile(join(data, 'demo-access.json'), 'utf8'));
});

afterAll(async () => {
  await product?.interrupt();
  await rm(data, { recursive: true, force: true });
});

describe('medical-insurance, at a kiosk', () => {
  it('lets the patient choose a business, and hands the whole fields on to the hospital', async () => {
    const hospital = await listen();
    expect(await scanOf('lin-insurance')).toMatchObject({ name: 'verdict', reason: 'accepted' });
    expect(await screen('kiosk')).toMatchObject({ offers: ['choose-business'] });
    await done({ type: 'choose-business' }, 'kiosk');
    expect(await screen('kiosk')).toMatchObject({
      name: 'choosing-business',
      businesses: expect.arrayContaining([expect.objectContaining({ type: '01301' })]),
    });
    await done({ type: 'business', business: '01301' }, 'kiosk');
    expect(await screen('kiosk')).toMatchObject({ name: 'handed-on', receiver: 'demo' });
    const { licences, businessType } = await hospital.receipt();
    expect(businessType).toBe('01301');
    expect(licences).toMatchObject([{ kind: 'medical-insurance' }]);
    expect(JSON.stringify(licences)).toContain('林晓彤');
    await hospital.close();
  });

  it('sends the patient to a staffed counter where no hospital system is there', async () => {
    await done({ type: 'dismiss' }, 'kiosk');
    expect(await scanOf('lin-insurance')).toMatchObject({ reason: 'accepted' });
    await done({ type: 'choose-business' }, 'kiosk');
    expect(await command({ type: 'business', business: '01101' }, 'kiosk')).toMatchObject({
      reason: 'no-receiver',
    });
    expect(await screen('kiosk')).toMatchObject({ name: 'staffed-counter', why: 'no-receiver' });
    await done({ type: 'back' }, 'kiosk');
    expect(await screen('kiosk')).toMatchObject({ name: 'choosing-business' });
  });

  it('answers a business system that asked for the next licence, without anybody choosing', async () => {
    await done({ type: 'dismiss' }, 'kiosk');
    await bridge('PUT', 'requests/case-2026-0001', { businessType: '01302', caseNo: 'MZ-0001' });
    expect(await scanOf('lin-insurance')).toMatchObject({ reason: 'accepted' });
    await waitUntil(
      async () => (await bridge('GET', 'requests/case-2026-0001')).state === 'handed-on',
      'the receipt',
    );
    const { receipt } = await bridge('GET', 'requests/case-2026-0001');
    expect(claimsOf(receipt)).toMatchObject({ caseNo: 'MZ-0001', businessType: '01302' });
    await done({ type: 'dismiss' }, 'kiosk');
  });
});

describe('at the counter', () => {
  it('offers nothing beyond checking before somebody logs in', async () => {
    expect((await view('counter')).desk).toEqual({
      matters: [],
      lookUps: [],
      services: [],
      revealReasons: [],
    });
    expect(await command({ type: 'switch-service', service: 'road-enforcement' })).toEqual({
      ok: false,
      reason: 'login-needed',
    });
    await logIn();
    expect((await view('counter')).desk?.services).toHaveLength(7);
  });

  it('construction-permit: gathers several licences of a company, says what is missing, hands the case on', async () => {
    await switchTo('construction-permit');
    await done({ type: 'begin-case', matter: 'construction-start' });
    expect(await screen('counter')).toMatchObject({ name: 'scanning', case: { licences: [] } });
    expect(lacking(await screen('counter'))).toHaveLength(2);
    await scanKind('shen-ruolan', '项目');
    expect(lacking(await screen('counter'))).toHaveLength(1);
    await scanKind('shen-ruolan', '用地');
    expect(lacking(await screen('counter'))).toEqual([]);
    const hall = await listen();
    await done({ type: 'hand-on', caseNo: 'GC-7' });
    const handed = await hall.receipt();
    expect(handed).toMatchObject({ matter: 'construction-start', caseNo: 'GC-7', staff: 'demo' });
    expect(handed.licences).toHaveLength(2);
    await hall.close();
    await done({ type: 'dismiss' });
  });

  it('road-enforcement: keeps three codes of a driver side by side, and always says that paper is no ground', async () => {
    await switchTo('road-enforcement');
    expect((await view('counter')).service.notice?.zh).toBe('不得以未携带实体证照给予处罚');
    for (const kind of ['驾驶证', '行驶证', '超限']) await scanKind('ma-xiao', kind);
    expect(caseOf(await screen('counter'))?.licences).toHaveLength(3);
    await done({ type: 'dismiss' });
  });

  it('school-enrolment: looks a parent’s papers up with consent, and lists what the case still lacks', async () => {
    await switchTo('school-enrolment');
    const { number } = await lookUpOf('fan-zhengyu', '入学');
    await done({ type: 'begin-case', matter: 'school-entry' });
    const before = lacking(await screen('counter'));
    expect(before).toHaveLength(4);
    await done({ type: 'look-up', by: 'id', value: number, consent: true });
    const choosing = await screen('counter');
    if (choosing.name !== 'choosing') throw new Error(`the counter shows ${choosing.name}`);
    expect(JSON.stringify(choosing)).not.toContain(number);
    expect(await screen('kiosk')).toEqual({ name: 'inviting' });
    const [first] = choosing.choices;
    await done({ type: 'choose', id: first?.id ?? '' });
    expect(await screen('counter')).toMatchObject({ name: 'verdict', reason: 'accepted' });
    expect(lacking(await screen('counter')).length).toBeLessThan(before.length);
    await done({ type: 'dismiss' });
  });

  it('school-enrolment: takes all that was found into the case, and the log has the archive record of what was handed on', async () => {
    const { number } = await lookUpOf('fan-zhengyu', '入学');
    await done({ type: 'begin-case', matter: 'school-entry' });
    await done({ type: 'look-up', by: 'id', value: number, consent: true });
    expect(await screen('counter')).toMatchObject({ name: 'choosing', takesAll: true });
    await done({ type: 'choose-all' });
    const { length } = caseOf(await screen('counter'))?.licences ?? [];
    expect(length).toBeGreaterThan(1);
    const school = await listen();
    await done({ type: 'hand-on', caseNo: 'RX-2026-3' });
    const { licences, ...receipt } = await school.receipt();
    expect(receipt).toMatchObject({ matter: 'school-entry', caseNo: 'RX-2026-3', staff: 'demo' });
    expect(licences).toHaveLength(length);
    const row = (await auditRows()).findLast(({ event }) => event === 'hand-on');
    expect(row).toMatchObject({ sealed: expect.any(String) });
    expect(row?.public).toEqual({
      service: 'school-enrolment',
      client: 'demo',
      matter: 'school-entry',
      kinds: licences.map(({ kind }: { kind: string }) => kind),
      staff: 'demo',
    });
    await school.close();
    await done({ type: 'dismiss' });
  });

  it('branch-registration: finds a company by its code, and hands its licence itself on for the file', async () => {
    await switchTo('branch-registration');
    const { number } = await lookUpOf('gu-changqing', '分公司');
    await done({ type: 'look-up', by: 'uscc', value: number, consent: true });
    const choosing = await screen('counter');
    if (choosing.name !== 'choosing') throw new Error(`the counter shows ${choosing.name}`);
    expect(choosing.choices).toHaveLength(2);
    await done({ type: 'choose', id: choosing.choices[0]?.id ?? '' });
    const registry = await listen();
    await done({ type: 'hand-on', caseNo: 'FGS-12' });
    const { licences } = await registry.receipt();
    expect(licences).toMatchObject([{ kind: 'business-licence', licence: expect.any(String) }]);
    await registry.close();
    await done({ type: 'dismiss' });
  });

  it('property-transaction: shows the few masked fields a buyer needs, hands nothing on and keeps nothing', async () => {
    await switchTo('property-transaction');
    const shown = await scanOf('qian-real-estate');
    if (shown.name !== 'verdict') throw new Error(`the counter shows ${shown.name}`);
    expect(shown.fields.length).toBeLessThanOrEqual(4);
    const onScreen = await screen('counter');
    expect(onScreen).toMatchObject({ reason: 'accepted' });
    expect(await command({ type: 'hand-on' })).toMatchObject({ ok: false, reason: 'not-offered' });
    const rows = await auditRows();
    const last = rows.findLast(({ event }) => event === 'verification');
    expect(last).toMatchObject({ public: { service: 'property-transaction' }, sealed: null });
    await done({ type: 'dismiss' });
  });

  it('reveals a masked field for a reason, once the row that says so is written', async () => {
    await switchTo('road-enforcement');
    await scanKind('ma-xiao', '驾驶证');
    const shown = await screen('counter');
    if (shown.name !== 'verdict') throw new Error(`the counter shows ${shown.name}`);
    const label = shown.fields.find(({ masked }) => masked !== undefined)?.masked ?? 0;
    expect(shown.offers).toContain('reveal');
    await done({ type: 'reveal', label, reason: 'compare-with-paper' });
    expect(JSON.stringify(await screen('counter'))).toContain('马骁');
    expect(JSON.stringify(await screen('kiosk'))).not.toContain('马骁');
    expect((await auditRows()).at(-1)).toMatchObject({
      event: 'reveal',
      public: { staff: 'demo', label, reason: 'compare-with-paper' },
    });
    await done({ type: 'dismiss' });
  });

  it('site-inspection and road-enforcement: accept codes, and gather a driver’s three, while the city does not answer', async () => {
    const operators = await Promise.all(
      ['wei-operator-certificate', 'liang-operator-certificate'].map((id) =>
        presentCode(product.phoneUrl, id),
      ),
    );
    const driver = await Promise.all(['驾驶证', '行驶证', '超限'].map((kind) => codeOf('ma-xiao', kind)));
    process.kill(product.pid('city'), 'SIGSTOP');
    try {
      await switchTo('site-inspection');
      for (const code of operators) expect(await show(code)).toMatchObject({ reason: 'accepted' });
      await switchTo('road-enforcement');
      for (const code of driver) expect(await show(code)).toMatchObject({ reason: 'accepted' });
      expect(caseOf(await screen('counter'))?.licences).toHaveLength(3);
    } finally {
      process.kill(product.pid('city'), 'SIGCONT');
    }
    await done({ type: 'dismiss' });
  });

  it('after the log-out nothing of the case or the desk is left on the counter', async () => {
    await fetch(new URL(LOGIN_ROUTE, product.kioskUrl), { method: 'DELETE' });
    const { desk, screen: after } = await view('counter');
    expect(desk?.staff).toBeUndefined();
    expect(['inviting', 'clearing']).toContain(after.name);
  });
});

async function view(face: Face): Promise<View> {
  const answer = await fetch(new URL(`${VIEW_ROUTE}?face=${face}`, product.kioskUrl));
  if (!answer.body) throw new Error('no view stream');
  let text = '';
  // leaving the loop ends the stream
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const json = text.match(/^data: (\{.*)\n/m)?.[1];
    if (json !== undefined) return JSON.parse(json);
  }
  throw new Error('the view stream ended');
}

async function screen(face: Face): Promise<Screen> {
  return (await view(face)).screen;
}

async function command(wish: Command, face: Face = 'counter'): Promise<CommandAnswer> {
  return post(`${COMMAND_ROUTE}?face=${face}`, wish);
}

async function done(wish: Command, face?: Face): Promise<void> {
  expect(await command(wish, face), wish.type).toEqual({ ok: true });
}

async function logIn(): Promise<void> {
  expect(await post(LOGIN_ROUTE, { as: 'staff', id: 'demo', pin: access.pin })).toEqual({ ok: true });
}

async function switchTo(service: string): Promise<void> {
  await done({ type: 'switch-service', service });
  expect((await view('counter')).service.id).toBe(service);
}

async function post(route: string, body: unknown): Promise<CommandAnswer> {
  const answer = await fetch(new URL(route, product.kioskUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.json();
}

async function show(text: string): Promise<Screen> {
  const answer = await askTerminal(dataFolder(join(data, 'terminal')).socket, { command: 'show', text });
  if (!answer.ok) throw new Error(answer.error);
  return answer.screen as Screen;
}

async function scanOf(licence: string): Promise<Screen> {
  return show(await presentCode(product.phoneUrl, licence));
}

/** Shows a person's licence of a kind, which is accepted. */
async function scanKind(person: string, word: string): Promise<void> {
  const code = await codeOf(person, word);
  expect(await show(code), `${person}, ${word}`).toMatchObject({ name: 'verdict', reason: 'accepted' });
}

/** A fresh code of a person's valid licence of the kind whose Chinese name contains the word. */
async function codeOf(person: string, word: string): Promise<string> {
  const all = await phoneLicences(product.phoneUrl);
  const found = all.find(
    (one) => one.person === person && one.condition === 'valid' && one.kind.zh.includes(word),
  );
  if (!found) throw new Error(`${person} has no valid licence whose kind has ${word} in its name`);
  return presentCode(product.phoneUrl, found.id);
}

/** The number a person's phone says to look up, at the service whose Chinese name contains the word. */
async function lookUpOf(person: string, word: string): Promise<{ readonly number: string }> {
  const { people } = await (await fetch(new URL('/phone/api/people', product.phoneUrl))).json();
  const lookUps = people.find(({ id }: { id: string }) => id === person)?.lookUps ?? [];
  const found = lookUps.find(({ service }: { service: { zh: string } }) => service.zh.includes(word));
  if (!found) throw new Error(`${person} has nothing to look up at ${word}`);
  return found;
}

function caseOf(shown: Screen) {
  return 'case' in shown ? shown.case : undefined;
}

function lacking(shown: Screen): readonly unknown[] {
  return caseOf(shown)?.lacks ?? [];
}

async function bridge(method: string, path: string, body?: unknown) {
  const answer = await fetch(new URL(`/bridge/v1/${path}`, product.kioskUrl), {
    method,
    headers: {
      authorization: `Bearer ${access.bridgeToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Listens as a business system does. */
async function listen() {
  const answer = await fetch(new URL('/bridge/v1/events', product.kioskUrl), {
    headers: { authorization: `Bearer ${access.bridgeToken}` },
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no event stream');
  const told = new Set(seen);
  let text = '';
  const next = () =>
    [...text.matchAll(/^event: handed-on\n(?:id: .*\n)?data: (\{.*\})$/gm)]
      .map(([, json = '']) => JSON.parse(json).receipt)
      .find((receipt) => !told.has(receipt));
  return {
    /** Claims of the first new receipt that comes. */
    receipt: async () => {
      while (next() === undefined) {
        const { value, done: ended } = await reader.read();
        if (ended) throw new Error('the event stream ended');
        text += value;
      }
      return claimsOf(next());
    },
    close: () => reader.cancel(),
  };
}

/** Receipts had before, which a page that connects anew is told again until it acknowledges them. */
const seen = new Set<string>();

function claimsOf(receipt: string) {
  seen.add(receipt);
  const [, claims = ''] = receipt.split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
}

interface ExportedRow {
  readonly event: string;
  readonly public: object;
  readonly sealed: string | null;
}

async function auditRows(): Promise<ExportedRow[]> {
  const lines = (await product.liangzheng('audit', 'export', '--format', 'jsonl')).trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}
