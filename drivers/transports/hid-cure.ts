/**
 * What someone on site can do about a HID device that doesn't open.
 *
 * @param message the system's, of the loader or of node-hid
 */
export function hidCure(path: string, message: string): string {
  for (const { says, cure } of CURES) if (says.test(message)) return cure(path);
  return `check the scanner at ${path}: ${message}`;
}

const CURES: readonly { readonly says: RegExp; readonly cure: (path: string) => string }[] = [
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
  {
    says: /ENOENT|ENODEV|ENXIO|no such (file|device)/i,
    cure: (path) => `nothing is at ${path}: plug the scanner in, or correct its address`,
  },
  {
    says: /EACCES|EPERM|permission denied/i,
    cure: (path) =>
      `no right to open ${path}: put 70-liangzheng.rules into /etc/udev/rules.d, add the user to group dialout, ` +
      'restart, and plug the scanner in again',
  },
];
