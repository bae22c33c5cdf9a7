import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ModuleRig, openModuleRig } from '../testing/simulated-modules/module-rig.ts';
import { simulatedSsi, ssiCode } from '../testing/simulated-modules/simulated-ssi.ts';
import { WANTED_SETTINGS } from './module.ts';

let rig: ModuleRig;

beforeEach(async () => {
  vi.useFakeTimers();
  rig = await openModuleRig('ssi', 'ssi', simulatedSsi);
});

afterEach(async () => {
  await rig.close();
  vi.useRealTimers();
});

async function settled<T>(result: Promise<T> | undefined): Promise<T | undefined> {
  await vi.advanceTimersByTimeAsync(60_000);
  return result;
}

function told(): readonly string[] {
  return rig.played.told.map((bytes) => Buffer.from(bytes).toString('hex'));
}

test('its commands are those of the guide', async () => {
  const { trigger, beep, led, info } = rig.attachment.capabilities;
  await settled(
    Promise.all([trigger?.start(), trigger?.stop(), beep?.beep(), led?.set(true), led?.set(false)]),
  );
  await settled(info?.read());
  expect(told()).toEqual([
    '04e40400ff14',
    '04e50400ff13',
    '05e6040001ff10',
    '05e7040001ff0f',
    '05e8040001ff0e',
    '04a30400ff55',
  ]);
  expect(rig.played.did).toEqual(['trigger on', 'trigger off', 'beep', 'LED on', 'LED off']);
});

test('its revision is given as it says it', async () => {
  expect(await settled(rig.attachment.capabilities.info?.read())).toEqual({
    ok: true,
    value: { version: 'NBRIKAAE CAAAM00-1H0-D0' },
  });
});

test('light and aim are switched on and off; a choice it does not have is not sent', async () => {
  const { light, aim } = rig.attachment.capabilities;
  for (const result of [light?.set('on'), light?.set('off'), aim?.set('on'), aim?.set('off')]) {
    expect(await settled(result)).toMatchObject({ ok: true });
  }
  expect(rig.played.did).toEqual(['light on', 'light off', 'aim on', 'aim off']);
  expect(await settled(light?.set('while-reading'))).toMatchObject({ ok: false, reason: 'refused' });
  expect(told()).toHaveLength(4);
});

test('a mode that is set is the mode that is read, and is not kept', async () => {
  const { modes } = rig.attachment.capabilities;
  for (const mode of ['trigger', 'continuous', 'sense'] as const) {
    expect(await settled(modes?.set(mode))).toMatchObject({ ok: true });
    expect(await settled(modes?.get())).toEqual({ ok: true, value: mode });
  }
  expect(rig.played.savedSetting('8a')).toBe(0);
});

test('parameters are kept, so that codes come in packets and are acknowledged', async () => {
  const result = await settled(rig.module.setUp(rig.ask, WANTED_SETTINGS));
  expect(result?.ok ? result.value.slice(0, 3) : []).toEqual([
    { setting: 'packets', was: 'off', wanted: 'on', is: 'on', done: true },
    { setting: 'acknowledgements', was: 'off', wanted: 'on', is: 'on', done: true },
    { setting: 'mode', was: 'trigger', wanted: 'sense', is: 'sense', done: true },
  ]);
  expect(['ee', '9f', '8a'].map((id) => rig.played.savedSetting(id))).toEqual([1, 1, 9]);
  expect(rig.played.did).toEqual(['enable']);
});

test('a command that it heard garbled is sent again, twice at most', async () => {
  const garbled = '\x05\xd1\x00\x00\x01\xff\x29';
  rig.played.misbehave({ name: 'silent' }, { name: 'silent' }, { name: 'silent' });
  const result = rig.attachment.capabilities.trigger?.start();
  for (let i = 0; i < 3; i++) {
    await vi.advanceTimersByTimeAsync(30);
    await rig.show(garbled);
  }
  expect(await settled(result)).toMatchObject({ ok: false, reason: 'refused' });
  expect(told()).toHaveLength(3);
});

test('a NAK of another cause is a no', async () => {
  rig.played.misbehave({ name: 'refusal' });
  expect(await settled(rig.attachment.capabilities.trigger?.start())).toEqual({
    ok: false,
    reason: 'refused',
    detail: 'NAK 06',
  });
});

test('a parameter it does not have is refused, not guessed', async () => {
  rig.played.misbehave({ name: 'silent' });
  const result = rig.attachment.capabilities.modes?.get();
  await vi.advanceTimersByTimeAsync(10);
  await rig.show('\x05\xc6\x00\x00\xff\xfe\x36');
  expect(await settled(result)).toMatchObject({ ok: false, reason: 'refused' });
});

test('a code between a command and its answer is read', async () => {
  rig.played.misbehave({ name: 'delayed', ms: 100 });
  const result = rig.attachment.capabilities.trigger?.start();
  await vi.advanceTimersByTimeAsync(10);
  await rig.show(ssiCode('LZ1:6BF'));
  expect(await settled(result)).toMatchObject({ ok: true });
  expect(rig.codes).toEqual(['LZ1:6BF']);
});
