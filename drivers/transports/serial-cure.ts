/**
 * What someone on site can do about a serial port that doesn't open.
 *
 * @param message serialport's own: it carries no code, only the system's words (`serialport_unix.cpp`, `_win.cpp`)
 */
export function serialCure(path: string, message: string): string {
  for (const { says, cure } of CURES) if (says.test(message)) return cure(path);
  return `check the scanner at ${path}: ${message}`;
}

const CURES: readonly { readonly says: RegExp; readonly cure: (path: string) => string }[] = [
  {
    says: /no such (file|device)|file not found/i,
    cure: (path) => `nothing is at ${path}: plug the scanner in, or correct its address`,
  },
  {
    says: /permission denied/i,
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
];
