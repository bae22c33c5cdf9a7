import { UDEV_RULES_FILE } from '../profiles/udev-rules.ts';

/** What someone on site can do about a device that doesn't open. @param message the system's or the library's own words */
export type Cure = (path: string, message: string) => string;

interface KnownMessage {
  readonly says: RegExp;
  readonly cure: (path: string) => string;
}

const ABSENT: KnownMessage = {
  says: /ENOENT|ENODEV|ENXIO|no such (file|device)|file not found/i,
  cure: (path) => `nothing is at ${path}: plug the scanner in, or correct its address`,
};

const RULES =
  `put what \`liangzheng devices --udev-rules\` prints into /etc/udev/rules.d/${UDEV_RULES_FILE}, ` +
  'run udevadm control --reload, and plug the scanner in again';

/** serialport's messages carry no code, only the system's words (`serialport_unix.cpp`, `_win.cpp`). */
export const serialCure: Cure = cureFrom([
  ABSENT,
  {
    says: /permission denied|EACCES|EPERM/i,
    cure: (path) =>
      `no right to open ${path}: add the user to group dialout (usermod -aG dialout USER), log in again`,
  },
  {
    // Windows says "access denied" of a port that another program has open.
    says: /cannot lock port|resource busy|access denied/i,
    cure: (path) => `another program holds ${path}: close it`,
  },
  {
    says: /inappropriate ioctl|not a typewriter|is a directory/i,
    cure: (path) => `${path} is not a serial port: correct the scanner's address`,
  },
]);

export const hidCure: Cure = cureFrom([
  {
    // node-hid is linked with it, although hidraw does without
    says: /libusb/i,
    cure: (path) => `install the package libusb-1.0-0: ${path} can't be opened without it`,
  },
  {
    says: /libudev/i,
    cure: (path) => `install the package libudev1: ${path} can't be opened without it`,
  },
  {
    says: /no native build|cannot find (module|package)/i,
    cure: (path) => `install the program anew for this kind of machine: what opens ${path} is missing`,
  },
  ABSENT,
  {
    says: /EACCES|EPERM|permission denied/i,
    cure: (path) => `no right to open ${path}: add the user to group dialout, ${RULES}`,
  },
]);

export const keyboardCure: Cure = cureFrom([
  {
    says: /spawn cat/i,
    cure: (path) => `install the package coreutils: ${path} is read with its cat`,
  },
  ABSENT,
  {
    says: /EACCES|EPERM|permission denied/i,
    cure: (path) =>
      `no right to open ${path}: add the user to group input (usermod -aG input USER), log in again, ${RULES}`,
  },
  {
    says: /not an event device|ENOTDIR|EISDIR/i,
    cure: (path) => `${path} is no event device: correct the scanner's address, such as /dev/input/event3`,
  },
]);

function cureFrom(known: readonly KnownMessage[]): Cure {
  return (path, message) =>
    known.find(({ says }) => says.test(message))?.cure(path) ?? `check the scanner at ${path}: ${message}`;
}
