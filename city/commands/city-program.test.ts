import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PersonalSealer } from '../../licence/audit/seal.ts';
import { encodeCbor } from '../../licence/cbor/encode.ts';
import { readCode } from '../../licence/code-text.ts';
import { parseSign1 } from '../../licence/cose/sign1.ts';
import { TYP } from '../../licence/cose/typ.ts';
import { parseDelegation } from '../../licence/delegation.ts';
import { generateSigningKey } from '../../licence/issue/signing-key.ts';
import { openStatusList } from '../../licence/status/status-list.ts';
import { parseCatalogue } from '../../licence/trust/catalogue.ts';
import { parseIssuers } from '../../licence/trust/issuers.ts';
import { parseEnrolmentCode } from '../../licence/wire/enrolment-code.ts';
import { startTestCity, TEST_ISSUER, type TestCity } from '../testing/start-test-city.ts';
import { TestChain, TestTerminal } from '../testing/test-terminal.ts';
import { cityProgram } from './city-program.ts';
import { licencesCommand } from './licences-command.ts';

let running: TestCity;
beforeEach(async () => {
  running = await startTestCity((city) => city.issuers.define(TEST_ISSUER));
});
afterEach(() => running.close());

/** Runs a command over the running server's folder, on a connection of its own. @returns what it printed. */
async function city(command: string, ...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const printed = vi.spyOn(console, 'log').mockImplementation((line) => {
    lines.push(`${line}\n`);
  });
  try {
    await cityProgram().parseAsync([command, '--data', running.data, ...args], { from: 'user' });
  } finally {
    printed.mockRestore();
  }
  return lines.join('');
}

/** As somebody with the file in hands would. */
function spoilRow(seq: number): void {
  const file = new Database(join(running.data, 'city.db'));
  file.prepare('UPDATE audit_row SET bytes = zeroblob(length(bytes)) WHERE seq = ?').run(seq);
  file.close();
}

const ORDER = ['--issuer', TEST_ISSUER.iss, '--sub', 'MI-1', '--days', '30'];

test('issue prints a code that revoke then takes by its cti, beside the running server', async () => {
  const issued = await city(
    'issue',
    ...ORDER,
    '--kind',
    'medical-insurance',
    '--field',
    '1=张三',
    '--field',
    '5=A=B',
  );
  const [, cti = '', code = ''] = /^cti {3}(\w+)\ncode {2}(LZ1:.+)\n$/.exec(issued) ?? [];
  expect(readCode(new Uint8Array(Buffer.from(code))).ok).toBe(true);
  expect(await city('revoke', cti)).toBe('revoked 1 licence\n');
  expect(await city('licences')).toMatch(new RegExp(`^${cti} {2}revoked .*MI-1\n$`));
});

test('suspend and resume say what they did, and licences shows it', async () => {
  await running.city.issuers.define({ ...TEST_ISSUER, suspends: true });
  await city('issue', ...ORDER, '--kind', 'medical-insurance');
  expect(await city('suspend', 'MI-1')).toBe('suspended 1 licence\n');
  expect(await city('licences')).toMatch(/^\w+ {2}suspended .*MI-1\n$/);
  expect(await city('resume', 'MI-1')).toBe('resumed 1 licence\n');
  expect(await city('resume', 'MI-1')).toBe('not suspended, so nothing to resume\n');
  expect(await city('licences')).toMatch(/^\w+ {2}valid .*MI-1\n$/);
});

test('what a list of one bit can’t say, and what is final, is refused in a sentence', async () => {
  await city('issue', ...ORDER, '--kind', 'medical-insurance');
  await expect(city('suspend', 'MI-1')).rejects.toThrow(
    "can't suspend it: its list urn:lz:health:1 has one bit an entry",
  );
  await city('revoke', 'MI-1');
  await expect(city('resume', 'MI-1')).rejects.toThrow("can't resume it: it is revoked");
  await expect(city('suspend', 'MI-9')).rejects.toThrow('nothing was issued under this cti or sub');
});

const DELEGATE = [
  ...['--issuer', TEST_ISSUER.iss, '--principal', '91990100MA7DEM1501', '--delegate', '990100199602232680'],
  ...['--delegate-key', Buffer.from(generateSigningKey().publicKey).toString('base64url')],
];

