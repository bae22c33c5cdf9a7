import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FAMILIES } from '../testing/simulated-modules/families.ts';
import { type ModuleRig, openModuleRig } from '../testing/simulated-modules/module-rig.ts';
import { MODULE_NAMES, WANTED_SETTINGS } from './module.ts';
import { moduleNamed } from './modules.ts';

test('every name is the name of its module', () => {
  for (const name of MODULE_NAMES) expect(moduleNamed(name).name).toBe(name);
});

/** Codes that begin like nothing a module says, and some that begin a little like it. */
const TEXT_CODES = [
  'LZ1:6BFOXN*TS0BI$ZDYSH-OOHPKGD8',
  ']Q1LZ1:6BFOXN',
  '6901234567892',
  'SCNLED',
  'SCNLED1 is no answer',
  'TRGMODEL',
  'BEPBEP1.',
  'REVISION 7',
  '许可证号: JY25101850025950',
  ' ',
  '!ABC',
  '?',
  '.',
  '02010030',
];

for (const { name, framing, simulated, onTheWire } of FAMILIES) {
  const { answers, pacing } = moduleNamed(name);

  // where there is none, the framing itself tells
  if (answers) {
    describe(`${name}: telling answers from codes`, () => {
      test('a text code is never taken for an answer', () => {
        for (const code of TEXT_CODES) {
          const match = answers(new Uint8Array(Buffer.from(`${code}\r\n`)));
          expect(match, code).toEqual({ name: 'none' });
        }
      });

      test('whatever comes, it claims no byte that is not there', () => {
        fc.assert(
          fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
            const match = answers(bytes);
            if (match.name === 'whole') expect(match.length).toBeLessThanOrEqual(bytes.length);
          }),
        );
      });

      test('noise that begins like an answer is not waited for without an end', () => {
        for (const start of ['\x02\x00\x00\xff', '\x02\x010000', 'REVINF', 'SCNLED', '\x01\x02']) {
          const noise = new Uint8Array(Buffer.from(start + 'A'.repeat(2_000), 'latin1'));
          expect(answers(noise).name, start).not.toBe('part');
        }
      });
    });
  }

  describe(`${name}: what goes wrong on the wire`, () => {
    let rig: ModuleRig;

    beforeEach(async () => {
      vi.useFakeTimers();
      rig = await openModuleRig(name, framing, simulated);
    });

    afterEach(async () => {
      await rig.close();
      vi.useRealTimers();
    });

    /** The result of a ping, however long it takes. */
    async function ping() {
      const result = rig.module.ping(rig.ask);
      await vi.advanceTimersByTimeAsync(20_000);
      return await result;
    }

    test('it answers its ping, which changes nothing', async () => {
      expect(await ping()).toEqual({ ok: true, value: undefined });
      expect(rig.played.did).toEqual([]);
      expect(rig.faults).toEqual([]);
    });

    test('a question that is not answered once is asked again', async () => {
      rig.played.misbehave({ name: 'silent' });
      expect(await ping()).toMatchObject({ ok: true });
      expect(commands(rig)).toHaveLength(2);
    });

    test('a module that keeps silent is said to', async () => {
      rig.played.misbehave(...Array.from({ length: pacing.tries }, () => ({ name: 'silent' }) as const));
      expect(await ping()).toMatchObject({ ok: false, reason: 'no-answer' });
      expect(commands(rig)).toHaveLength(pacing.tries);
    });

    test('what nobody understands is reported and never taken for a yes', async () => {
      rig.played.misbehave(...Array.from({ length: pacing.tries }, () => ({ name: 'garbage' }) as const));
      const result = await ping();
      const told = result.ok ? 'yes' : result.reason;
      const reported = [...rig.faults.map((fault) => fault.name), ...rig.discarded, told];
      expect(['no-answer', 'unknown-answer']).toContain(told);
      expect(reported.some((name) => ['unknown-answer', 'unfinished', 'garbage'].includes(name))).toBe(true);
      expect(rig.codes).toEqual([]);
    });

    test('an answer in pieces is one answer', async () => {
      rig.played.misbehave({ name: 'pieces' });
      expect(await ping()).toMatchObject({ ok: true });
      expect([rig.codes, rig.discarded, rig.faults]).toEqual([[], [], []]);
    });

    test('a slow answer is waited for', async () => {
      rig.played.misbehave({ name: 'delayed', ms: pacing.timeoutMs - 20 });
      expect(await ping()).toMatchObject({ ok: true });
      expect(rig.played.told).toHaveLength(1);
    });

    test('an answer that comes too late is no code, and the next question gets its own', async () => {
      rig.played.misbehave({ name: 'delayed', ms: pacing.timeoutMs + pacing.gapMs / 2 });
      expect(await ping()).toMatchObject({ ok: true });
      expect(await ping()).toMatchObject({ ok: true });
      expect(rig.codes).toEqual([]);
      expect(rig.faults).toMatchObject([{ name: 'unknown-answer' }]);
    });

    test('codes around and between commands are neither lost nor changed', async () => {
      const shown = ['LZ1:6BFOXN', ']Q1LZ1:6BFOXN', '6901234567892'];
      for (const code of shown) {
        const asked = rig.module.ping(rig.ask);
        await rig.show(onTheWire(code));
        await vi.advanceTimersByTimeAsync(5_000);
        expect(await asked).toMatchObject({ ok: true });
      }
      expect(rig.codes).toEqual(shown);
      expect(rig.faults).toEqual([]);
    });

    test('setting it up reads every setting back that can be asked for', async () => {
      const result = await setUp();
      expect(result.ok).toBe(true);
      const reports = result.ok ? result.value : [];
      expect(reports.map(({ setting }) => setting)).toEqual(
        expect.arrayContaining(['mode', 'light', 'aim', 'beep', 'same code']),
      );
      for (const report of reports) {
        if (typeof report.done === 'string') expect(report).not.toHaveProperty('is');
        else expect(report).toMatchObject({ is: report.wanted, done: true });
      }
    });

    test('what it is set to outlives the power', async () => {
      await setUp();
      const before = [...simulated.factory.keys()].map((key) => rig.played.setting(key));
      rig.played.powerCycle();
      expect([...simulated.factory.keys()].map((key) => rig.played.setting(key))).toEqual(before);
    });

    test('setting it up twice changes nothing the second time', async () => {
      await setUp();
      const again = await setUp();
      for (const report of again.ok ? again.value : []) {
        if (typeof report.done === 'boolean') expect(report.was).toBe(report.wanted);
      }
      expect(again.ok).toBe(true);
    });

    test('setting up a module that keeps silent fails and says so', async () => {
      rig.played.misbehave(...Array.from({ length: 100 }, () => ({ name: 'silent' }) as const));
      const result = await setUp();
      if (name === 'datalogic') expect(result.ok).toBe(true);
      else expect(result).toMatchObject({ ok: false, reason: 'no-answer' });
    });

    async function setUp() {
      const result = rig.module.setUp(rig.ask, WANTED_SETTINGS);
      await vi.advanceTimersByTimeAsync(60_000);
      return await result;
    }
  });
}

/** What it was told beside being woken. */
function commands({ module, played }: ModuleRig): readonly Uint8Array[] {
  const wake = module.pacing.wake?.bytes;
  return played.told.filter((bytes) => !wake || Buffer.compare(bytes, wake) !== 0);
}
