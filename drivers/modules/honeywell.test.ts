import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ModuleRig, openModuleRig } from '../testing/simulated-modules/module-rig.ts';
import { simulatedHoneywell } from '../testing/simulated-modules/simulated-honeywell.ts';
import { Dialogue } from './dialogue.ts';
import { honeywell, honeywellMenu } from './honeywell.ts';
import { WANTED_SETTINGS } from './module.ts';

let rig: ModuleRig;

beforeEach(async () => {
  vi.useFakeTimers();
  rig = await openModuleRig('honeywell', 'line', simulatedHoneywell);
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

test('trigger and beep are three bytes that nothing answers', async () => {
  const { trigger, beep } = rig.attachment.capabilities;
  for (const result of [trigger?.start(), trigger?.stop(), beep?.beep()]) {
    expect(await settled(result)).toEqual({ ok: true, value: undefined });
  }
  expect(told()).toEqual(['16540d', '16550d', '16070d']);
  expect(rig.played.did).toEqual(['trigger on', 'trigger off', 'beep']);
});

test('light, aim and mode are switched until the power goes off', async () => {
  const { light, aim, modes } = rig.attachment.capabilities;
  for (const result of [light?.set('while-reading'), aim?.set('while-reading'), modes?.set('sense')]) {
    expect(await settled(result)).toMatchObject({ ok: true });
  }
  expect(['SCNLED', 'SCNAIM', 'TRGMOD'].map((code) => rig.played.setting(code))).toEqual([1, 2, 3]);
  expect(told()[0]).toBe(Buffer.from('\x16M\rSCNLED1!', 'latin1').toString('hex'));
  expect(rig.played.savedSetting('SCNLED')).toBe(0);
});

test('a mode or a light it does not have is not sent', async () => {
  const { light, modes } = rig.attachment.capabilities;
  expect(await settled(light?.set('on'))).toMatchObject({ ok: false });
  expect(await settled(modes?.set('continuous'))).toMatchObject({ ok: false });
  expect(told()).toEqual([]);
});

test('over HID its versions come before the echo, in an answer of their own', async () => {
  const faults: string[] = [];
  const dialogue = new Dialogue({
    pacing: honeywell.pacing,
    write: async () => {
      dialogue.answered(Buffer.from('Product Name: Area Scanner\r\nSerial Number: 7\r\n'));
      dialogue.answered(Buffer.from('REVINF\x06.', 'latin1'));
    },
    onFault: ({ name }) => faults.push(name),
  });
  const info = await settled(honeywell.capabilities(dialogue.ask).info?.read());
  expect(info).toEqual({ ok: true, value: { version: 'Product Name: Area Scanner; Serial Number: 7' } });
  expect(faults).toEqual([]);
});

test('its versions come in several lines and are read as one', async () => {
  const info = await settled(rig.attachment.capabilities.info?.read());
  expect(info).toEqual({
    ok: true,
    value: { version: 'Product Name: Area Scanner; Serial Number: 0123456789; Firmware: CP000064BAA' },
  });
  expect([rig.codes, rig.discarded]).toEqual([[], []]);
});

test('data it refuses is said to be refused', async () => {
  rig.played.misbehave({ name: 'refusal' });
  expect(await settled(rig.attachment.capabilities.light?.set('off'))).toMatchObject({
    ok: false,
    reason: 'refused',
  });
});

test('setting it up reports every setting and keeps them in flash', async () => {
  const result = await settled(rig.module.setUp(rig.ask, WANTED_SETTINGS));
  expect(result).toEqual({
    ok: true,
    value: [
      { setting: 'mode', was: 'trigger', wanted: 'sense', is: 'sense', done: true },
      { setting: 'light', was: 'off', wanted: 'while-reading', is: 'while-reading', done: true },
      { setting: 'aim', was: 'off', wanted: 'while-reading', is: 'while-reading', done: true },
      { setting: 'beep', was: 'off', wanted: 'on', is: 'on', done: true },
      { setting: 'same code', was: '750 ms', wanted: '1000 ms', is: '1000 ms', done: true },
    ],
  });
  expect(rig.played.savedSetting('TRGMOD')).toBe(3);
});

test('a mode that can not be reached is read and left as it is', async () => {
  const wanted = { ...WANTED_SETTINGS, mode: 'continuous' } as const;
  const result = await settled(rig.module.setUp(rig.ask, wanted));
  expect(result?.ok ? result.value[0] : undefined).toEqual({
    setting: 'mode',
    was: 'trigger',
    wanted: 'continuous',
    is: 'trigger',
    done: false,
  });
});

test('an answer is told by its last two bytes, wherever it is cut', () => {
  for (const answer of ['SCNLED1\x06.', 'BEPBEP\x05!', 'REVINFName: X\r\nSerial: 7\r\n\x06.']) {
    const bytes = Buffer.from(answer, 'latin1');
    expect(honeywell.answers?.(bytes)).toEqual({ name: 'whole', length: bytes.length });
    for (let i = 1; i < bytes.length; i++) {
      expect(honeywell.answers?.(bytes.subarray(0, i))).toEqual({ name: 'part' });
    }
  }
});

test('over HID a command goes in a report of its own', () => {
  const report = honeywell.hidReport?.(Uint8Array.of(0x16, 0x54, 0x0d));
  expect(Buffer.from(report ?? []).toString('hex')).toBe(`fd0316540d${'00'.repeat(59)}`);
});

test('a command that fits no report is not cut short', () => {
  expect(() => honeywell.hidReport?.(honeywellMenu('A'.repeat(60)))).toThrow(RangeError);
});
