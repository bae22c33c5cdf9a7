import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type HidIdentity, UhidDevice } from '../guest/uhid-device.ts';
import { BOOT_KEYBOARD, typed, typedEnter } from './boot-keyboard.ts';
import { hidrawNode } from './hid-nodes.ts';
import { type HidPosLayout, hidPosDescriptor, hidPosReports } from './hid-pos-reports.ts';
import { firstHalf, type Rig } from './rig.ts';

/** The queue of a hidraw reader holds 64 reports; the largest code is 53 of them, and USB sends one a millisecond. */
const POS_PACE: Pace = { reports: 4, pauseMs: 1 };
/** Two keys: the queue of an event device's reader holds 64 events, which are some twenty reports. */
const KEYBOARD_PACE: Pace = { reports: 4, pauseMs: 8 };

/** So many reports at once, and a pause. */
interface Pace {
  readonly reports: number;
  readonly pauseMs: number;
}

/** A HID POS scanner on /dev/uhid, with the numbers of a real one of that layout. */
export function uhidHidPosRig(layout: HidPosLayout): Rig {
  const { vendorId, productId, name } = HID_POS_SCANNERS[layout];
  return uhidRig({
    name: `HID POS ${layout} (uhid)`,
    address: `hid:${vendorId.toString(16).padStart(4, '0')}:${productId.toString(16).padStart(4, '0')}`,
    codeLength: 2_000,
    identity: {
      name,
      vendorId,
      productId,
      serialNumber: `LAB-POS-${layout}`,
      descriptor: hidPosDescriptor(layout),
    },
    node: () => hidrawNode(vendorId, productId),
    pace: POS_PACE,
    reports: (code) => hidPosReports(layout, code),
    ending: [],
  });
}

const HID_POS_SCANNERS = {
  A: { name: 'Honeywell HID POS', vendorId: 0x0c2e, productId: 0x0b87 },
  B: { name: 'Newland HID POS', vendorId: 0x1eab, productId: 0x1a10 },
};

/** A scanner that types, on /dev/uhid; the product reads its event device. */
export function uhidKeyboardRig(): Rig {
  const serialNumber = 'LAB-KBD';
  const address = `/dev/input/by-id/${serialNumber}-event-kbd`;
  return uhidRig({
    name: 'keyboard (uhid)',
    address: `keyboard:${address}`,
    // at 4 ms a key a scan of 2,000 characters takes 8 s, and there are a hundred and more
    codeLength: 300,
    identity: {
      name: 'Scanner keyboard',
      vendorId: 0x05e0,
      productId: 0x1200,
      serialNumber,
      descriptor: BOOT_KEYBOARD,
    },
    node: () => (existsSync(address) ? address : undefined),
    pace: KEYBOARD_PACE,
    reports: typed,
    ending: typedEnter(),
  });
}

interface UhidRigParts extends Pick<Rig, 'name' | 'address' | 'codeLength' | 'node'> {
  readonly identity: HidIdentity;
  readonly pace: Pace;
  readonly reports: (code: string) => readonly Uint8Array[];
  /** What ends every code. */
  readonly ending: readonly Uint8Array[];
}

function uhidRig({ identity, pace, reports, ending, ...rig }: UhidRigParts): Rig {
  let device: UhidDevice | undefined;

  async function send(all: readonly Uint8Array[]): Promise<void> {
    for (const [i, report] of all.entries()) {
      await device?.input(report);
      if (i % pace.reports === pace.reports - 1) await pause(pace.pauseMs);
    }
  }

  async function unplug(): Promise<void> {
    device?.unplug();
    device = undefined;
  }

  return {
    ...rig,
    async plug() {
      device = await UhidDevice.plug(identity);
    },
    unplug,
    show: (code) => send([...reports(code), ...ending]),
    showHalf: (code) => send(firstHalf(reports(code))),
    close: unplug,
  };
}
