import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { openPtyPair, type PtyPair } from '../testing/pty-pair.ts';
import { FAMILIES } from '../testing/simulated-modules/families.ts';
import { type ModuleRig, openModuleRigOnPty } from '../testing/simulated-modules/module-rig.ts';
import { WANTED_SETTINGS } from './module.ts';

for (const { name, framing, simulated, onTheWire } of FAMILIES) {
  describe(`${name} over a real serial line`, () => {
    let pty: PtyPair;
    let rig: ModuleRig;

    beforeEach(async () => {
      pty = await openPtyPair();
      rig = await openModuleRigOnPty(name, framing, simulated, pty);
    });

    afterEach(async () => {
      await rig.close();
      await pty.close();
    });

    test('everything it offers works, and codes in between come through', async () => {
      const { trigger, beep, light, aim, led, info, modes } = rig.attachment.capabilities;
      await rig.show(onTheWire('LZ1:FIRST'));
      const results = await Promise.all([
        trigger?.start(),
        trigger?.stop(),
        beep?.beep(),
        light?.set('off'),
        aim?.set('off'),
        led?.set(true),
        info?.read(),
        modes?.set('sense'),
        modes?.get(),
      ]);
      await rig.show(onTheWire('LZ1:SECOND'));
      for (const result of results) if (result) expect(result).toMatchObject({ ok: true });
      await eventually(() => expect(rig.codes).toEqual(['LZ1:FIRST', 'LZ1:SECOND']));
      expect([rig.faults, rig.discarded]).toEqual([[], []]);
    });

    test('it is set up', async () => {
      const result = await rig.module.setUp(rig.ask, WANTED_SETTINGS);
      const done = result.ok ? result.value.map((report) => report.done) : [];
      expect(done.length).toBeGreaterThanOrEqual(5);
      expect(done).not.toContain(false);
      expect(rig.faults).toEqual([]);
    });
  });
}
