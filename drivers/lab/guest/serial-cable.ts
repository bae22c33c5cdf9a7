import { CharDevice } from './char-device.ts';

/** The far end of the cable on QEMU's usb-serial adapter: where a scanner module would be. */
export class SerialCable {
  readonly #device: CharDevice;

  /** @param onBytes gets what is written to the serial port */
  constructor(onBytes: (bytes: Buffer) => void = () => undefined) {
    this.#device = new CharDevice('/dev/virtio-ports/lab.serial', onBytes);
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#device.write(bytes);
  }

  close(): void {
    this.#device.close();
  }
}
