import { mkdir, readdir, readFile, rmdir, symlink, unlink, writeFile } from 'node:fs/promises';

/** What a USB device says of itself. */
export interface UsbIdentity {
  readonly manufacturer: string;
  readonly product: string;
  readonly serialNumber: string;
  readonly vendorId: number;
  readonly productId: number;
}

/** What it is: one interface, with the report descriptor where it is HID. */
export type UsbFunction =
  | { readonly name: 'hid'; readonly descriptor: Uint8Array; readonly reportLength: number }
  | { readonly name: 'acm' };

const GADGETS = '/sys/kernel/config/usb_gadget';
const ENGLISH = '0x409';

/**
 * A USB device on dummy_hcd, whose two ends are in one kernel: enumerated, bound to usbhid or cdc_acm and unplugged as
 * one on a cable (Linux Documentation/usb/gadget_configfs.rst). All of it is asynchronous: to unplug may take the
 * kernel a second, in which the scanner's process must go on.
 */
export class UsbGadget {
  readonly #folder: string;
  readonly #function: string;

  private constructor(folder: string, functionName: string) {
    this.#folder = folder;
    this.#function = functionName;
  }

  /** Makes it, unplugged. */
  static async make(identity: UsbIdentity, what: UsbFunction): Promise<UsbGadget> {
    const gadget = new UsbGadget(`${GADGETS}/${identity.serialNumber}`, `${what.name}.0`);
    await gadget.#describe(identity);
    await gadget.#addFunction(what);
    return gadget;
  }

  async plug(): Promise<void> {
    await this.#put('UDC', await freeController());
  }

  async unplug(): Promise<void> {
    await this.#put('UDC', '\n');
  }

  /** The device at this end: what is written to it comes out of the scanner. There while it is plugged in. */
  async farEnd(): Promise<string> {
    const folder = `${this.#folder}/functions/${this.#function}`;
    if (this.#function.startsWith('acm'))
      return `/dev/ttyGS${(await readFile(`${folder}/port_num`, 'utf8')).trim()}`;
    const numbers = (await readFile(`${folder}/dev`, 'utf8')).trim();
    const [, name] = /DEVNAME=(.*)/.exec(await readFile(`/sys/dev/char/${numbers}/uevent`, 'utf8')) ?? [];
    return `/dev/${name}`;
  }

  /** Takes it apart; it is unplugged by that. */
  async remove(): Promise<void> {
    await unlink(`${this.#folder}/configs/c.1/${this.#function}`);
    await rmdir(`${this.#folder}/functions/${this.#function}`);
    await rmdir(`${this.#folder}/configs/c.1`);
    await rmdir(`${this.#folder}/strings/${ENGLISH}`);
    await rmdir(this.#folder);
  }

  async #describe({ manufacturer, product, serialNumber, vendorId, productId }: UsbIdentity): Promise<void> {
    await mkdir(this.#folder);
    await this.#put('idVendor', `0x${vendorId.toString(16)}`);
    await this.#put('idProduct', `0x${productId.toString(16)}`);
    await this.#put('bcdUSB', '0x0200');
    await mkdir(`${this.#folder}/strings/${ENGLISH}`);
    await this.#put(`strings/${ENGLISH}/manufacturer`, manufacturer);
    await this.#put(`strings/${ENGLISH}/product`, product);
    await this.#put(`strings/${ENGLISH}/serialnumber`, serialNumber);
  }

  async #addFunction(what: UsbFunction): Promise<void> {
    const path = `functions/${this.#function}`;
    await mkdir(`${this.#folder}/${path}`);
    if (what.name === 'hid') {
      await this.#put(`${path}/report_desc`, what.descriptor);
      await this.#put(`${path}/report_length`, String(what.reportLength));
      await this.#put(`${path}/protocol`, '0');
      await this.#put(`${path}/subclass`, '0');
    }
    await mkdir(`${this.#folder}/configs/c.1`);
    await symlink(`${this.#folder}/${path}`, `${this.#folder}/configs/c.1/${this.#function}`);
  }

  #put(name: string, value: string | Uint8Array): Promise<void> {
    return writeFile(`${this.#folder}/${name}`, value);
  }
}

/** A socket of dummy_hcd with nothing in it. */
async function freeController(): Promise<string> {
  const taken = new Set<string>();
  for (const gadget of await readdir(GADGETS)) {
    taken.add((await readFile(`${GADGETS}/${gadget}/UDC`, 'utf8')).trim());
  }
  const free = (await readdir('/sys/class/udc')).find((controller) => !taken.has(controller));
  if (!free) throw new Error('all sockets for USB gadgets are taken');
  return free;
}
