import { expect, test } from 'vitest';
import { createScanner } from './create-scanner.ts';
import { parseScannerAddress } from './scanner-address.ts';
import { DEFAULT_BAUD_RATE } from './serial-port-options.ts';

const now = () => performance.now();

test('a serial path alone has the default rate and line framing', () => {
  expect(parseScannerAddress('serial:/dev/ttyACM0')).toEqual({
    ok: true,
    address: { transport: 'serial', path: '/dev/ttyACM0', baudRate: DEFAULT_BAUD_RATE, framing: 'line' },
  });
});

test('rate and framing of a serial port can be given in any order', () => {
  const address = { transport: 'serial', path: '/dev/ttyS1', baudRate: 115_200, framing: 'idle' };
  expect(parseScannerAddress('serial:/dev/ttyS1?baud=115200&framing=idle')).toEqual({ ok: true, address });
  expect(parseScannerAddress('serial:/dev/ttyS1?framing=idle&baud=115200')).toEqual({ ok: true, address });
});

test('a Windows port is a path too', () => {
  expect(parseScannerAddress('serial:COM3')).toMatchObject({ ok: true, address: { path: 'COM3' } });
});

test.each([
  ['simulated:', { transport: 'simulated' }],
  ['keyboard:page', { transport: 'keyboard' }],
])('%s is an address', (text, address) => {
  expect(parseScannerAddress(text)).toEqual({ ok: true, address });
});

test.each([
  ['', 'unknown-transport', 'simulated:'],
  ['/dev/ttyACM0', 'unknown-transport', 'serial:/dev/ttyACM0'],
  ['Serial:/dev/ttyACM0', 'unknown-transport', 'serial:/dev/ttyACM0'],
  ['simulated:x', 'unknown-transport', 'simulated:'],
  ['keyboard:', 'unknown-transport', 'keyboard:page'],
  ['serial:', 'bad-path', '/dev/ttyACM0'],
  ['serial:?baud=9600', 'bad-path', '/dev/ttyACM0'],
  ['serial:/dev/tty ACM0', 'bad-path', '/dev/ttyACM0'],
  ['serial:/dev/ttyACM0?', 'unknown-option', 'baud=9600'],
  ['serial:/dev/ttyACM0?speed=9600', 'unknown-option', 'baud=9600'],
  ['serial:/dev/ttyACM0?baud=9600&baud=9600', 'unknown-option', 'baud=9600'],
  ['serial:/dev/ttyACM0?baud=9601', 'bad-option-value', '9600'],
  ['serial:/dev/ttyACM0?baud=9600.0', 'bad-option-value', '9600'],
  ['serial:/dev/ttyACM0?baud', 'bad-option-value', '9600'],
  ['serial:/dev/ttyACM0?framing=LINE', 'bad-option-value', 'line'],
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
  ['simulated:', 'simulated:'],
  ['keyboard:page', 'keyboard:page'],
])('the scanner made for %s is called %s', (text, id) => {
  const reading = parseScannerAddress(text);
  expect(reading.ok && createScanner(reading.address, now).id).toBe(id);
});
