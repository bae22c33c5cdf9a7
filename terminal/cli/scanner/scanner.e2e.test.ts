import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openPtyPair, type PtyPair } from '../../../drivers/testing/pty-pair.ts';
import { FAMILIES } from '../../../drivers/testing/simulated-modules/families.ts';
import { runOnPty } from '../../../drivers/testing/simulated-modules/run-on-pty.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const DATA = mkdtempSync(join(tmpdir(), 'scanner-tools-'));

let cable: PtyPair;

beforeEach(async () => {
  cable = await openPtyPair();
});

afterEach(() => cable.close());

test('devices prints JSON objects alone, each with what the device would be used as', async () => {
  const { stdout, code } = await liangzheng('devices', '--json');
  expect(code).toBe(0);
  for (const device of stdout) {
    expect(JSON.parse(device)).toMatchObject({ path: expect.any(String), use: expect.any(String) });
  }
});

test('devices prints udev rules for the models it knows and those of the data folder', async () => {
  const data = mkdtempSync(join(tmpdir(), 'own-profile-'));
  await mkdir(join(data, 'terminal'));
  const own = {
    model: 'Acme 9',
    transport: 'serial',
    match: { vendorId: 'abcd', productId: '0001' },
    framing: 'line',
  };
  writeFileSync(join(data, 'terminal', 'scanners.json'), JSON.stringify({ profiles: [own] }));
  const { stdout } = await liangzheng('devices', '--udev-rules', '--data', data);
  expect(stdout.join('\n')).toContain('ATTRS{idVendor}=="abcd"');
  expect(stdout.join('\n')).toContain('ATTRS{idVendor}=="1eab"');
});

test('a wrong profile file is named with its key', async () => {
  const data = mkdtempSync(join(tmpdir(), 'wrong-profile-'));
  await mkdir(join(data, 'terminal'));
  writeFileSync(join(data, 'terminal', 'scanners.json'), '{"profiles":[{"modell":"Acme 9"}]}');
  const { stderr, code } = await liangzheng('devices', '--data', data);
  expect(code).toBe(1);
  expect(stderr).toMatch(/scanners\.json.*model/s);
});

test('scan --raw shows chunks, codes with their symbology, and what was discarded', async () => {
  const scan = start('scan', '--raw', '--json', '--device', cable.terminalEnd, '--count', '2');
  await scan.says('"ready"');
  await cable.write(']Q1LZ1:6BF\r');
  await cable.write(`${'A'.repeat(5_000)}\r`);
  await scan.says('"too-long"');
  await cable.write(']d20106921234567893\r');
  expect(await scan.ended()).toBe(0);
  const events = scan.lines().map((line) => JSON.parse(line));
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'code',
      symbology: ']Q1',
      name: 'QR code',
      text: 'LZ1:6BF',
      hex: '4c5a313a364246',
    }),
  );
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'code', gs1: [{ ai: '01', title: 'GTIN', value: '06921234567893' }] }),
  );
  expect(events).toContainEqual(expect.objectContaining({ type: 'discarded', why: 'too-long' }));
  expect(events).toContainEqual(expect.objectContaining({ type: 'chunk' }));
});

test('scan goes on after an unplug', async () => {
  const scan = start('scan', '--device', cable.terminalEnd, '--count', '1');
  await scan.says('ready');
  await cable.unplug();
  await scan.says('went away');
  await cable.plug();
  await vi.waitFor(() => expect(scan.output().match(/ready/g)).toHaveLength(2), { timeout: 5_000 });
  await cable.write('AFTER\r');
  expect(await scan.ended()).toBe(0);
  expect(scan.output()).toContain('AFTER');
});

test('what a device shows can not command the screen it is printed on', async () => {
  const scan = start('scan', '--device', cable.terminalEnd, '--count', '1');
  await scan.says('ready');
  await cable.write('\x1b[2JGONE\rONE TOO MANY\r');
  await scan.ended();
  expect(scan.output()).not.toContain('\x1b');
  expect(scan.output()).toContain('GONE');
  expect(scan.output()).not.toContain('ONE TOO MANY');
});

test('two programs never share a device: the second is told who has it', async () => {
  const first = start('scan', '--device', cable.terminalEnd);
  await first.says('ready');
  const { stderr, code } = await liangzheng('scanner', 'info', '--device', cable.terminalEnd);
  expect(code).toBe(1);
  expect(stderr).toContain(String(first.pid));
});

