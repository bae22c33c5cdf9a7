import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PersonalSealer } from '../../licence/audit/seal.ts';
import { encodeCbor } from '../../licence/cbor/encode.ts';
import { readCode } from '../../licence/code-text.ts';
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

test.each(['audit', 'terminals', 'licences'])('%s says that there is nothing, and where', async (command) => {
  expect(await city(command)).toMatch(new RegExp(`^(The|No) .*${running.data}.*\n$`));
});

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