test('delegate prints a delegation that delegations lists and revoke takes by its cti', async () => {
  await running.city.issuers.define({ ...TEST_ISSUER, delegates: ['medical-insurance', 'permit'] });
  const made = await city('delegate', ...DELEGATE, '--kind', 'medical-insurance', 'permit');
  const [, cti = '', text = ''] = /^cti {9}(\w+)\ndelegation {2}([\w-]+)\n$/.exec(made) ?? [];
  const sealed = parseSign1(new Uint8Array(Buffer.from(text, 'base64url')), [TYP.delegation]);
  expect(sealed.ok && parseDelegation(sealed.sign1.payload)).toMatchObject({
    value: { scope: { kinds: ['medical-insurance', 'permit'] } },
  });
  expect(await city('revoke', cti)).toBe('revoked 1 delegation\n');
  expect(await city('delegations')).toMatch(
    new RegExp(`^${cti} {2}revoked .* 990100199602232680 for 91990100MA7DEM1501 `),
  );
});

test('a delegation by licence needs its cti, and each may be given', async () => {
  await running.city.issuers.define({ ...TEST_ISSUER, delegates: ['medical-insurance'] });
  const ctis = ['00'.repeat(16), '0f'.repeat(16)].flatMap((cti) => ['--licence', cti]);
  await expect(city('delegate', ...DELEGATE, ...ctis)).rejects.toThrow('no licence was issued under one');
  await expect(city('delegate', ...DELEGATE)).rejects.toThrow('say what it is about: --licence, --kind');
});

test('delegate for an issuer without a delegation key names those that have one', async () => {
  await running.city.issuers.define({ ...TEST_ISSUER, delegates: ['medical-insurance'] });
  const other = DELEGATE.map((word) => (word === TEST_ISSUER.iss ? 'urn:test:other' : word));
  await expect(city('delegate', ...other, '--kind', 'medical-insurance')).rejects.toThrow(
    `admitted for delegations: ${TEST_ISSUER.iss}`,
  );
});

test('a service the catalogue lacks is refused by name', async () => {
  await running.city.issuers.define({ ...TEST_ISSUER, delegates: ['medical-insurance'] });
  await expect(
    city('delegate', ...DELEGATE, '--kind', 'medical-insurance', '--service', 'fishing'),
  ).rejects.toThrow('the catalogue has no service fishing');
});

test('what export writes verifies what the city issues', async () => {
  const issued = await running.city.licences.issue({
    ...{ iss: TEST_ISSUER.iss, kind: 'medical-insurance', sub: 'MI-1', fields: new Map() },
    exp: Math.floor(Date.now() / 1000) + 86_400,
  });
  if (!issued.ok) throw new Error(issued.fault);
  const dir = join(running.data, 'for', 'verify');
  expect(await city('export', dir)).toBe(`wrote issuers.cbor, catalogue.json and 1 status list to ${dir}\n`);
  const issuers = parseIssuers(new Uint8Array(readFileSync(join(dir, 'issuers.cbor'))));
  const catalogue = parseCatalogue(JSON.parse(readFileSync(join(dir, 'catalogue.json'), 'utf8')));
  const token = new Uint8Array(readFileSync(join(dir, 'status', 'urn.lz.health.1.cwt')));
  if (typeof issuers === 'string' || typeof catalogue === 'string') throw new Error('not what was published');
  const { uri } = issued.issued.licence.status;
  expect(openStatusList(token, uri, issuers, running.city.verifier)).toMatchObject({ ok: true });
});

test('no command’s help shows the inside of a default', () => {
  for (const command of cityProgram().commands) expect(command.helpInformation()).not.toContain('{}');
});

test('an order that is refused says why and fails', async () => {
  await expect(city('issue', ...ORDER, '--kind', 'driving-licence')).rejects.toThrow(
    'not issued: the issuer has no key admitted for this kind',
  );
});

test('issue for an issuer nobody admitted names those that are', async () => {
  const order = ['--issuer', 'urn:test:other', '--sub', 'MI-1', '--kind', 'medical-insurance'];
  await expect(city('issue', ...order)).rejects.toThrow(
    `no issuer of this name is admitted; admitted: ${TEST_ISSUER.iss}`,
  );
});

