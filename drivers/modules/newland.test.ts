import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ModuleRig, openModuleRig } from '../testing/simulated-modules/module-rig.ts';
import { simulatedNewland } from '../testing/simulated-modules/simulated-newland.ts';
import { WANTED_SETTINGS } from './module.ts';
import { newland, newlandCommand } from './newland.ts';

let rig: ModuleRig;

beforeEach(async () => {
  vi.useFakeTimers();
  rig = await openModuleRig('newland', 'line', simulatedNewland);
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
  return rig.played.told.map((bytes) => Buffer.from(bytes).toString('latin1'));
}

test('a command is framed as in the manual', () => {
  expect(Buffer.from(newlandCommand('#', 'SCNTRG1')).toString('hex')).toBe(
    '7e013030303023' + '53434e54524731' + '3b03',
  );
});

test('the trigger is pressed and released, for now only', async () => {
  const { trigger } = rig.attachment.capabilities;
  expect(await settled(trigger?.start())).toMatchObject({ ok: true });
  expect(await settled(trigger?.stop())).toMatchObject({ ok: true });
  expect(rig.played.did).toEqual(['trigger on', 'trigger off']);
  expect(told()).toEqual(['~\x010000#SCNTRG1;\x03', '~\x010000#SCNTRG0;\x03']);
});

test('light, aim and mode are switched until the power goes off', async () => {
  const { light, aim, modes } = rig.attachment.capabilities;
  for (const result of [light?.set('on'), aim?.set('while-reading'), modes?.set('sense')]) {
    expect(await settled(result)).toMatchObject({ ok: true });
  }
  expect(['ILLSCN', 'AMLENA', 'SCNMOD'].map((code) => rig.played.setting(code))).toEqual([2, 1, 2]);
  expect(rig.played.savedSetting('SCNMOD')).toBe(simulatedNewland.factory.get('SCNMOD'));
});

test('a mode nobody knows the meaning of is not guessed', async () => {
  await settled(rig.ask({ name: 'other', bytes: newlandCommand('#', 'SCNMOD1'), read: () => undefined }));
  expect(await settled(rig.attachment.capabilities.modes?.get())).toMatchObject({
    ok: false,
    reason: 'unknown-answer',
  });
});

test('commands are at least 50 ms apart', async () => {
  const { trigger } = rig.attachment.capabilities;
  void trigger?.start();
  void trigger?.stop();
  await vi.advanceTimersByTimeAsync(49);
  expect(told()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(told()).toHaveLength(2);
});

test('data it refuses is said to be refused', async () => {
  rig.played.misbehave({ name: 'refusal' });
  expect(await settled(rig.attachment.capabilities.light?.set('on'))).toMatchObject({
    ok: false,
    reason: 'refused',
  });
});

test('an echo of other data is no yes', async () => {
  const answers: (readonly [string, object])[] = [
    ['\x02\x010000#ILLSCN2\x06;\x03', { ok: true }],
    ['\x02\x010000#ILLSCN1\x06;\x03', { ok: false, reason: 'unknown-answer' }],
    ['\x02\x010000#ILLSCN2\x05;\x03', { ok: false, reason: 'refused' }],
    ['\x02\x010000#ILLSCN2\x11;\x03', { ok: false, reason: 'unknown-answer' }],
  ];
  for (const [answer, outcome] of answers) {
    rig.played.misbehave({ name: 'silent' });
    const result = rig.attachment.capabilities.light?.set('on');
    await vi.advanceTimersByTimeAsync(10);
    await rig.show(answer);
    expect(await settled(result)).toMatchObject(outcome);
  }
});

test('setting it up reports every setting and keeps them', async () => {
  const result = await settled(rig.module.setUp(rig.ask, WANTED_SETTINGS));
  expect(result).toEqual({
    ok: true,
    value: [
      { setting: 'mode', was: 'trigger', wanted: 'sense', is: 'sense', done: true },
      { setting: 'light', was: 'on', wanted: 'while-reading', is: 'while-reading', done: true },
      { setting: 'aim', was: 'off', wanted: 'while-reading', is: 'while-reading', done: true },
      { setting: 'beep', was: 'off', wanted: 'on', is: 'on', done: true },
      { setting: 'same code', was: '500 ms', wanted: '1000 ms', is: '1000 ms', done: true },
    ],
  });
  expect(told().filter((command) => command.includes('@'))).toHaveLength(5);
});

test('a setting it refuses is not done', async () => {
  rig.played.misbehave({ name: 'pieces' }, { name: 'refusal' });
  const result = await settled(rig.module.setUp(rig.ask, WANTED_SETTINGS));
  expect(result?.ok ? result.value[0] : undefined).toEqual({
    setting: 'mode',
    was: 'trigger',
    wanted: 'sense',
    is: 'trigger',
    done: false,
  });
});

test('over HID a command goes in a report of its own', () => {
  const report = newland.hidReport?.(newlandCommand('#', 'SCNTRG1'));
  expect(report).toHaveLength(64);
  expect(Buffer.from(report ?? []).toString('latin1')).toBe(
    `\x04\x10~\x010000#SCNTRG1;\x03${'\0'.repeat(46)}`,
  );
});
