import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Claim, ClaimRefused } from '../claims/device-claims.ts';
import type { Device } from '../profiles/device.ts';
import type { Profile } from '../profiles/profile.ts';
import { parseScannerAddress } from '../scanner-address.ts';
import { BridgeQuestions } from './bridge-questions.ts';
import type { DiscoveryTrouble } from './list-devices.ts';
import { locateAt } from './locate-device.ts';

const now = () => performance.now();

const HONEYWELL: Device = {
  transport: 'hid',
  path: '/dev/hidraw0',
  vendorId: 0x0c2e,
  productId: 0x0b87,
  usagePage: 0x8c,
};
const ACM: Device = {
  transport: 'serial',
  path: '/dev/ttyACM0',
  stablePath: '/dev/serial/by-id/usb-Newland-if00',
  vendorId: 0x1eab,
  productId: 0x1c06,
};
const MODEM: Device = { transport: 'serial', path: '/dev/ttyACM9', vendorId: 0x1199, productId: 0x9071 };
const IBM: Device = { transport: 'hid', path: '/dev/hidraw5', vendorId: 0x05e0, productId: 0x1300 };

const KEYBOARD: Device = {
  transport: 'keyboard',
  path: '/dev/input/event3',
  vendorId: 0x0c2e,
  productId: 0x1001,
};

const PROFILES: readonly Profile[] = [
  {
    model: 'Honeywell HID POS',
    transport: 'hid',
    match: { vendorId: 0x0c2e, productId: 0x0b87 },
    framing: 'hid-pos-a',
    module: 'honeywell',
  },
  {
    model: 'Newland CDC',
    transport: 'serial',
    match: { vendorId: 0x1eab },
    framing: 'line',
    module: 'newland',
    baudRate: 115_200,
  },
  {
    model: 'Honeywell keyboard',
    transport: 'keyboard',
    match: { vendorId: 0x0c2e, productId: 0x1001 },
    framing: 'keys',
  },
  {
    model: 'Zebra IBM hand-held',
    transport: 'hid',
    match: { vendorId: 0x05e0, productId: 0x1300 },
    framing: 'hid-pos',
    unusable: 'set it to another mode',
  },
];

function locate(
  text: string,
  devices: readonly Device[],
  wish: {
    readonly taken?: readonly string[];
    readonly held?: readonly string[];
    readonly keyboards?: boolean;
    readonly troubles?: readonly DiscoveryTrouble[];
  } = {},
) {
  const reading = parseScannerAddress(text);
  if (!reading.ok || !('role' in reading.address)) throw new Error(text);
  const claims = {
    take: (path: string): Claim | ClaimRefused =>
      wish.held?.includes(path)
        ? { ok: false, detail: `${path} is used by minicom`, cure: 'end minicom' }
        : { ok: true, release: () => undefined },
  };
  return locateAt(reading.address, {
    profiles: PROFILES,
    listDevices: () => Promise.resolve({ devices, troubles: wish.troubles ?? [] }),
    claims,
    keyboards: wish.keyboards ?? true,
    isTaken: (path) => wish.taken?.includes(path) ?? false,
    bridges: new BridgeQuestions(claims, now),
    now,
  })(new AbortController().signal);
}

test('a named path is used as its profile says', async () => {
  expect(await locate('serial:/dev/ttyACM0', [ACM])).toMatchObject({
    ok: true,
    hookup: {
      device: '/dev/ttyACM0',
      model: 'Newland CDC',
      wire: { framing: 'line', module: 'newland' },
      module: { name: 'newland' },
    },
  });
});

test('what the address says goes before the profile', async () => {
  expect(await locate('serial:/dev/ttyACM0?framing=idle&module=grow', [ACM])).toMatchObject({
    hookup: { wire: { framing: 'idle' }, module: { name: 'grow' } },
  });
});

test('a stable name is the same device', async () => {
  expect(await locate('serial:/dev/serial/by-id/usb-Newland-if00', [ACM])).toMatchObject({
    hookup: { device: '/dev/ttyACM0' },
  });
});

