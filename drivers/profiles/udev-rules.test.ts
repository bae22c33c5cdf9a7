import { expect, test } from 'vitest';
import { BUILTIN_PROFILES } from './builtin-profiles.ts';
import type { Profile } from './profile.ts';
import { udevRules } from './udev-rules.ts';

const NUMBERS = { vendorId: 0x0c2e, productId: 0x0b87 };

/** The rules alone, without comments. */
function rulesFor(profile: Partial<Profile>): string[] {
  const whole: Profile = { model: 'Acme', transport: 'hid', match: NUMBERS, framing: 'line', ...profile };
  return linesOf(udevRules([whole]));
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

test('a HID scanner may be opened by dialout, on USB and Bluetooth', () => {
  expect(rulesFor({ transport: 'hid' })).toEqual([
    'SUBSYSTEM=="hidraw", KERNELS=="*:0C2E:0B87.*", GROUP="dialout", MODE="0660", TAG+="uaccess"',
  ]);
});

test('a serial scanner may be opened by dialout, and ModemManager leaves it alone', () => {
  expect(rulesFor({ transport: 'serial' })).toEqual([
    'SUBSYSTEM=="tty", ATTRS{idVendor}=="0c2e", ATTRS{idProduct}=="0b87", GROUP="dialout", MODE="0660", TAG+="uaccess", ENV{ID_MM_DEVICE_IGNORE}="1"',
  ]);
});

test('a bridge that may be a modem is left to ModemManager', () => {
  expect(rulesFor({ transport: 'serial', ask: [] })).toEqual([expect.not.stringContaining('ID_MM')]);
});

test('a scanner that is a keyboard may be read by input, and the desktop does not read it', () => {
  expect(rulesFor({ transport: 'keyboard' })).toEqual([
    'SUBSYSTEM=="input", KERNEL=="event*", ATTRS{id/vendor}=="0c2e", ATTRS{id/product}=="0b87", GROUP="input", MODE="0660", TAG+="uaccess", ENV{LIBINPUT_IGNORE_DEVICE}="1"',
  ]);
});

test.each<[string, Profile['match']]>([
  ['the vendor', { vendorId: 0x0c2e }],
  ['a name', { ...NUMBERS, named: 'acme' }],
  ['a path', { ...NUMBERS, path: 'event3' }],
])("a keyboard told by %s has no rule: another one's keys would go nowhere", (_what, match) => {
  expect(rulesFor({ transport: 'keyboard', match })).toEqual([]);
});

test('a vendor without product stands for all of them', () => {
  const match = { vendorId: 0x065a };
  expect(rulesFor({ transport: 'hid', match })).toEqual([expect.stringContaining('KERNELS=="*:065A:*.*"')]);
  expect(rulesFor({ transport: 'serial', match })).toEqual([expect.not.stringContaining('idProduct')]);
});

test('a scanner that can not be used gets no rule', () => {
  expect(rulesFor({ unusable: 'wrong mode' })).toEqual([]);
});

test("a model's name can not become a rule", () => {
  expect(rulesFor({ model: 'A\nKERNEL=="*", MODE="0666"\\\n' })).toHaveLength(1);
});

test('two profiles of one rule make one', () => {
  const profile: Profile = { model: 'Acme', transport: 'hid', match: NUMBERS, framing: 'hid-pos' };
  expect(linesOf(udevRules([profile, profile]))).toHaveLength(1);
});

test('every built-in profile that can be used has its rule, in the form that udev reads', () => {
  const rules = linesOf(udevRules(BUILTIN_PROFILES));
  expect(rules).toHaveLength(BUILTIN_PROFILES.filter(({ unusable }) => unusable === undefined).length);
  const term = String.raw`[A-Z_]+(\{[\w/]+\})?(==|\+=|=)"[^"\\]*"`;
  for (const rule of rules) expect(rule).toMatch(new RegExp(`^${term}(, ${term})*$`));
});
