import { expect, test } from 'vitest';
import { hidCure } from './hid-cure.ts';

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
])('the cure for %s says what to do', (_case, message, cure) => {
  expect(hidCure('/dev/hidraw0', message)).toContain(cure);
  expect(hidCure('/dev/hidraw0', message)).toContain('/dev/hidraw0');
});
