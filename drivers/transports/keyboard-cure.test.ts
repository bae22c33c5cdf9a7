import { expect, test } from 'vitest';
import { keyboardCure } from './keyboard-cure.ts';

test.each([
  ['a missing cat', 'spawn cat ENOENT', 'package coreutils'],
  ['a missing device', "ENOENT: no such file or directory, open '/dev/input/event3'", 'plug the scanner in'],
  ['a device just lost', "ENODEV: no such device, open '/dev/input/event3'", 'plug the scanner in'],
  ['a missing right', "EACCES: permission denied, open '/dev/input/event3'", 'usermod -aG input'],
  ['a plain file', 'not an event device', 'correct the scanner'],
  ['anything else', 'EMFILE: too many open files', 'EMFILE'],
])('the cure for %s says what to do', (_case, message, cure) => {
  expect(keyboardCure('/dev/input/event3', message)).toContain(cure);
  expect(keyboardCure('/dev/input/event3', message)).toContain('/dev/input/event3');
});
