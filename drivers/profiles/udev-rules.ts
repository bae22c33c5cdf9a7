import type { Profile, ProfileMatch } from './profile.ts';

/** In /etc/udev/rules.d. Before 73, where systemd's own rules act on `uaccess`. */
export const UDEV_RULES_FILE = '70-liangzheng.rules';

/**
 * The text of a rules file that lets the terminal's user open the known scanners: members of `dialout` (serial, HID) and
 * `input` (keyboards), and whoever sits at the screen. Keyboards are taken away from the desktop, so that no code is
 * typed into it.
 *
 * Syntax: udev(7). HID devices are told by their numbers: a usage page is in the binary report descriptor, which rules
 * can't match, so that a HID POS scanner of unknown numbers needs a profile of its own.
 */
export function udevRules(profiles: readonly Profile[]): string {
  const rules = profiles.filter(({ unusable }) => unusable === undefined).map(rulesOf);
  return `${HEADER}\n${[...new Set(rules)].join('')}`;
}

const HEADER = `# Rights for the scanners of the Liangzheng terminal. Made by the program from its profiles.
# A HID POS scanner that isn't listed needs a profile in scanners.json: rules can't match usage pages.
# After a change: udevadm control --reload, then plug the scanner in again.
`;

function rulesOf(profile: Profile): string {
  const { model, transport, match } = profile;
  const name = model.replace(/[^\p{L}\p{N} ./:()-]/gu, ' ');
  switch (transport) {
    case 'serial':
      return `# ${name}\n${serialRule(profile)}\n`;
    case 'hid':
      return `# ${name}\n${hidRule(match)}\n`;
    case 'keyboard':
      return keyboardRules(name, match);
    default:
      return transport satisfies never;
  }
}

/** ModemManager would greet every new serial port with AT commands; a bridge may be a modem's, and is left to it. */
function serialRule({ match, ask }: Profile): string {
  const ids = [`ATTRS{idVendor}=="${hex(match.vendorId)}"`];
  if (match.productId !== undefined) ids.push(`ATTRS{idProduct}=="${hex(match.productId)}"`);
  const ours = ask ? [] : ['ENV{ID_MM_DEVICE_IGNORE}="1"'];
  return ['SUBSYSTEM=="tty"', ...ids, ...rights('dialout'), ...ours].join(', ');
}

/** By the HID device's name, bus:vendor:product.instance: USB and Bluetooth alike. */
function hidRule({ vendorId, productId }: ProfileMatch): string {
  const product = productId === undefined ? '*' : hex(productId).toUpperCase();
  const device = `KERNELS=="*:${hex(vendorId).toUpperCase()}:${product}.*"`;
  return ['SUBSYSTEM=="hidraw"', device, ...rights('dialout')].join(', ');
}

/** A rule knows numbers only, and somebody's real keyboard must not go dead: the numbers have to be all there is to it. */
function keyboardRules(name: string, { vendorId, productId, named, path }: ProfileMatch): string {
  if (productId === undefined || named !== undefined || path !== undefined) {
    return `# ${name}: not told by vendor and product alone, so the desktop reads it too\n`;
  }
  const ids = [`ATTRS{id/vendor}=="${hex(vendorId)}"`, `ATTRS{id/product}=="${hex(productId)}"`];
  const rule = [
    'SUBSYSTEM=="input"',
    'KERNEL=="event*"',
    ...ids,
    ...rights('input'),
    'ENV{LIBINPUT_IGNORE_DEVICE}="1"',
  ];
  return `# ${name}\n${rule.join(', ')}\n`;
}

function rights(group: 'dialout' | 'input'): readonly string[] {
  return [`GROUP="${group}"`, 'MODE="0660"', 'TAG+="uaccess"'];
}

function hex(id: number): string {
  return id.toString(16).padStart(4, '0');
}