test('so is a link that leads to it', async () => {
  const link = join(mkdtempSync(join(tmpdir(), 'link-')), 'scanner');
  symlinkSync('/dev/null', link);
  expect(await locate(`serial:${link}`, [{ ...ACM, path: '/dev/null' }])).toMatchObject({
    hookup: { model: 'Newland CDC' },
  });
});

test('a path nobody lists is opened all the same, as plain lines', async () => {
  expect(await locate('serial:/dev/pts/7', [])).toMatchObject({
    hookup: { device: '/dev/pts/7', wire: { framing: 'line' } },
  });
});

test('a HID scanner may be named by its numbers, in any case', async () => {
  expect(await locate('hid:0C2E:0b87', [ACM, HONEYWELL])).toMatchObject({
    hookup: { device: '/dev/hidraw0' },
  });
});

test('numbers that are not plugged in are said to be missing', async () => {
  expect(await locate('hid:0c2e:0b87', [ACM])).toMatchObject({
    ok: false,
    cure: expect.stringContaining('plug the scanner in'),
  });
});

test('where HID devices can not be looked at, the cure is what would help with that', async () => {
  const troubles = [{ transport: 'hid', detail: 'no libusb', cure: 'install libusb-1.0-0' }] as const;
  expect(await locate('hid:0c2e:0b87', [], { troubles })).toMatchObject({ cure: 'install libusb-1.0-0' });
});

test('a scanner in a mode nobody speaks is not opened; its cure says what to do', async () => {
  expect(await locate('hid:/dev/hidraw5', [IBM])).toMatchObject({
    ok: false,
    cure: expect.stringContaining('set it to another mode'),
  });
});

test('left to choose, it takes a known scanner and no other device', async () => {
  expect(await locate('auto:', [MODEM, ACM])).toMatchObject({ hookup: { device: '/dev/ttyACM0' } });
  expect(await locate('auto:', [MODEM])).toMatchObject({ ok: false });
});

test('of two scanners it takes the one that is known better', async () => {
  expect(await locate('auto:', [ACM, HONEYWELL])).toMatchObject({ hookup: { device: '/dev/hidraw0' } });
});

test('it leaves what another role has', async () => {
  expect(await locate('auto:', [ACM, HONEYWELL], { taken: ['/dev/hidraw0'] })).toMatchObject({
    hookup: { device: '/dev/ttyACM0' },
  });
});

test('it leaves what another process has, and says so where there is nothing else', async () => {
  expect(await locate('auto:', [ACM, HONEYWELL], { held: ['/dev/hidraw0'] })).toMatchObject({
    hookup: { device: '/dev/ttyACM0' },
  });
  expect(await locate('auto:', [HONEYWELL], { held: ['/dev/hidraw0'] })).toMatchObject({
    cure: 'end minicom',
  });
});

test('two scanners of one model are two devices for two roles', async () => {
  const second = { ...HONEYWELL, path: '/dev/hidraw1' };
  expect(
    await locate('hid:0c2e:0b87?role=counter', [HONEYWELL, second], { taken: ['/dev/hidraw0'] }),
  ).toMatchObject({
    hookup: { device: '/dev/hidraw1' },
  });
});

test('it leaves keyboards to the page where a page catches their keys', async () => {
  expect(await locate('auto:', [KEYBOARD])).toMatchObject({ hookup: { wire: { framing: 'keys' } } });
  expect(await locate('auto:', [KEYBOARD], { keyboards: false })).toMatchObject({ ok: false });
});

test('a module whose codes come in packets brings its framing', async () => {
  expect(await locate('serial:/dev/pts/7?module=ssi', [])).toMatchObject({
    hookup: { wire: { framing: 'ssi' } },
  });
});

test('with nothing but a scanner in the wrong mode, the cure is for that one', async () => {
  expect(await locate('auto:', [MODEM, IBM])).toMatchObject({
    ok: false,
    cure: expect.stringContaining('set it to another mode'),
  });
});

test('with nothing there at all, it says how to see what is', async () => {
  expect(await locate('auto:', [])).toMatchObject({
    ok: false,
    cure: expect.stringContaining('liangzheng devices'),
  });
});
