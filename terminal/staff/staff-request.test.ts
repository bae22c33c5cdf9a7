import { expect, test } from 'vitest';
import { manageStaff, type StaffRequest, staffRequestShape } from './staff-request.ts';
import { asWang, NOW_MS, OTHER_PIN, openDesk, PIN } from './testing/demo-desk.ts';

const PINS = new RegExp(`${PIN}|${OTHER_PIN}|580137`);

test.each<[StaffRequest, string]>([
  [
    { command: 'staff', action: 'add', id: 'zhao', name: '赵敏', role: 'staff', pin: '580137' },
    'zhao added as staff',
  ],
  [{ command: 'staff', action: 'remove', id: 'wang' }, 'wang removed'],
  [{ command: 'staff', action: 'pin', id: 'wang', pin: '580137' }, 'wang has a new PIN'],
  [{ command: 'staff', action: 'badge', id: 'wang' }, 'wang has a new badge'],
  [{ command: 'staff', action: 'unlock', id: 'wang' }, 'wang unlocked'],
])('$action is in the audit log, without secrets', async (request, change) => {
  const { manage, events } = await management();
  expect(await manage(request)).toMatchObject({ ok: true });
  expect(events).toEqual([{ event: 'config-change', what: 'staff', change }]);
  expect(JSON.stringify(events)).not.toMatch(PINS);
});

test.each<[StaffRequest, RegExp]>([
  [{ command: 'staff', action: 'add', id: 'wang', name: '王', role: 'staff', pin: '580137' }, /already/],
  [{ command: 'staff', action: 'add', id: 'zhao', name: '赵', role: 'staff', pin: '111111' }, /too easy/],
  [{ command: 'staff', action: 'remove', id: 'zhao' }, /nobody here/],
  [{ command: 'staff', action: 'pin', id: 'zhao', pin: '580137' }, /nobody here/],
  [{ command: 'staff', action: 'pin', id: 'wang', pin: '5801' }, /6 to 12 digits/],
  [{ command: 'staff', action: 'badge', id: 'li' }, /never by badge/],
  [{ command: 'staff', action: 'unlock', id: 'zhao' }, /nobody here/],
])('what can not be done is refused with why and is no event: %j', async (request, why) => {
  const { manage, events } = await management();
  const answer = await manage(request);
  expect(answer).toEqual({ ok: false, error: expect.stringMatching(why) });
  expect(JSON.stringify(answer)).not.toMatch(PINS);
  expect(events).toEqual([]);
});

test('a change that can not be recorded is not made', async () => {
  const { manage, register } = await management({ record: () => Promise.reject(new Error('no space')) });
  await expect(manage({ command: 'staff', action: 'remove', id: 'wang' })).rejects.toThrow('no space');
  expect(register.find('wang')).toBeDefined();
});

test.each<StaffRequest>([
  { command: 'staff', action: 'remove', id: 'wang' },
  { command: 'staff', action: 'pin', id: 'wang', pin: '580137' },
  { command: 'staff', action: 'badge', id: 'wang' },
])('whose $action is changed is logged out', async (request) => {
  const { manage, desk } = await management();
  await desk.login(asWang());
  await manage(request);
  expect(desk.current).toBeUndefined();
});

test('whoever else is logged in stays, and so does who is unlocked', async () => {
  const { manage, desk } = await management();
  await desk.login(asWang());
  await manage({ command: 'staff', action: 'remove', id: 'li' });
  await manage({ command: 'staff', action: 'unlock', id: 'wang' });
  expect(desk.current?.id).toBe('wang');
});

test('a list says when a lock ends as long as it lasts', async () => {
  const { manage, register, clock } = await management();
  register.setLockOut('wang', { failures: 5, lockedUntil: NOW_MS + 1 });
  const locked = { id: 'wang', name: '王芳', role: 'staff', badge: false, failures: 5 };
  const list = { command: 'staff', action: 'list' } as const;
  expect(await manage(list)).toMatchObject({ staff: [{ id: 'li' }, { ...locked, lockedUntil: NOW_MS + 1 }] });
  clock.advance(1);
  expect(await manage(list)).toEqual({ ok: true, staff: [expect.anything(), locked] });
});

test.each([
  { command: 'staff' },
  { command: 'staff', action: 'list', id: 'wang' },
  { command: 'staff', action: 'add', id: 'zhao', name: '赵', role: 'root', pin: '580137' },
  { command: 'staff', action: 'pin', id: 'wang', pin: 580137 },
  { command: 'staff', action: 'pin', id: 'wang', pin: '5'.repeat(65) },
  { command: 'status', action: 'list' },
])('%j is no request', (request) => {
  expect(staffRequestShape.safeParse(request).success).toBe(false);
});

async function management(options: Parameters<typeof openDesk>[0] = {}) {
  const demo = await openDesk(options);
  const manage = (request: StaffRequest) => manageStaff(request, { ...demo, unixMs: () => demo.clock.now() });
  return { ...demo, manage };
}
