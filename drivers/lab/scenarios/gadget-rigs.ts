import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { CharDevice } from '../guest/char-device.ts';
import { until } from '../guest/until.ts';
import { UsbGadget } from '../guest/usb-gadget.ts';
import { hidrawNode } from './hid-nodes.ts';
import { hidPosDescriptor, hidPosReports, REPORT_BYTES } from './hid-pos-reports.ts';
import { firstHalf, type Rig } from './rig.ts';

/** A HID POS scanner on a USB bus, with the numbers of Honeywell's. */
export async function gadgetHidPosRig(): Promise<Rig> {
  const ids = { vendorId: 0x0c2e, productId: 0x1007 };
  const identity = { ...ids, manufacturer: 'Honeywell', product: 'HID POS', serialNumber: 'LAB-HID' };
  const what = { name: 'hid', descriptor: hidPosDescriptor('A'), reportLength: REPORT_BYTES } as const;
  const far = new FarEnd(await UsbGadget.make(identity, what));

  async function send(reports: readonly Uint8Array[]): Promise<void> {
    for (const report of reports) await far.write(report);
  }

  return {
    name: 'HID POS A (USB gadget)',
    address: 'hid:0c2e:1007',
    codeLength: 2_000,
    node: () => hidrawNode(ids.vendorId, ids.productId),
    plug: () => far.plug(),
    unplug: () => far.unplug(),
    show: (code) => send(hidPosReports('A', code)),
    showHalf: (code) => send(firstHalf(hidPosReports('A', code))),
    close: () => far.close(),
  };
}

/** A scanner with a serial interface of its own ("USB COM"), with numbers that are nobody's. */
export async function gadgetAcmRig(): Promise<Rig> {
  const ids = { vendorId: 0x1d6b, productId: 0x0104 };
  const identity = { ...ids, manufacturer: 'Lab', product: 'Serial scanner', serialNumber: 'LAB-ACM' };
  const far = new FarEnd(await UsbGadget.make(identity, { name: 'acm' }));
  return {
    name: 'CDC-ACM (USB gadget)',
    address: 'serial:/dev/ttyACM0',
    codeLength: 2_000,
    node: () => (existsSync('/dev/ttyACM0') ? '/dev/ttyACM0' : undefined),
    plug: () => far.plug(),
    unplug: () => far.unplug(),
    show: (code) => far.write(Buffer.from(`${code}\r`, 'latin1')),
    showHalf: (code) => far.write(Buffer.from(firstHalf([...code]).join(''), 'latin1')),
    close: () => far.close(),
  };
}

/** A gadget and its end of the wire, which is there only while it is plugged in. */
class FarEnd {
  readonly #gadget: UsbGadget;
  #device: CharDevice | undefined;

  constructor(gadget: UsbGadget) {
    this.#gadget = gadget;
  }

  async plug(): Promise<void> {
    await this.#gadget.plug();
    const path = await this.#gadget.farEnd();
    await until(path, () => existsSync(path));
    this.#device = new CharDevice(path, () => undefined);
    // a terminal's settings would echo what the product sends
    if (path.startsWith('/dev/tty')) execFileSync('stty', ['-F', path, 'raw', '-echo']);
  }

  async unplug(): Promise<void> {
    const device = this.#device;
    this.#device = undefined;
    await this.#gadget.unplug();
    device?.close();
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#device?.write(bytes);
  }

  async close(): Promise<void> {
    if (this.#device) await this.unplug();
    await this.#gadget.remove();
  }
}