test('a recording is made for its owner alone and replays as what was scanned', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'recording-')), 'wire.jsonl');
  const record = start('scanner', 'record', file, '--device', cable.terminalEnd);
  await record.says('recording');
  await cable.write(']Q1LZ1:');
  await cable.write('6BF\r');
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toMatch(/0d"/), { timeout: 5_000 });
  record.interrupt();
  expect(await record.ended()).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const raw = await liangzheng('scanner', 'replay', file, '--raw', '--json');
  expect(raw.stdout.join('\n')).toContain('"chunk"');
  const { stdout } = await liangzheng('scanner', 'replay', file, '--json');
  expect(stdout.map((line) => JSON.parse(line))).toMatchObject([
    { type: 'code', symbology: ']Q1', text: 'LZ1:6BF' },
  ]);
  const again = await liangzheng('scanner', 'record', file, '--device', cable.terminalEnd);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('choose a new name') });
});

test.each(FAMILIES)('scanner setup, beep and info talk with a $name module', async (family) => {
  const module = await runOnPty(family.simulated, cable);
  onTestFinished(() => module.close());
  const device = `serial:${cable.terminalEnd}?module=${family.name}&framing=${family.framing}`;
  const setup = await liangzheng('scanner', 'setup', '--json', '--device', device);
  expect(setup).toMatchObject({ code: 0, stderr: '' });
  const reports = setup.stdout.map((line) => JSON.parse(line));
  expect(reports.length).toBeGreaterThan(0);
  expect(reports.filter(({ done }) => done === false)).toEqual([]);
  const again = await liangzheng('scanner', 'setup', '--json', '--device', device);
  expect(again.code).toBe(0);
  const info = await liangzheng('scanner', 'info', '--json', '--device', device);
  expect(info).toMatchObject({ code: 0, stderr: '' });
  const { capabilities } = JSON.parse(info.stdout[0] ?? '');
  const beep = await liangzheng('scanner', 'beep', '--device', device);
  expect(beep.code).toBe(capabilities.includes('beep') ? 0 : 1);
  const trigger = start('scanner', 'trigger', '--device', device);
  await vi.waitFor(() => expect(module.played.did).toContain('trigger on'), { timeout: 10_000 });
  await module.show(family.onTheWire('LZ1:6BF'));
  expect(await trigger.ended()).toBe(0);
  expect(trigger.output()).toContain('LZ1:6BF');
});

test('a scanner that only scans says that it can not be set up', async () => {
  const { stderr, code } = await liangzheng('scanner', 'setup', '--device', cable.terminalEnd);
  expect(code).toBe(1);
  expect(stderr).toContain('no command set');
});

test.each([
  [['scan', '--device', 'morse:/dev/ttyS0'], 'morse'],
  [['scan', '--device', 'serial:/dev/ttyS0?baud=1'], 'baud'],
  [['scan', '--count', 'many'], 'count'],
  [['scanner', 'replay', '/dev/null'], 'empty'],
])('%j is refused, naming %s', async (args, named) => {
  const { stderr, code } = await liangzheng(...args);
  expect(code).toBeGreaterThan(0);
  expect(stderr).toContain(named);
});

/** Starts `liangzheng …`; ended at the latest when the test has finished. */
function start(...args: string[]) {
  const child: ChildProcess = spawn(
    join(ROOT, 'node_modules/.bin/node'),
    [join(ROOT, 'dist/terminal/liangzheng.js'), ...args],
    { env: { ...process.env, LIANGZHENG_DATA: DATA } },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  let errors = '';
  child.stdout?.on('data', (text: Buffer) => {
    output += text.toString();
  });
  child.stderr?.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  const exit = once(child, 'close');
  return {
    pid: child.pid,
    output: () => output,
    errors: () => errors,
    lines: () => output.split('\n').filter((line) => line !== ''),
    says: (text: string) =>
      vi.waitFor(() => expect(output + errors).toContain(text), { timeout: 10_000, interval: 20 }),
    interrupt: () => void child.kill('SIGINT'),
    async ended(): Promise<unknown> {
      const [code] = await exit;
      return code;
    },
  };
}

async function liangzheng(...args: string[]) {
  const run = start(...args);
  const code = await run.ended();
  return { code, stdout: run.lines(), stderr: run.errors() };
}
