import type { FramingName } from '../framing/framing.ts';
import type { ModuleName } from '../modules/module.ts';
import type { Profile, Question } from './profile.ts';

/** HID usage page and usage of a bar code scanner (HID Point of Sale, section 4). */
export const BAR_CODE_SCANNER = { usagePage: 0x8c, usage: 0x02 } as const;

const IBM_MODE =
  'it is in IBM hand-held mode, which no terminal here speaks: scan the "USB HID POS" or "USB COM port" code of its manual';
const OWN_HID_MODE =
  'it is in a HID mode of its own, which is not known here: scan the "USB HID POS" or "virtual COM port" code of its manual';

/** The scanners known by their numbers. Sources: vendors' manuals and the tables of public drivers. */
export const BUILTIN_PROFILES: readonly Profile[] = [
  hidPos('Honeywell HID POS', 0x0c2e, 0x0b87, 'honeywell'),
  hidPos('Honeywell HID POS', 0x0c2e, 0x1007, 'honeywell'),
  keyboard('Honeywell keyboard', 0x0c2e, 0x1001),
  serial('Honeywell COM', 0x0c2e, 0x0720, 'honeywell'),
  serial('Youjie COM', 0x23d0, 0x0c82, 'honeywell'),

  serial('Zebra COM', 0x05e0, 0x0600),
  keyboard('Zebra keyboard', 0x05e0, 0x1200),
  unusable('Zebra IBM hand-held', 0x05e0, 0x1300, IBM_MODE),
  serial('Zebra CDC', 0x05e0, 0x1701),
  hid('Zebra SNAPI', 0x05e0, 0x1900, 'snapi'),

  serial('Datalogic COM', 0x05f9, 0x4204, 'datalogic'),

  ...newland('EM2028', 0x0d),
  ...newland('EM20/EM30', 0x13),
  ...newland('FM100', 0x16),
  ...newland('HR22', 0x1a),
  ...newland('HR2150', 0x1c),
  ...newland('FM430', 0x1d),

  keyboard('Code keyboard', 0x11fa, 0x0200),
  unusable('Code IBM hand-held', 0x11fa, 0x0201, IBM_MODE),
  unusable('Code HID', 0x11fa, 0x0202, OWN_HID_MODE),
  serial('Code virtual COM', 0x11fa, 0x0204),
  hidPos('Code HID POS', 0x11fa, 0x0206),

  serial('Cino ACM', 0x1fbb, 0x3850),
  serial('Mindeo', 0x27dd, 0x0002),
  serial('Mertech', 0x2dd6, 0x0261),
  serial('Mertech', 0x2dd6, 0x21ca),
  serial('Mertech', 0x2dd6, 0x228a),
  serial('Mertech', 0x2dd6, 0x2a6a),
  { model: 'Opticon', transport: 'serial', match: { vendorId: 0x065a }, framing: 'line' },

  bridge('CH340 serial bridge', 0x1a86, 0x7523),
  bridge('CH9102 serial bridge', 0x1a86, 0x5723),
  bridge('GD32 virtual COM', 0x28e9, 0x018a),
];

/**
 * Whom to ask behind a bridge: the likeliest on a kiosk's board first. Datalogic is left out: its question is a single
 * letter, which another module might act on.
 */
function questions(): readonly Question[] {
  return [
    { module: 'grow', framing: 'line', baudRate: 9_600 },
    { module: 'newland', framing: 'line', baudRate: 9_600 },
    { module: 'newland', framing: 'line', baudRate: 115_200 },
    { module: 'honeywell', framing: 'line', baudRate: 115_200 },
    { module: 'ssi', framing: 'ssi', baudRate: 9_600 },
    // GM67
    { module: 'ssi', framing: 'ssi', baudRate: 115_200 },
    { module: 'grow', framing: 'line', baudRate: 115_200 },
  ];
}

/** One model in its three modes: the product number's low byte is the mode. */
function newland(model: string, high: number): readonly Profile[] {
  const product = (mode: number) => (high << 8) | mode;
  return [
    keyboard(`Newland ${model} keyboard`, 0x1eab, product(0x03)),
    serial(`Newland ${model} CDC`, 0x1eab, product(0x06), 'newland'),
    hidPos(`Newland ${model} HID POS`, 0x1eab, product(0x10), 'newland'),
  ];
}

function serial(model: string, vendorId: number, productId: number, module?: ModuleName): Profile {
  return {
    model,
    transport: 'serial',
    match: { vendorId, productId },
    framing: 'line',
    ...(module ? { module } : {}),
  };
}

function hid(model: string, vendorId: number, productId: number, framing: FramingName): Profile {
  return { model, transport: 'hid', match: { vendorId, productId }, framing };
}

/** Told by the usage page too: Honeywell shows a second interface, 0xFF8C, under the same numbers. */
function hidPos(model: string, vendorId: number, productId: number, module?: ModuleName): Profile {
  const match = { vendorId, productId, usagePage: BAR_CODE_SCANNER.usagePage };
  return { model, transport: 'hid', match, framing: 'hid-pos', ...(module ? { module } : {}) };
}

function keyboard(model: string, vendorId: number, productId: number): Profile {
  return { model, transport: 'keyboard', match: { vendorId, productId }, framing: 'keys' };
}

function unusable(model: string, vendorId: number, productId: number, why: string): Profile {
  return { model, transport: 'hid', match: { vendorId, productId }, framing: 'hid-pos', unusable: why };
}

/** Its numbers are the chip maker's: a printer or a meter may hang on it just as well. */
function bridge(model: string, vendorId: number, productId: number): Profile {
  return {
    model,
    transport: 'serial',
    match: { vendorId, productId },
    framing: 'line',
    ask: questions(),
  };
}
