/** A device that is plugged in, as the system describes it. Nothing of it is trusted: anyone can build a USB device. */
export interface Device {
  readonly transport: Transport;
  /** What is opened: `/dev/ttyACM0`, `/dev/hidraw0`, `/dev/input/event3`, `COM3`. */
  readonly path: string;
  /** A name that stays over replugging, where there is one: `/dev/serial/by-id/…`. */
  readonly stablePath?: string;
  readonly vendorId?: number;
  readonly productId?: number;
  readonly manufacturer?: string;
  readonly product?: string;
  readonly serialNumber?: string;
  /** HID: usage page and usage of the top-level collection. */
  readonly usagePage?: number;
  readonly usage?: number;
  /** HID: the report descriptor, at most MAX_DESCRIPTOR_BYTES. */
  readonly descriptor?: Uint8Array;
}

export type Transport = 'serial' | 'hid' | 'keyboard';

/** HID 1.11 limits a report descriptor to what a 16-bit length holds; Linux to 4,096. */
export const MAX_DESCRIPTOR_BYTES = 4096;

/** vendor:product in hex as they are written everywhere, such as `0c2e:0b87`; empty where the device has none. */
export function idsOf({ vendorId, productId }: Device): string {
  if (vendorId === undefined || productId === undefined) return '';
  return [vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':');
}
