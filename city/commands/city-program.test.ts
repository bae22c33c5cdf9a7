import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PersonalSealer } from '../../licence/audit/seal.ts';
import { encodeCbor } from '../../licence/cbor/encode.ts';
import { readCode } from '../../licence/code-text.ts';
import { parseEnrolmentCode } from '../../licence/wire/enrolment-code.ts';
import { startTestCity, TEST_ISSUER, type TestCity } from '../testing/start-test-city.ts';
import { TestChain, TestTerminal } from '../testing/test-terminal.ts';
import { cityProgram } from './city-program.ts';

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

test('an order that is refused says why and fails', async () => {
  await expect(city('issue', ...ORDER, '--kind', 'driving-licence')).rejects.toThrow(
    'not issued: the issuer has no key admitted for this kind',
  );
});

test('enrolment-code prints a code a terminal can enrol with', async () => {
  const code = (await city('enrolment-code')).trim();
  expect(parseEnrolmentCode(code)).toBeDefined();
  expect((await new TestTerminal(running).enrol(code)).status).toBe(201);
  expect(await city('terminals')).toContain('Hall 3, counter 2');
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
