import { expect, test } from 'vitest';
import { hidCure, keyboardCure, serialCure } from './cures.ts';

// The first ones are the loader's and Node's own messages.
test.each([
  [
    'a missing libusb',
    'libusb-1.0.so.0: cannot open shared object file: No such file or directory',
    'package libusb-1.0-0',
  ],
  [
    'a missing libudev',
    'libudev.so.1: cannot open shared object file: No such file or directory',
    'package libudev1',
  ],
  [
    'a missing build',
    'No native build was found for platform=linux arch=riscv64',
    'install the program anew',
  ],
  [
    'a missing library',
    "Cannot find package 'node-hid' imported from /srv/main.js",
    'install the program anew',
  ],
  ['a missing device', "ENOENT: no such file or directory, access '/dev/hidraw0'", 'plug the scanner in'],
  ['a missing right', "EACCES: permission denied, access '/dev/hidraw0'", '70-liangzheng.rules'],
  ['anything else', 'cannot open device with path /dev/hidraw0', 'cannot open device'],
])('of a HID device, the cure for %s says what to do', (_case, message, cure) => {
  expect(hidCure('/dev/hidraw0', message)).toContain(cure);
  expect(hidCure('/dev/hidraw0', message)).toContain('/dev/hidraw0');
});

test.each([
  ['a missing cat', 'spawn cat ENOENT', 'package coreutils'],
  ['a missing device', "ENOENT: no such file or directory, open '/dev/input/event3'", 'plug the scanner in'],
  ['a device just lost', "ENODEV: no such device, open '/dev/input/event3'", 'plug the scanner in'],
  ['a missing right', "EACCES: permission denied, open '/dev/input/event3'", 'usermod -aG input'],
  ['a plain file', 'not an event device', 'correct the scanner'],
  ['anything else', 'EMFILE: too many open files', 'EMFILE'],
])('of a keyboard, the cure for %s says what to do', (_case, message, cure) => {
  expect(keyboardCure('/dev/input/event3', message)).toContain(cure);
  expect(keyboardCure('/dev/input/event3', message)).toContain('/dev/input/event3');
});

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
])('of a serial port, the cure for %s says what to do', (_case, message, cure) => {
  expect(serialCure('/dev/ttyACM0', message)).toContain(cure);
  expect(serialCure('/dev/ttyACM0', message)).toContain('/dev/ttyACM0');
});
