import { Qmp } from '../guest/qmp.ts';
import { SerialCable } from '../guest/serial-cable.ts';
import { gadgetAcmRig, gadgetHidPosRig } from './gadget-rigs.ts';
import { ftdiRig, usbKeyboardRig } from './qemu-rigs.ts';
import type { Rig } from './rig.ts';
import { uhidHidPosRig, uhidKeyboardRig } from './uhid-rigs.ts';

/** Every kind of scanner the lab has, unplugged. */
export interface AllRigs {
  readonly ftdi: Rig;
  readonly hidPos: Rig;
  readonly otherHidPos: Rig;
  readonly all: readonly Rig[];
  close(): Promise<void>;
}

export async function openAllRigs(): Promise<AllRigs> {
  const qmp = new Qmp();
  const cable = new SerialCable();
  const ftdi = ftdiRig(qmp, cable);
  const hidPos = uhidHidPosRig('A');
  const otherHidPos = uhidHidPosRig('B');
  const all = [
    hidPos,
    otherHidPos,
    await gadgetHidPosRig(),
    uhidKeyboardRig(),
    usbKeyboardRig(qmp),
    ftdi,
    await gadgetAcmRig(),
  ];
  return {
    ftdi,
    hidPos,
    otherHidPos,
    all,
    async close() {
      for (const rig of all) await rig.close();
      cable.close();
      qmp.close();
    },
  };
}
