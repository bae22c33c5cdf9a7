import { expect, test } from 'vitest';
import { serialCure } from './serial-cure.ts';

// The messages are serialport 13's own, as measured.
test.each([
  ['a missing device', 'Error: No such file or directory, cannot open /dev/ttyACM0', 'plug the scanner in'],
  ['a device just lost', 'Error: No such device, cannot open /dev/ttyACM0', 'plug the scanner in'],
  ['a missing port on Windows', 'Opening COM3: File not found', 'plug the scanner in'],
  ['a missing right', 'Error: Permission denied, cannot open /dev/ttyACM0', 'add the user to group dialout'],
  ['a port in use', 'Error Resource temporarily unavailable Cannot lock port', 'another program holds'],
  ['a port in use on Windows', 'Opening COM3: Access denied', 'another program holds'],
  [
    'a plain file',
    'Error: Inappropriate ioctl for device setting custom baud rate of 9600',
    'is not a serial port',
  ],
  ['anything else', 'Error: Input/output error', 'Input/output error'],
])('the cure for %s says what to do', (_case, message, cure) => {
  expect(serialCure('/dev/ttyACM0', message)).toContain(cure);
  expect(serialCure('/dev/ttyACM0', message)).toContain('/dev/ttyACM0');
});
