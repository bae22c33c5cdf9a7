import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Qmp } from '../guest/qmp.ts';
import type { SerialCable } from '../guest/serial-cable.ts';
import { firstHalf, type Rig } from './rig.ts';

/** QEMU's usb-serial: an FTDI adapter with a scanner module on its cable. */
export function ftdiRig(qmp: Qmp, cable: SerialCable): Rig {
  const node = '/dev/ttyUSB0';
  return {
    name: 'FTDI serial (QEMU)',
    address: `serial:${node}`,
    codeLength: 2_000,
    node: () => (existsSync(node) ? node : undefined),
    plug: () => qmp.plug('ftdi', 1, { driver: 'usb-serial', chardev: 'serial', serial: 'LAB-FTDI' }),
    unplug: () => qmp.unplug('ftdi'),
    show: (code) => cable.write(Buffer.from(`${code}\r`, 'latin1')),
    async showHalf(code) {
      await cable.write(Buffer.from(firstHalf([...code]).join(''), 'latin1'));
      await pause(ON_ITS_WAY_MS);
    },
    close: () => (existsSync(node) ? qmp.unplug('ftdi') : Promise.resolve()),
  };
}

/** QEMU 7.2 crashes when its usb-serial is taken away with bytes still on the cable. */
const ON_ITS_WAY_MS = 300;

/** QEMU types by its own clock; its keyboard sends a report each 8 ms, and a capital letter is four of them. */
const KEY_MS = 40;

/** QEMU's usb-kbd: a scanner that types, on a USB bus, too slowly for long codes. */
export function usbKeyboardRig(qmp: Qmp): Rig {
  const node = '/dev/input/by-id/usb-QEMU_QEMU_USB_Keyboard_LAB-KEYS-event-kbd';

  async function type(keys: readonly (readonly string[])[]): Promise<void> {
    // all at once, since QEMU queues them: answers that are waited for would make gaps between the keys
    await Promise.all(keys.map((key) => qmp.press(key, KEY_MS)));
    await pause(keys.length * KEY_MS);
  }

  return {
    name: 'keyboard (QEMU usb-kbd)',
    address: `keyboard:${node}`,
    codeLength: 20,
    node: () => (existsSync(node) ? node : undefined),
    plug: () => qmp.plug('kbd', 2, { driver: 'usb-kbd', serial: 'LAB-KEYS' }),
    unplug: () => qmp.unplug('kbd'),
    show: (code) => type([...keysOf(code), ['ret']]),
    showHalf: (code) => type(firstHalf(keysOf(code))),
    close: () => (existsSync(node) ? qmp.unplug('kbd') : Promise.resolve()),
  };
}

function keysOf(code: string): (readonly string[])[] {
  return [...code].map((character) => {
    if (/[0-9a-z]/.test(character)) return [character];
    if (/[A-Z]/.test(character)) return ['shift', character.toLowerCase()];
    const key = KEYS[character];
    if (!key) throw new Error(`no key for "${character}"`);
    return key;
  });
}

/** What Base45 has beside digits and letters, and an AIM identifier's bracket. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  ' ': ['spc'],
  $: ['shift', '4'],
  '%': ['shift', '5'],
  '*': ['shift', '8'],
  '+': ['shift', 'equal'],
  '-': ['minus'],
  '.': ['dot'],
  '/': ['slash'],
  ':': ['shift', 'semicolon'],
  ']': ['bracket_right'],
};
