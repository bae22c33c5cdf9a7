/**
 * What someone on site can do about a keyboard's event device that doesn't open.
 *
 * @param message the system's, with its errno
 */
export function keyboardCure(path: string, message: string): string {
  for (const { says, cure } of CURES) if (says.test(message)) return cure(path);
  return `check the scanner at ${path}: ${message}`;
}

const CURES: readonly { readonly says: RegExp; readonly cure: (path: string) => string }[] = [
  {
    says: /spawn cat/i,
    cure: (path) => `install the package coreutils: ${path} is read with its cat`,
  },
  {
    says: /ENOENT|ENODEV|ENXIO|no such (file|device)/i,
    cure: (path) => `nothing is at ${path}: plug the scanner in, or correct its address`,
  },
  {
    says: /EACCES|EPERM|permission denied/i,
    cure: (path) =>
      `no right to open ${path}: put 70-liangzheng.rules into /etc/udev/rules.d, add the user to group input ` +
      '(usermod -aG input USER), log in again, and plug the scanner in again',
  },
  {
    says: /not an event device|ENOTDIR|EISDIR/i,
    cure: (path) => `${path} is no event device: correct the scanner's address, such as /dev/input/event3`,
  },
];