test('licences shows the days of China, as the licence does', async () => {
  // 2031-01-01 00:30 in China, still the day before in UTC
  const exp = Date.UTC(2030, 11, 31, 16, 30) / 1000;
  const order = { iss: TEST_ISSUER.iss, kind: 'medical-insurance', sub: 'MI-1', fields: new Map(), exp };
  await running.city.licences.issue(order);
  expect(await city('licences')).toContain('  2031-01-01  ');
  expect(licencesCommand().description()).toContain('China Standard Time');
});

test('enrolment-code prints a code a terminal can enrol with', async () => {
  const code = (await city('enrolment-code')).trim();
  expect(parseEnrolmentCode(code)).toBeDefined();
  expect((await new TestTerminal(running).enrol(code)).status).toBe(201);
  expect(await city('terminals')).toContain('Hall 3, counter 2');
});

test('what a terminal calls itself and reports is printed as quoted text', async () => {
  const terminal = new TestTerminal(running);
  await terminal.enrol(await running.city.terminals.enrolmentCode(), 'Hall "3"\u202e');
  const report = { version: '1\x9b2J', clockOffsetMs: 0, queue: 0, trust: null, lists: [] };
  expect((await terminal.post('/v1/report', terminal.request('/v1/report', report))).status).toBe(200);
  const shown = await city('terminals');
  expect(shown).toContain('"Hall \\"3\\"\\u202e"\n');
  expect(shown).toContain('{"version":"1\\u009b2J",');
});

test('the public part of a row is printed without what could steer the screen', async () => {
  const terminal = await TestTerminal.enrolled(running);
  await terminal.post('/v1/audit', new TestChain(terminal).add(1, 'verdict', 'a\n\x9b2Jb').batch(1, 1));
  expect(await city('audit')).toContain('{"detail":"a\\n\\u009b2Jb"}\n');
});

test('a stored row that is none is said, and the listing goes on', async () => {
  const terminal = await TestTerminal.enrolled(running);
  await terminal.post('/v1/audit', new TestChain(terminal).add(3).batch(1, 3));
  spoilRow(2);
  const failing = process.exitCode;
  const shown = await city('audit');
  expect(process.exitCode).toBe(1);
  process.exitCode = failing;
  expect(shown).toMatch(/^ {5}1 .*\n {5}2 {2}UNREADABLE.*\n {5}3 .*\nterminal .* CHAIN BROKEN at row 2\n$/);
});

test.each(['audit', 'terminals', 'licences', 'delegations'])(
  '%s says that there is nothing, and where',
  async (command) => {
    expect(await city(command)).toMatch(new RegExp(`^(The|No) .*${running.data}.*\n$`));
  },
);

test('audit of a terminal without rows names it', async () => {
  const id = '0f'.repeat(16);
  expect(await city('audit', '--terminal', id)).toContain(`of terminal ${id}.\n`);
});

test('audit --json of an empty city is empty', async () => {
  expect(await city('audit', '--json')).toBe('');
});

test('audit prints rows in order, opens the personal part and names a fork', async () => {
  const terminal = await TestTerminal.enrolled(running);
  const plain = encodeCbor(new Map([['sub', 'MI-1']]));
  const sealed = await new PersonalSealer(running.city.keys.audit.publicKey).seal(plain);
  const chain = new TestChain(terminal).add(1, 'started').add(1, 'verdict', '', sealed);
  const clone = chain.cloneAt(1).add(1, 'verdict', 'another disk');
  await terminal.post('/v1/audit', chain.batch(1, 2));
  await terminal.post('/v1/audit', clone.batch(2, 2));
  const lines = (await city('audit', '--json', '--open')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { type: 'row', seq: 1, event: 'started' },
    { type: 'row', seq: 2, event: 'verdict', personal: { sub: 'MI-1' } },
    { type: 'epoch', seq: 2, chain: { whole: true }, forkedRows: 1 },
  ]);
  const shown = await city('audit', '--event', 'started');
  expect(shown).toContain('FORKED: 1 rows');
  expect(shown).not.toContain('verdict');
});
