import type { FramingName } from './framing/framing.ts';
import { DEFAULT_BAUD_RATE } from './serial-port-options.ts';

/** Where a scanner is found, as written in the configuration. */
export type ScannerAddress =
  | {
      readonly transport: 'serial';
      readonly path: string;
      readonly baudRate: number;
      readonly framing: FramingName;
    }
  | { readonly transport: 'simulated' }
  | { readonly transport: 'keyboard' };

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

/** The forms of an address, for messages and documentation. */
export const ADDRESS_FORMS: readonly string[] = [
  'serial:/dev/ttyACM0',
  'serial:/dev/ttyACM0?baud=9600&framing=line',
  'simulated:',
  'keyboard:page',
];

/**
 * Reads `serial:PATH[?baud=N][&framing=line|idle]`, `simulated:` or `keyboard:page`, strictly. Without options a
 * serial scanner has DEFAULT_BAUD_RATE and line framing.
 */
export function parseScannerAddress(text: string): ScannerAddressReading {
  if (text === 'simulated:') return { ok: true, address: { transport: 'simulated' } };
  if (text === 'keyboard:page') return { ok: true, address: { transport: 'keyboard' } };
  if (text.startsWith('serial:')) return parseSerial(text.slice('serial:'.length));
  return {
    ok: false,
    reason: 'unknown-transport',
    detail: `no scanner address: "${text}"`,
    expected: ADDRESS_FORMS,
  };
}

function parseSerial(rest: string): ScannerAddressReading {
  const queryAt = rest.indexOf('?');
  const path = queryAt < 0 ? rest : rest.slice(0, queryAt);
  if (path === '' || /[\s\0]/.test(path)) {
    return {
      ok: false,
      reason: 'bad-path',
      detail: `no serial port: "${path}"`,
      expected: ['/dev/ttyACM0', '/dev/serial/by-id/…', 'COM3'],
    };
  }
  const options = new Map<string, string>();
  const written = queryAt < 0 ? [] : rest.slice(queryAt + 1).split('&');
  for (const option of written) {
    const [key = '', value = ''] = option.split(/=(.*)/s);
    const known = key === 'baud' || key === 'framing';
    if (!known || options.has(key)) {
      const detail = known ? `"${key}" given twice` : `no such option: "${option}"`;
      return {
        ok: false,
        reason: 'unknown-option',
        detail,
        expected: ['baud=9600', 'framing=line', 'framing=idle'],
      };
    }
    options.set(key, value);
  }
  const baud = options.get('baud');
  const baudRate = baud === undefined ? DEFAULT_BAUD_RATE : BAUD_RATES.find((rate) => String(rate) === baud);
  if (baudRate === undefined) return badValue('baud', baud, BAUD_RATES.map(String));
  const framing = options.get('framing') ?? 'line';
  if (framing !== 'line' && framing !== 'idle') return badValue('framing', framing, ['line', 'idle']);
  return { ok: true, address: { transport: 'serial', path, baudRate, framing } };
}

function badValue(key: string, value = '', expected: readonly string[]): ScannerAddressReading {
  return { ok: false, reason: 'bad-option-value', detail: `${key} can't be "${value}"`, expected };
}
