import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ModuleRig, openModuleRig } from '../testing/simulated-modules/module-rig.ts';
import { simulatedGrow, simulatedNewerGrow } from '../testing/simulated-modules/simulated-grow.ts';
import type { SimulatedModule } from '../testing/simulated-modules/simulated-module.ts';
import { growCommand } from './grow.ts';
import { WANTED_SETTINGS } from './module.ts';

let rig: ModuleRig;

beforeEach(async () => {
  vi.useFakeTimers();
  await open(simulatedGrow);
});

afterEach(async () => {
  await rig.close();
  vi.useRealTimers();
});

async function open(simulated: SimulatedModule): Promise<void> {
  rig = await openModuleRig('grow', 'line', simulated);
}

async function settled<T>(result: Promise<T> | undefined): Promise<T | undefined> {
  await vi.advanceTimersByTimeAsync(60_000);
  return result;
}

function told(): readonly string[] {
  return rig.played.told.map((bytes) => Buffer.from(bytes).toString('hex'));
}

test('its commands are those of the manual', () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  expect(hex(growCommand(0x08, 0x0002, [1]))).toBe('7e00080100020102da');
  expect(hex(growCommand(0x09, 0x0000, [0]))).toBe('7e000901000000dec8');
  expect(hex(growCommand(0x0a, 0x0000, [0]))).toBe('7e000a01000000301a');
  expect(hex(growCommand(0x07, 0x002a, [2]))).toBe('7e000701002a02d80f');
  expect(hex(growCommand(0x08, 0x002a, [0x39, 0x01]))).toBe('7e000802002a3901a7ea');
});

test('the trigger is pressed and released by zone 0002', async () => {
  const { trigger } = rig.attachment.capabilities;
  expect(await settled(trigger?.start())).toEqual({ ok: true, value: undefined });
  expect(await settled(trigger?.stop())).toEqual({ ok: true, value: undefined });
  expect(rig.played.did).toEqual(['trigger on', 'trigger off']);
  expect(told()[0]).toBe('7e00080100020102da');
});

test('the light is changed in its bits of the mode byte, and the others stay', async () => {
  const before = rig.played.setting('0000') ?? 0;
  expect(await settled(rig.attachment.capabilities.light?.set('on'))).toMatchObject({ ok: true });
  expect(rig.played.setting('0000')).toBe(before | 0b1100);
  expect(await settled(rig.attachment.capabilities.light?.set('off'))).toMatchObject({ ok: true });
  expect(rig.played.setting('0000')).toBe(before & ~0b1100);
});

test('what is switched on request is not kept in flash', async () => {
  await settled(rig.attachment.capabilities.light?.set('on'));
  expect(rig.played.did).not.toContain('save');
  expect(rig.played.savedSetting('0000')).toBe(simulatedGrow.factory.get('0000'));
});

test('an aim that is always on is not offered, and nothing is sent for it', async () => {
  expect(await settled(rig.attachment.capabilities.aim?.set('on'))).toMatchObject({ ok: false });
  expect(told()).toEqual([]);
});

test('a mode that is set is the mode that is read', async () => {
  const { modes } = rig.attachment.capabilities;
  for (const mode of ['trigger', 'continuous', 'sense'] as const) {
    expect(await settled(modes?.set(mode))).toMatchObject({ ok: true });
    expect(await settled(modes?.get())).toEqual({ ok: true, value: mode });
  }
});

test('its version is given as it says it', async () => {
  expect(await settled(rig.attachment.capabilities.info?.read())).toEqual({
    ok: true,
    value: { version: '0x64' },
  });
});

test('a newer one without a version is not given one', async () => {
  await rig.close();
  await open(simulatedNewerGrow);
  expect(await settled(rig.attachment.capabilities.info?.read())).toMatchObject({
    ok: false,
    reason: 'no-answer',
  });
});

test('setting it up saves once and reports every setting', async () => {
  const result = await settled(rig.module.setUp(rig.ask, WANTED_SETTINGS));
  expect(result).toEqual({
    ok: true,
    value: [
      { setting: 'mode', was: 'trigger', wanted: 'sense', is: 'sense', done: true },
      { setting: 'light', was: 'off', wanted: 'while-reading', is: 'while-reading', done: true },
      { setting: 'aim', was: 'while-reading', wanted: 'while-reading', is: 'while-reading', done: true },
      { setting: 'beep', was: 'on', wanted: 'on', is: 'on', done: true },
      { setting: 'same code', was: '5000 ms', wanted: '1000 ms', is: '1000 ms', done: true },
    ],
  });
  expect(rig.played.did).toEqual(['save']);
  expect(rig.played.savedSetting('0000')).toBe(0b1101_0111);
});

test('a zone it keeps silent about is unread, and the others are set', async () => {
  await rig.close();
  await open({
    ...simulatedGrow,
    factory: new Map([...simulatedGrow.factory].filter(([zone]) => zone !== '0013')),
  });
  const result = await settled(rig.module.setUp(rig.ask, WANTED_SETTINGS));
  const done = result?.ok ? result.value.map((report) => report.done) : [];
  expect(done).toEqual([true, true, true, true, 'unread']);
});

test('an answer of another length is not read as a zone', async () => {
  rig.played.misbehave({ name: 'silent' });
  const result = rig.attachment.capabilities.info?.read();
  await vi.advanceTimersByTimeAsync(10);
  await rig.show('\x02\x00\x00\x02\x01\x64\x71\x73');
  expect(await settled(result)).toMatchObject({ ok: false, reason: 'unknown-answer' });
});

test('a broken answer is reported, and the command is sent again', async () => {
  rig.played.misbehave({ name: 'wrong-checksum' });
  expect(await settled(rig.attachment.capabilities.trigger?.start())).toMatchObject({ ok: true });
  expect(told()).toHaveLength(2);
  expect(rig.faults).toMatchObject([{ name: 'unknown-answer' }]);
  expect(rig.codes).toEqual([]);
});

test('a command that it heard garbled is sent again', async () => {
  rig.played.misbehave({ name: 'refusal' });
  expect(await settled(rig.attachment.capabilities.trigger?.start())).toMatchObject({ ok: true });
  expect(told()).toHaveLength(2);
  expect(rig.faults).toEqual([]);
});

test('a command that it always hears garbled is given up', async () => {
  rig.played.misbehave({ name: 'refusal' }, { name: 'refusal' }, { name: 'refusal' });
  expect(await settled(rig.attachment.capabilities.trigger?.start())).toMatchObject({
    ok: false,
    reason: 'refused',
  });
});

test('the answers of the manual are answers, and nothing around them', () => {
  for (const hex of ['02000001003331', '02000101000401', '03000001003331']) {
    const answer = Buffer.from(hex, 'hex');
    expect(rig.module.answers?.(Buffer.concat([answer, Buffer.from('LZ1:6BF\r\n')]))).toEqual({
      name: 'whole',
      length: 7,
    });
    for (let i = 1; i < answer.length; i++) {
      expect(rig.module.answers?.(answer.subarray(0, i))).toEqual({ name: 'part' });
    }
  }
});

test('a result the manual does not know is no answer', () => {
  expect(rig.module.answers?.(Buffer.from('02000201003331', 'hex'))).toEqual({ name: 'none' });
});
