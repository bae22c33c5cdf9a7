import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseCityKeys } from '../../licence/trust/city-keys.ts';
import { TARGET } from '../../licence/trust/trust.ts';
import { parseGrant } from '../../licence/wire/grant-text.ts';
import { openMaintenanceGrant } from '../../licence/wire/maintenance-grant.ts';
import { startTestCity, type TestCity } from '../testing/start-test-city.ts';
import { TestTerminal } from '../testing/test-terminal.ts';
import { hex } from './city-command.ts';
import { cityProgram } from './city-program.ts';

let running: TestCity;
let terminal: TestTerminal;
beforeEach(async () => {
  running = await startTestCity();
  terminal = await TestTerminal.enrolled(running);
});
afterEach(() => running.close());

test('a grant opens under the keys the city publishes, for that terminal and person and time', async () => {
  const nowSeconds = Math.floor(running.clock.now() / 1000);
  const bytes = parseGrant(await grant('--terminal', hex(terminal.id), '--staff', 'zhao.8', '--hours', '2'));
  const opened = openMaintenanceGrant(bytes ?? new Uint8Array(), {
    terminalId: terminal.id,
    keys: await grantKeys(),
    verifier: running.city.verifier,
    nowSeconds,
  });
  expect(opened).toMatchObject({ ok: true, value: { terminalId: terminal.id, staff: 'zhao.8' } });
  // the command has its own clock, which is the machine's
  expect(opened.ok && Math.abs(opened.value.exp - nowSeconds - 7200)).toBeLessThan(60);
});

test('no two grants share their identifier', async () => {
  const order = ['--terminal', hex(terminal.id), '--staff', 'zhao.8'];
  expect(await grant(...order)).not.toBe(await grant(...order));
});

test('a terminal nobody enrolled gets none', async () => {
  const nobody = '00'.repeat(16);
  await expect(grant('--terminal', nobody, '--staff', 'zhao.8')).rejects.toThrow(
    `not granted: no terminal ${nobody} is enrolled`,
  );
});

test.each([
  ['no hours', ['--staff', 'zhao.8', '--hours', '0']],
  ['more than a day', ['--staff', 'zhao.8', '--hours', '25']],
  ['a staff id that could steer a screen', ['--staff', 'zhao\u001b[2J']],
  ['nobody', []],
])('a grant of %s is misuse', async (_, words) => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await expect(grant('--terminal', hex(terminal.id), ...words)).rejects.toThrow();
  } finally {
    said.mockRestore();
  }
});

/** @returns what was printed. */
async function grant(...words: readonly string[]): Promise<string> {
  let said = '';
  const printed = vi.spyOn(console, 'log').mockImplementation((line) => {
    said += line;
  });
  try {
    const all = ['maintenance-grant', '--data', running.data, ...words];
    await cityProgram().parseAsync(all, { from: 'user' });
  } finally {
    printed.mockRestore();
  }
  return said;
}

async function grantKeys(): Promise<readonly Uint8Array[]> {
  const bytes = (await running.city.trust.target(TARGET.city)) ?? new Uint8Array();
  const city = parseCityKeys(JSON.parse(Buffer.from(bytes).toString('utf8')));
  if (typeof city === 'string') throw new Error(city);
  return city.keys.filter(({ uses }) => uses.includes('grant')).map(({ x }) => x);
}
