import { FRAMING_NAMES, FRAMINGS_OF, type FramingName } from './framing/framing.ts';
import { MODULE_NAMES, type ModuleName } from './modules/module.ts';
import { HOLD_OFF_MS, SCANS_PER_SECOND } from './scanner.ts';
import { CODE_ID_NAMES, type CodeIdName } from './text/code-id.ts';

/** Where a scanner is found, as written in the configuration. */
export type ScannerAddress =
  | WiredAddress
  | { readonly transport: 'simulated' }
  | { readonly transport: 'page' };

/** A scanner on a wire. What isn't given is taken from the device's profile, or the defaults. */
export interface WiredAddress extends WiredOptions {
  readonly transport: 'auto' | 'serial' | 'hid' | 'keyboard';
  /** A path, or for HID `0c2e:0b87`; empty for `auto`, which takes the likeliest scanner there is. */
  readonly target: string;
}

export interface WiredOptions {
  readonly baudRate?: number;
  readonly framing?: FramingName;
  readonly module?: ModuleName;
  readonly codeId?: CodeIdName;
  /** What this scanner is for; there is one scanner for each role. */
  readonly role: string;
  readonly holdOffMs: number;
  readonly scansPerSecond: number;
}

export type ScannerAddressReading =
  | { readonly ok: true; readonly address: ScannerAddress }
  | {
      readonly ok: false;
      readonly reason: 'unknown-transport' | 'bad-path' | 'unknown-option' | 'bad-option-value';
      /** What was found, for people. */
      readonly detail: string;
      /** What would have been right in its place. */
      readonly expected: readonly string[];
    };

/** The rates that serial scanner modules can be set to. */
export const BAUD_RATES: readonly number[] = [
  1_200, 2_400, 4_800, 9_600, 14_400, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600,
];

export const DEFAULT_ROLE = 'main';

/** The forms of an address, for messages and documentation. */
export const ADDRESS_FORMS: readonly string[] = [
  'auto:',
  'serial:/dev/ttyACM0',
  'serial:/dev/ttyACM0?baud=9600&framing=line&module=honeywell&codeid=honeywell&role=counter&holdoff=1500&rate=5',
  'hid:/dev/hidraw0',
  'hid:0c2e:0b87',
  'keyboard:/dev/input/event3',
  'keyboard:page',
  'simulated:',
];

/** Stable name of a scanner at an address: the address, of its options only a role of its own. */
export function scannerId(address: ScannerAddress): string {
  switch (address.transport) {
    case 'simulated':
      return 'simulated:';
    case 'page':
      return 'keyboard:page';
    default: {
      const { transport, target, role } = address;
      return `${transport}:${target}${role === DEFAULT_ROLE ? '' : `?role=${role}`}`;
    }
  }
}

/** Reads one of ADDRESS_FORMS, strictly. Options may be left out; all but `simulated:` and `keyboard:page` take them. */
export function parseScannerAddress(text: string): ScannerAddressReading {
  if (text === 'simulated:') return { ok: true, address: { transport: 'simulated' } };
  if (text === 'keyboard:page') return { ok: true, address: { transport: 'page' } };
  const [, transport, rest = ''] = /^(auto|serial|hid|keyboard):(.*)$/s.exec(text) ?? [];
  if (!isWired(transport)) {
    const detail = `no scanner address: "${text}"`;
    return { ok: false, reason: 'unknown-transport', detail, expected: ADDRESS_FORMS };
  }
  const queryAt = rest.indexOf('?');
  const target = queryAt < 0 ? rest : rest.slice(0, queryAt);
  const { fits, expected } = TARGETS[transport];
  if (!fits.test(target)) {
    return { ok: false, reason: 'bad-path', detail: `no ${transport} device: "${target}"`, expected };
  }
  const options = parseOptions(queryAt < 0 ? [] : rest.slice(queryAt + 1).split('&'));
  if (!options.ok) return options;
  const { framing } = options.options;
  const framings = transport === 'auto' ? FRAMING_NAMES : FRAMINGS_OF[transport];
  if (framing !== undefined && !framings.some((name) => name === framing)) {
    const detail = `framing can't be "${framing}" of a ${transport} device`;
    return { ok: false, reason: 'bad-option-value', detail, expected: framings };
  }
  return { ok: true, address: { transport, target, ...options.options } };
}

