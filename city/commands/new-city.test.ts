import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultCatalogue } from '../catalogue/default-catalogue.ts';
import { openCity } from '../city.ts';
import { cityProgram } from './city-program.ts';

let data: string;
let printed: string[];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'city-'));
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => {
    printed.push(String(line));
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(data, { recursive: true });
});

async function city(command: string, ...args: readonly string[]): Promise<string> {
  printed = [];
  await cityProgram().parseAsync([command, '--data', data, ...args], { from: 'user' });
  return printed.join('\n');
}

const HEALTH = [
  ...['--issuer', 'urn:test:health', '--slug', 'health'],
  ...['--name-zh', '医保局', '--name-en', 'Health insurance office'],
];

test.each([
  ['licences'],
  ['audit'],
  ['terminals'],
  ['issuers'],
  ['enrolment-code'],
  ['revoke', 'MI-1'],
  ['suspend', 'MI-1'],
  ['delegations'],
  ['export', 'somewhere'],
  ['issue', '--issuer', 'urn:x', '--kind', 'k', '--sub', 's'],
])('%s in a folder without a city says so and makes nothing', async (command, ...args) => {
  await expect(city(command, ...args)).rejects.toThrow(`no city in ${data}; "serve" makes one`);
  expect(readdirSync(data)).toEqual([]);
});

test('an issuer admitted in a new city is listed with its kinds and can issue them', async () => {
  await city('admit-issuer', ...HEALTH, '--kind', 'medical-insurance', 'birth-certificate');
  expect(await city('issuers')).toBe(
    'urn:test:health  health  医保局 / Health insurance office\n  medical-insurance, birth-certificate',
  );
  const order = ['--issuer', 'urn:test:health', '--kind', 'medical-insurance', '--sub', 'MI-1'];
  expect(await city('issue', ...order)).toMatch(/^cti {3}\w+\ncode {2}LZ1:/);
});

test('a kind the catalogue lacks is refused by name, with those it has', async () => {
  const first = defaultCatalogue.kinds[0]?.id;
  await expect(
    city('admit-issuer', ...HEALTH, '--kind', 'medical-insurance', 'fishing-permit'),
  ).rejects.toThrow(`the catalogue has no kind fishing-permit; it has ${first}, `);
  expect(await city('issuers')).toContain(`No issuer is admitted by the city at ${data}`);
});

test('a slug another issuer has is refused by name', async () => {
  await city('admit-issuer', ...HEALTH, '--kind', 'medical-insurance');
  const other = HEALTH.map((word) => (word === 'urn:test:health' ? 'urn:test:other' : word));
  await expect(city('admit-issuer', ...other, '--kind', 'medical-insurance')).rejects.toThrow(
    'the slug health is that of urn:test:health',
  );
});

test('admitting again changes the kinds', async () => {
  await city('admit-issuer', ...HEALTH, '--kind', 'medical-insurance');
  await city('admit-issuer', ...HEALTH, '--kind', 'birth-certificate');
  expect(await city('issuers')).toMatch(/\n {2}birth-certificate$/);
});

test('an issuer may be admitted for delegations alone, and says so in the list', async () => {
  await city('admit-issuer', ...HEALTH, '--delegates', 'construction-permit', '--suspends');
  expect(await city('issuers')).toBe(
    'urn:test:health  health  医保局 / Health insurance office\n  no kinds\n  delegates construction-permit\n  suspends',
  );
});

test('admitting again for one thing leaves the other, and --no-delegates ends it', async () => {
  await city('admit-issuer', ...HEALTH, '--kind', 'medical-insurance');
  await city('admit-issuer', ...HEALTH, '--delegates', 'construction-permit');
  expect(await city('issuers')).toContain('\n  medical-insurance\n  delegates construction-permit');
  await city('admit-issuer', ...HEALTH, '--no-delegates');
  expect(await city('issuers')).toMatch(/\n {2}medical-insurance$/);
});

test('an issuer admitted for nothing is refused', async () => {
  await expect(city('admit-issuer', ...HEALTH)).rejects.toThrow('with --kind, --delegates or both');
});

test('issue in a city that admitted nobody says how to', async () => {
  await (await openCity({ data })).close();
  await expect(city('issue', '--issuer', 'urn:x', '--kind', 'k', '--sub', 's')).rejects.toThrow(
    'admit-issuer',
  );
});
