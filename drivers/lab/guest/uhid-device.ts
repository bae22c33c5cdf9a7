import { CharDevice } from './char-device.ts';

/** What a HID device says of itself. */
export interface HidIdentity {
  readonly name: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string;
  readonly descriptor: Uint8Array;
}

/**
 * A HID device made through /dev/uhid (Linux include/uapi/linux/uhid.h). It has hidraw and event devices as one on a
 * cable has, but no USB under it.
 */
export class UhidDevice {
  readonly #device: CharDevice;

  private constructor() {
    this.#device = new CharDevice('/dev/uhid', (event) => void this.#answer(event));
  }

  static async plug(identity: HidIdentity): Promise<UhidDevice> {
    const uhid = new UhidDevice();
    await uhid.#device.write(create(identity));
    return uhid;
  }

  /** @param report with its id, where the descriptor names ids */
  async input(report: Uint8Array): Promise<void> {
    const event = Buffer.alloc(6);
    event.writeUInt32LE(INPUT2, 0);
    event.writeUInt16LE(report.length, 4);
    await this.#device.write(Buffer.concat([event, report]));
  }

  /** The kernel takes the device away when its maker lets go. */
  unplug(): void {
    this.#device.close();
  }

  /** Reports that are asked for don't exist; unanswered, whoever asks would wait 5 s. */
  async #answer(event: Buffer): Promise<void> {
    const type = event.readUInt32LE(0);
    if (type !== GET_REPORT && type !== SET_REPORT) return;
    const reply = Buffer.alloc(12);
    reply.writeUInt32LE(type + 1, 0);
    event.copy(reply, 4, 4, 8); // its number
    reply.writeUInt16LE(EIO, 8);
    await this.#device.write(reply);
  }
}

/** Event types, `enum uhid_event_type`. */
const GET_REPORT = 9;
const CREATE2 = 11;
const INPUT2 = 12;
const SET_REPORT = 13;

const EIO = 5;
const BUS_USB = 3;

/** `struct uhid_create2_req` behind the event's type. */
function create({ name, vendorId, productId, serialNumber, descriptor }: HidIdentity): Buffer {
  const event = Buffer.alloc(280);
  event.writeUInt32LE(CREATE2, 0);
  event.write(name, 4, 127);
  event.write('lab', 132, 63);
  event.write(serialNumber, 196, 63);
  event.writeUInt16LE(descriptor.length, 260);
  event.writeUInt16LE(BUS_USB, 262);
  event.writeUInt32LE(vendorId, 264);
  event.writeUInt32LE(productId, 268);
  return Buffer.concat([event, descriptor]);
}