/** Which option reads what, and what to say otherwise. */
const OPTIONS = {
  baud: {
    read: (value: string) => {
      const baudRate = BAUD_RATES.find((rate) => String(rate) === value);
      return baudRate && { baudRate };
    },
    expected: BAUD_RATES.map(String),
  },
  framing: {
    read: (value: string) => {
      const framing = FRAMING_NAMES.find((name) => name === value);
      return framing && { framing };
    },
    expected: FRAMING_NAMES,
  },
  module: {
    read: (value: string) => {
      const module = MODULE_NAMES.find((name) => name === value);
      return module && { module };
    },
    expected: MODULE_NAMES,
  },
  codeid: {
    read: (value: string) => {
      const codeId = CODE_ID_NAMES.find((name) => name === value);
      return codeId && { codeId };
    },
    expected: CODE_ID_NAMES,
  },
  role: {
    read: (value: string) => (/^[a-z][a-z0-9-]{0,31}$/.test(value) ? { role: value } : undefined),
    expected: ['a name such as main, patient or counter'],
  },
  holdoff: {
    read: (value: string) => {
      const holdOffMs = Number(value);
      return /^\d{1,5}$/.test(value) && holdOffMs <= MAX_HOLD_OFF_MS ? { holdOffMs } : undefined;
    },
    expected: [`milliseconds from 0 to 10000`],
  },
  rate: {
    read: (value: string) => (/^\d{1,3}$/.test(value) ? { scansPerSecond: Number(value) } : undefined),
    expected: ['codes a second from 1 to 999, or 0 for any number'],
  },
} as const;

const MAX_HOLD_OFF_MS = 10_000;

type OptionsReading =
  | { readonly ok: true; readonly options: WiredOptions }
  | Extract<ScannerAddressReading, { readonly ok: false }>;

function parseOptions(written: readonly string[]): OptionsReading {
  let options: WiredOptions = {
    role: DEFAULT_ROLE,
    holdOffMs: HOLD_OFF_MS,
    scansPerSecond: SCANS_PER_SECOND,
  };
  const seen = new Set<string>();
  for (const option of written) {
    const [key = '', value = ''] = option.split(/=(.*)/s);
    if (!isOption(key) || seen.has(key)) {
      const detail = isOption(key) ? `"${key}" given twice` : `no such option: "${option}"`;
      const expected = Object.keys(OPTIONS).map((name) => `${name}=…`);
      return { ok: false, reason: 'unknown-option', detail, expected };
    }
    seen.add(key);
    const read = OPTIONS[key].read(value);
    if (!read) {
      const detail = `${key} can't be "${value}"`;
      return { ok: false, reason: 'bad-option-value', detail, expected: OPTIONS[key].expected };
    }
    options = { ...options, ...read };
  }
  return { ok: true, options };
}

function isOption(key: string): key is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, key);
}

function isWired(transport: string | undefined): transport is WiredAddress['transport'] {
  return transport !== undefined && Object.hasOwn(TARGETS, transport);
}

const PATH = /^[^\s\0?]+$/;

const TARGETS: Readonly<
  Record<WiredAddress['transport'], { readonly fits: RegExp; readonly expected: readonly string[] }>
> = {
  auto: { fits: /^$/, expected: ['auto:', 'auto:?role=counter'] },
  serial: { fits: PATH, expected: ['/dev/ttyACM0', '/dev/serial/by-id/…', 'COM3'] },
  hid: {
    fits: /^([0-9a-f]{4}:[0-9a-f]{4}|[/\\][^\s\0?]+)$/i,
    expected: ['/dev/hidraw0', '0c2e:0b87 (vendor:product)'],
  },
  keyboard: { fits: /^\/[^\s\0?]+$/, expected: ['page', '/dev/input/event3', '/dev/input/by-id/…'] },
};
