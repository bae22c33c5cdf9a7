import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ModuleRig, openModuleRig } from '../testing/simulated-modules/module-rig.ts';
import { simulatedDatalogic } from '../testing/simulated-modules/simulated-datalogic.ts';
import { WANTED_SETTINGS } from './module.ts';

let rig: ModuleRig;

beforeEach(async () => {
  vi.useFakeTimers();
  rig = await openModuleRig('datalogic', 'line', simulatedDatalogic);
});

afterEach(async () => {
  await rig.close();
  vi.useRealTimers();
});

async function settled<T>(result: Promise<T> | undefined): Promise<T | undefined> {
  await vi.advanceTimersByTimeAsync(60_000);
  return result;
}

test('trigger and beep are single characters that nothing answers', async () => {
  const { trigger, beep } = rig.attachment.capabilities;
  for (const result of [trigger?.start(), trigger?.stop(), beep?.beep()]) {
    expect(await settled(result)).toEqual({ ok: true, value: undefined });
  }
  expect(rig.played.told.map((bytes) => Buffer.from(bytes).toString('latin1'))).toEqual(['T', 'X', '\x01']);
});

test('its information is given as it says it', async () => {
  expect(await settled(rig.attachment.capabilities.info?.read())).toEqual({
    ok: true,
    value: { version: 'Magellan 1500i 610044301 4.9.0.1' },
  });
});

test('it offers nothing that it has no command for', () => {
  expect(Object.keys(rig.module.capabilities(rig.ask))).toEqual(['trigger', 'beep', 'info']);
});

test('setting it up enables it and says that no setting could be read', async () => {
  const result = await settled(rig.module.setUp(rig.ask, WANTED_SETTINGS));
  expect(rig.played.did).toEqual(['enable']);
  expect(result?.ok ? result.value : []).toEqual([
    { setting: 'mode', wanted: 'sense', done: 'not-offered' },
    { setting: 'light', wanted: 'while-reading', done: 'not-offered' },
    { setting: 'aim', wanted: 'while-reading', done: 'not-offered' },
    { setting: 'beep', wanted: 'on', done: 'not-offered' },
    { setting: 'same code', wanted: '1000 ms', done: 'not-offered' },
  ]);
});

test('its answer is told by its frame, wherever it is cut', () => {
  const answer = Buffer.from('\x01\x02healthy\x03\x04', 'latin1');
  expect(rig.module.answers?.(answer)).toEqual({ name: 'whole', length: answer.length });
  for (let i = 1; i < answer.length; i++) {
    expect(rig.module.answers?.(answer.subarray(0, i))).toEqual({ name: 'part' });
  }
});
