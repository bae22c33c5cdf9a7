import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { LockFiles } from '../claims/lock-files.ts';
import type { Device } from '../profiles/device.ts';
import type { Profile } from '../profiles/profile.ts';
import { eventually } from '../testing/eventually.ts';
import { openPtyPair, type PtyPair } from '../testing/pty-pair.ts';
import type { ModuleOnPty } from '../testing/simulated-modules/run-on-pty.ts';
import { runOnPty } from '../testing/simulated-modules/run-on-pty.ts';
import { simulatedGrow } from '../testing/simulated-modules/simulated-grow.ts';
import { simulatedNewland } from '../testing/simulated-modules/simulated-newland.ts';
import { BridgeQuestions } from './bridge-questions.ts';

const BRIDGE: Profile = {
  model: 'CH340 serial bridge',
  transport: 'serial',
  match: { vendorId: 0x1a86, productId: 0x7523 },
  framing: 'line',
  ask: [
    { module: 'grow', framing: 'line', baudRate: 9_600 },
    { module: 'newland', framing: 'line', baudRate: 9_600 },
  ],
};

let cable: PtyPair;
let device: Device;
let claims: LockFiles;
let bridges: BridgeQuestions;

beforeEach(async () => {
  cable = await openPtyPair();
  device = { transport: 'serial', path: cable.terminalEnd };
  claims = new LockFiles([mkdtempSync(join(tmpdir(), 'locks-'))]);
  bridges = new BridgeQuestions(claims, () => performance.now());
});

afterEach(() => cable.close());

function ask(profile = BRIDGE, stop = new AbortController().signal) {
  return bridges.ask(device, profile, stop);
}

async function hang(simulated: typeof simulatedGrow): Promise<ModuleOnPty> {
  const module = await runOnPty(simulated, cable);
  onTestFinished(() => module.close());
  return module;
}

test('a bridge is used as the module that answers from behind it', async () => {
  await hang(simulatedNewland);
  expect(await ask()).toMatchObject({
    module: 'newland',
    framing: 'line',
    baudRate: 9_600,
    model: 'newland module on CH340 serial bridge',
  });
});

test('one from behind which nothing answers is not used', async () => {
  const [question] = BRIDGE.ask ?? [];
  expect(await ask({ ...BRIDGE, ask: question ? [question] : [] })).toBeUndefined();
});

test('asking ends when it is stopped, and the device is free', async () => {
  const stop = new AbortController();
  const asked = ask(BRIDGE, stop.signal);
  await eventually(() => expect(claims.take(device.path).ok).toBe(false));
  stop.abort();
  expect(await asked).toBeUndefined();
  expect(claims.take(device.path).ok).toBe(true);
});

test('it is asked once, and anew after it was unplugged', async () => {
  const module = await hang(simulatedGrow);
  expect(await ask()).toMatchObject({ module: 'grow' });
  const questions = module.played.told.length;
  bridges.forgetAbsent([device]);
  await ask();
  expect(module.played.told).toHaveLength(questions);
  bridges.forgetAbsent([]);
  await ask();
  expect(module.played.told.length).toBeGreaterThan(questions);
});

test('one that another process uses is left alone, and asked when it is free', async () => {
  const module = await hang(simulatedGrow);
  const other = claims.take(device.path);
  expect(await ask()).toBeUndefined();
  expect(module.played.told).toEqual([]);
  if (other.ok) other.release();
  expect(await ask()).toMatchObject({ module: 'grow' });
});

test('one that could not be opened yet is asked again', async () => {
  await cable.unplug();
  expect(await ask()).toBeUndefined();
  await cable.plug();
  await hang(simulatedGrow);
  expect(await ask()).toMatchObject({ module: 'grow' });
});
