/** The boot protocol's report descriptor (HID 1.11 appendix B.1). */
export const BOOT_KEYBOARD: Uint8Array = Buffer.from(
  '05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508150025650507190029658100c0',
  'hex',
);

const ENTER = 0x28;
const LEFT_SHIFT = 0x02;
const REPORT_BYTES = 8;

/** Boot reports of a scanner that types ASCII text on a US keyboard: each key pressed and let go. */
export function typed(text: string): Uint8Array[] {
  return [...text].flatMap((character) => press(keyOf(character)));
}

export function typedEnter(): Uint8Array[] {
  return press({ usage: ENTER, shift: false });
}

interface Key {
  /** HID usage, page 0x07. */
  readonly usage: number;
  readonly shift: boolean;
}

function press({ usage, shift }: Key): Uint8Array[] {
  const report = new Uint8Array(REPORT_BYTES);
  report[0] = shift ? LEFT_SHIFT : 0;
  report[2] = usage;
  return [report, new Uint8Array(REPORT_BYTES)];
}

function keyOf(character: string): Key {
  for (const [at, keys] of KEYS) {
    const plain = keys.plain.indexOf(character);
    if (plain >= 0) return { usage: at + plain, shift: false };
    const shifted = keys.shifted.indexOf(character);
    if (shifted >= 0) return { usage: at + shifted, shift: true };
  }
  throw new Error(`no key for "${character}"`);
}

/** Runs of keys from a usage on (HID usage tables, page 0x07). */
const KEYS: readonly (readonly [number, { readonly plain: string; readonly shifted: string }])[] = [
  [0x04, { plain: 'abcdefghijklmnopqrstuvwxyz', shifted: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' }],
  [0x1e, { plain: '1234567890', shifted: '!@#$%^&*()' }],
  [0x2c, { plain: ' -=[]\\', shifted: ' _+{}|' }],
  [0x33, { plain: ";'`,./", shifted: ':"~<>?' }],
];
