import { expect, test } from 'vitest';
import { BUILTIN_PROFILES } from './builtin-profiles.ts';
import type { Device } from './device.ts';
import { identify } from './identify.ts';
import type { Profile, ProfileMatch } from './profile.ts';

const device: Device = {
  transport: 'serial',
  path: '/dev/ttyACM0',
  stablePath: '/dev/serial/by-id/usb-Acme_2000-if00',
  vendorId: 0x1abc,
  productId: 0x0210,
  manufacturer: 'Acme Ltd',
  product: 'Reader 2000',
};

function profile(model: string, match: Partial<ProfileMatch> = {}, more: Partial<Profile> = {}): Profile {
  return { model, transport: 'serial', framing: 'line', match: { vendorId: 0x1abc, ...match }, ...more };
}

function modelOf(found: ReturnType<typeof identify>): string | undefined {
  return found.profile?.model;
}

const BY_RISING_SCORE: readonly Profile[] = [
  profile('vendor'),
  profile('product', { productId: 0x0210 }),
  profile('name', { productId: 0x0210, named: 'acme' }),
  profile('path', { productId: 0x0210, path: 'usb-Acme_2000' }),
];

test('the more a profile says of the device, the surer it is, in whatever order they are', () => {
  for (let count = 1; count <= BY_RISING_SCORE.length; count++) {
    const some = BY_RISING_SCORE.slice(0, count);
    const expected = some.at(-1)?.model;
    expect(modelOf(identify(device, some))).toBe(expected);
    expect(modelOf(identify(device, some.toReversed()))).toBe(expected);
  }
});

test('scores rise in the same order', () => {
  const scores = BY_RISING_SCORE.map((each) => {
    const found = identify(device, [each]);
    return found.use === 'scanner' ? found.score : -1;
  });
  expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  expect(new Set(scores).size).toBe(scores.length);
});

test("of two equally sure ones the first counts, so that a file's come before ours", () => {
  expect(modelOf(identify(device, [profile('of the file'), profile('built in')]))).toBe('of the file');
});

test.each<[string, Partial<ProfileMatch>]>([
  ['vendor', { vendorId: 0x1abd }],
  ['product', { productId: 0x0211 }],
  ['usage page', { usagePage: 0x8c }],
  ['name', { named: 'other' }],
  ['path', { path: 'ttyACM1' }],
])('a profile with another %s does not hold', (_what, match) => {
  expect(identify(device, [profile('other', match)]).use).toBe('none');
});

test('a name is found in the product too, and a path in the plain one', () => {
  expect(identify(device, [profile('x', { named: 'READER', path: 'ttyACM0' })]).use).toBe('scanner');
});

test('a device with the numbers of a scanner on another transport is not it, and says so', () => {
  const [model, numbers] = ['Honeywell COM', { vendorId: 0x0c2e, productId: 0x0720 }];
  const found = identify({ transport: 'hid', path: '/dev/hidraw0', ...numbers }, BUILTIN_PROFILES);
  expect(found).toMatchObject({ use: 'none', why: expect.stringContaining(model) });
  expect(found.profile).toBeUndefined();
});

test('a bridge is to be asked', () => {
  const bridge = { ...device, vendorId: 0x1a86, productId: 0x7523 };
  expect(identify(bridge, BUILTIN_PROFILES)).toMatchObject({ use: 'ask', profile: { framing: 'line' } });
});

test('a bridge whose path is in a profile of the file is used without asking', () => {
  const bridge = { ...device, vendorId: 0x1a86, productId: 0x7523 };
  const ours = profile('the kiosk board', { vendorId: 0x1a86, path: '/dev/ttyACM0' });
  expect(identify(bridge, [ours, ...BUILTIN_PROFILES])).toMatchObject({ use: 'scanner', profile: ours });
});

test('a scanner in a mode that nobody speaks is not used, with what to do', () => {
  const ibm: Device = { transport: 'hid', path: '/dev/hidraw0', vendorId: 0x05e0, productId: 0x1300 };
  expect(identify(ibm, BUILTIN_PROFILES)).toMatchObject({
    use: 'none',
    why: expect.stringMatching(/^Zebra IBM hand-held: .*scan the "USB HID POS"/),
    profile: { model: 'Zebra IBM hand-held' },
  });
});

const HID_POS: Device = { transport: 'hid', path: '/dev/hidraw0', usagePage: 0x8c, usage: 0x02 };

test('of two interfaces with the same numbers the scanner one is used, the other is not', () => {
  const honeywell = { ...HID_POS, vendorId: 0x0c2e, productId: 0x0b87 };
  expect(identify(honeywell, BUILTIN_PROFILES)).toMatchObject({
    use: 'scanner',
    profile: { model: 'Honeywell HID POS', module: 'honeywell' },
  });
  expect(identify({ ...honeywell, usagePage: 0xff8c }, BUILTIN_PROFILES)).toMatchObject({
    use: 'none',
    why: expect.stringContaining('0xff8c'),
  });
});

test('a HID POS scanner of an unknown vendor is used by its own descriptor, after any known one', () => {
  const unknown = { ...HID_POS, vendorId: 0xdead, productId: 0xbeef };
  expect(identify(unknown, BUILTIN_PROFILES)).toMatchObject({
    use: 'scanner',
    profile: { framing: 'hid-pos' },
    score: 0,
  });
});

test('HID POS of another usage, such as a scale, is no scanner; nor is it on another transport', () => {
  expect(identify({ ...HID_POS, usage: 0x20 }, BUILTIN_PROFILES).use).toBe('none');
  expect(identify({ ...HID_POS, transport: 'serial' }, BUILTIN_PROFILES).use).toBe('none');
});

test.each<[string, Device, string]>([
  ['an unknown device', { ...device, vendorId: 0x046d, productId: 0xc31c }, '046d:c31c'],
  ['one without numbers', { transport: 'serial', path: '/dev/ttyS0' }, 'address in the configuration'],
  ['an unknown HID device', { ...HID_POS, usagePage: 0x01, vendorId: 1 }, 'usage page 0x1'],
])('%s is not used, with a sentence why', (_case, unknown, why) => {
  expect(identify(unknown, BUILTIN_PROFILES)).toMatchObject({
    use: 'none',
    why: expect.stringContaining(why),
  });
});
