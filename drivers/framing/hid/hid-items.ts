/** Items of a HID report descriptor (HID 1.11, 6.2.2): what each says is `readReportDescriptor`'s. */

export type HidItem =
  | {
      readonly name: 'main' | 'global' | 'local';
      /** The upper four bits of the prefix. */
      readonly tag: number;
      /** Little-endian, unsigned; 0 where the item carries no data. */
      readonly data: number;
      /** How many bytes of data it carried: a usage of 4 bytes names its page itself. */
      readonly size: number;
    }
  /** Nothing can be read from here on; it is the last. */
  | { readonly name: 'broken'; readonly detail: string };

/** 6.2.2.3: a long item starts with this byte, its data's length and its tag. None is defined: they are passed over. */
const LONG_ITEM = 0xfe;

const TYPES = ['main', 'global', 'local'] as const;

/** Reads items one by one; bytes past the end are never read. */
export function* readHidItems(bytes: Uint8Array): Generator<HidItem> {
  let at = 0;
  while (at < bytes.length) {
    const prefix = bytes[at] ?? 0;
    const long = prefix === LONG_ITEM;
    const size = long ? 2 + (bytes[at + 1] ?? 0) : sizeOf(prefix);
    const end = at + 1 + size;
    if (end > bytes.length) return yield broken(`the item at byte ${at} ends after the descriptor`);
    if (!long) {
      const name = TYPES[(prefix >> 2) & 0x03];
      if (!name) return yield broken(`the item at byte ${at} is of the reserved type`);
      yield { name, tag: prefix >> 4, data: littleEndian(bytes.subarray(at + 1, end)), size };
    }
    at = end;
  }
}

/** 6.2.2.2: the size codes 0 to 3 stand for 0, 1, 2 and 4 bytes. */
function sizeOf(prefix: number): number {
  const code = prefix & 0x03;
  return code === 3 ? 4 : code;
}

function littleEndian(data: Uint8Array): number {
  return data.reduceRight((value, byte) => value * 0x100 + byte, 0);
}

function broken(detail: string): HidItem {
  return { name: 'broken', detail };
}
