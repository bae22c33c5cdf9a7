import { expect, test } from 'vitest';
import { HOLD_OFF_MS, SCANS_PER_SECOND } from './scanner.ts';
import { ADDRESS_FORMS, parseScannerAddress, scannerId } from './scanner-address.ts';

const PLAIN = { role: 'main', holdOffMs: HOLD_OFF_MS, scansPerSecond: SCANS_PER_SECOND };

test('a serial path alone leaves rate, framing and module to its profile', () => {
  expect(parseScannerAddress('serial:/dev/ttyACM0')).toEqual({
    ok: true,
    address: { transport: 'serial', target: '/dev/ttyACM0', ...PLAIN },
  });
});

test('rate and framing of a serial port can be given in any order', () => {
  const address = { transport: 'serial', target: '/dev/ttyS1', baudRate: 115_200, framing: 'idle', ...PLAIN };
  expect(parseScannerAddress('serial:/dev/ttyS1?baud=115200&framing=idle')).toEqual({ ok: true, address });
  expect(parseScannerAddress('serial:/dev/ttyS1?framing=idle&baud=115200')).toEqual({ ok: true, address });
});

test.each(ADDRESS_FORMS)('%s, as the documentation writes it, is an address', (text) => {
  expect(parseScannerAddress(text)).toMatchObject({ ok: true });
});

test('module, role, hold-off and rate are read', () => {
  expect(parseScannerAddress('auto:?module=grow&role=counter&holdoff=0&rate=0')).toEqual({
    ok: true,
    address: {
      transport: 'auto',
      target: '',
      module: 'grow',
      role: 'counter',
      holdOffMs: 0,
      scansPerSecond: 0,
    },
  });
});

test('a Windows port is a path too', () => {
  expect(parseScannerAddress('serial:COM3')).toMatchObject({ ok: true, address: { target: 'COM3' } });
});

test.each([
  ['simulated:', { transport: 'simulated' }],
  ['keyboard:page', { transport: 'page' }],
])('%s is an address', (text, address) => {
  expect(parseScannerAddress(text)).toEqual({ ok: true, address });
});

test.each([
  ['', 'unknown-transport', 'simulated:'],
  ['/dev/ttyACM0', 'unknown-transport', 'serial:/dev/ttyACM0'],
  ['Serial:/dev/ttyACM0', 'unknown-transport', 'serial:/dev/ttyACM0'],
  ['simulated:x', 'unknown-transport', 'simulated:'],
  ['keyboard:', 'bad-path', 'page'],
  ['keyboard:event3', 'bad-path', '/dev/input/event3'],
  ['auto:/dev/ttyACM0', 'bad-path', 'auto:'],
  ['hid:', 'bad-path', '/dev/hidraw0'],
  ['hid:0c2e', 'bad-path', '/dev/hidraw0'],
  ['serial:', 'bad-path', '/dev/ttyACM0'],
  ['serial:?baud=9600', 'bad-path', '/dev/ttyACM0'],
  ['serial:/dev/tty ACM0', 'bad-path', '/dev/ttyACM0'],
  ['serial:/dev/ttyACM0?', 'unknown-option', 'baud=…'],
  ['serial:/dev/ttyACM0?speed=9600', 'unknown-option', 'baud=…'],
  ['serial:/dev/ttyACM0?baud=9600&baud=9600', 'unknown-option', 'baud=…'],
  ['serial:/dev/ttyACM0?baud=9601', 'bad-option-value', '9600'],
  ['serial:/dev/ttyACM0?baud=9600.0', 'bad-option-value', '9600'],
  ['serial:/dev/ttyACM0?baud', 'bad-option-value', '9600'],
  ['serial:/dev/ttyACM0?framing=LINE', 'bad-option-value', 'line'],
  ['serial:/dev/ttyACM0?framing=toString', 'bad-option-value', 'line'],
  ['serial:/dev/ttyACM0?toString=1', 'unknown-option', 'baud=…'],
  ['serial:/dev/ttyACM0?framing=hid-pos', 'bad-option-value', 'line'],
  ['hid:/dev/hidraw0?framing=line', 'bad-option-value', 'hid-pos'],
  ['serial:/dev/ttyACM0?module=acme', 'bad-option-value', 'grow'],
  ['serial:/dev/ttyACM0?role=Staff', 'bad-option-value', 'a name such as main, patient or counter'],
  ['serial:/dev/ttyACM0?rate=-1', 'bad-option-value', 'codes a second from 1 to 999, or 0 for any number'],
  ['serial:/dev/ttyACM0?holdoff=99999', 'bad-option-value', 'milliseconds from 0 to 10000'],
  ['serial:/dev/ttyACM0?framing=line=idle', 'bad-option-value', 'line'],
])('"%s" is refused as %s, naming %s', (text, reason, expected) => {
  expect(parseScannerAddress(text)).toMatchObject({
    ok: false,
    reason,
    expected: expect.arrayContaining([expected]),
  });
});

test.each([
  ['serial:/dev/ttyACM0?baud=115200&framing=idle', 'serial:/dev/ttyACM0'],
  ['hid:0c2e:0b87', 'hid:0c2e:0b87'],
  ['auto:', 'auto:'],
  ['auto:?role=counter', 'auto:?role=counter'],
  ['hid:0c2e:0b87?holdoff=0&role=counter', 'hid:0c2e:0b87?role=counter'],
  ['simulated:', 'simulated:'],
  ['keyboard:page', 'keyboard:page'],
])('the scanner at %s is called %s', (text, id) => {
  const reading = parseScannerAddress(text);
  expect(reading.ok && scannerId(reading.address)).toBe(id);
});
