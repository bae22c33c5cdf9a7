import { expect, test } from 'vitest';
import { badgeOf } from './badge.ts';
import { BUSY_MS, MAX_WAITING_LOGINS } from './staff-desk.ts';
import { asLi, asWang, GRANT, OTHER_PIN, openDesk, PIN, WRONG_PIN } from './testing/demo-desk.ts';

const WANG = { id: 'wang', name: '王芳', role: 'staff' };
const LI = { id: 'li', name: '李明', role: 'maintenance' };

test('nobody is logged in to begin with', async () => {
  const { desk } = await openDesk();
  expect(desk.current).toBeUndefined();
});

test('who gives id and PIN is logged in', async () => {
  const { desk } = await openDesk();
  expect(await desk.login(asWang())).toEqual({ ok: true });
  expect(desk.current).toEqual(WANG);
});

test('who shows their badge is logged in', async () => {
  const { desk, events, ...demo } = await openDesk();
  const { id, secret } = badgeFor(demo, 'wang');
  expect(await desk.badge(id, secret)).toEqual({ ok: true });
  expect(desk.current).toEqual(WANG);
  expect(events).toEqual([login('wang', 'logged-in', { by: 'badge' })]);
});

test('who logs out is logged out', async () => {
  const { desk, events } = await openDesk();
  await desk.login(asWang());
  expect(await desk.logout()).toEqual({ ok: true });
  expect(desk.current).toBeUndefined();
  expect(events).toEqual([login('wang', 'logged-in'), login('wang', 'logged-out', { by: 'none' })]);
});

test('a logout of nobody is done, and no event', async () => {
  const { desk, events } = await openDesk();
  expect(await desk.logout()).toEqual({ ok: true });
  expect(events).toEqual([]);
});

test('a logout that follows a login ends it, though the login is still being checked', async () => {
  const { desk } = await openDesk();
  const both = [desk.login(asWang()), desk.logout()];
  await Promise.all(both);
  expect(desk.current).toBeUndefined();
});

test('who logs in takes the place of who was there', async () => {
  const { desk, register, events } = await openDesk();
  await register.add({ id: 'zhao', name: '赵敏', role: 'staff' }, OTHER_PIN, 0);
  await desk.login(asWang());
  await desk.login({ as: 'staff', id: 'zhao', pin: OTHER_PIN });
  expect(desk.current?.id).toBe('zhao');
  expect(events).toEqual([
    login('wang', 'logged-in'),
    login('wang', 'logged-out', { by: 'none' }),
    login('zhao', 'logged-in'),
  ]);
});

test('a refused login leaves who was there', async () => {
  const { desk } = await openDesk();
  await desk.login(asWang());
  await desk.login(asWang(WRONG_PIN));
  expect(desk.current).toEqual(WANG);
});

test.each([
  ['a wrong PIN', asWang(WRONG_PIN), 'wang'],
  ['what is no PIN at all', asWang('x'.repeat(100_000)), 'wang'],
  ['an id nobody has', { ...asWang(), id: 'zhao' }, 'unknown'],
  ['a PIN typed as the id', { ...asWang(), id: PIN }, 'unknown'],
  ['the right PIN in the other role', { ...asLi(), as: 'staff' as const }, 'unknown'],
])('%s is refused, and the log names whom it is certain of', async (_name, given, staff) => {
  const { desk, events } = await openDesk();
  expect(await desk.login(given)).toEqual({ ok: false, reason: 'wrong-credentials' });
  expect(desk.current).toBeUndefined();
  expect(events).toEqual([login(staff, 'wrong-credentials')]);
});

test('a badge that was replaced, made up or of somebody else is refused', async () => {
  const { desk, events, ...demo } = await openDesk();
  const old = badgeFor(demo, 'wang');
  badgeFor(demo, 'wang');
  const wrong = { ok: false, reason: 'wrong-credentials' };
  expect(await desk.badge('wang', old.secret)).toEqual(wrong);
  expect(await desk.badge('zhao', old.secret)).toEqual(wrong);
  expect(await desk.badge('li', old.secret)).toEqual(wrong);
  expect(desk.current).toBeUndefined();
  expect(events).toEqual([
    login('wang', 'wrong-credentials', { by: 'badge' }),
    login('unknown', 'wrong-credentials', { by: 'badge' }),
  ]);
});

test('staff left alone for 15 minutes are logged out', async () => {
  const { desk, clock, events } = await openDesk();
  await desk.login(asWang());
  clock.advance(15 * 60_000 - 1);
  desk.look();
  expect(desk.current).toEqual(WANG);
  clock.advance(1);
  expect(desk.current).toBeUndefined();
  desk.look();
  desk.look();
  await desk.logout();
  expect(events).toEqual([login('wang', 'logged-in'), login('wang', 'timed-out', { by: 'none' })]);
});

test('whoever does something stays', async () => {
  const { desk, clock } = await openDesk();
  await desk.login(asWang());
  for (let i = 0; i < 10; i++) {
    clock.advance(10 * 60_000);
    desk.touched();
  }
  expect(desk.current).toEqual(WANG);
});

test('what is done too late brings nobody back', async () => {
  const { desk, clock } = await openDesk();
  await desk.login(asWang());
  clock.advance(15 * 60_000);
  desk.touched();
  expect(desk.current).toBeUndefined();
});

test('no shift is longer than 12 hours', async () => {
  const { desk, clock } = await openDesk();
  await desk.login(asWang());
  for (let i = 0; i < 72; i++) {
    expect(desk.current).toEqual(WANG);
    clock.advance(10 * 60_000);
    desk.touched();
  }
  expect(desk.current).toBeUndefined();
});

test('a handheld that slept for hours wakes up with nobody logged in', async () => {
  const { desk, clock } = await openDesk();
  await desk.login(asWang());
  clock.jumpTo(clock.now() + 3 * 3_600_000); // the monotonic clock stood still
  expect(desk.current).toBeUndefined();
});

test('a wall clock put back keeps nobody logged in', async () => {
  const { desk, clock } = await openDesk();
  await desk.login(asWang());
  clock.advance(15 * 60_000);
  clock.jumpTo(clock.now() - 24 * 3_600_000);
  expect(desk.current).toBeUndefined();
});

test('screens hear of every login and logout', async () => {
  const { desk } = await openDesk();
  const heard: (string | undefined)[] = [];
  const stop = desk.onChange(() => heard.push(desk.current?.id));
  await desk.login(asWang());
  await desk.login(asWang(WRONG_PIN));
  await desk.logout();
  stop();
  await desk.login(asWang());
  expect(heard).toEqual(['wang', undefined]);
});

test('a login that can not be recorded is refused', async () => {
  const { desk, faults } = await openDesk({ record: () => Promise.reject(new Error('no space')) });
  expect(await desk.login(asWang())).toEqual({ ok: false, reason: 'store-failed' });
  expect(desk.current).toBeUndefined();
  expect(faults).toEqual(['staff: no space']);
});

test('while nothing can be recorded, right and wrong PINs get one answer', async () => {
  const { desk } = await openDesk({ record: () => Promise.reject(new Error('no space')) });
  expect(await desk.login(asWang())).toEqual(await desk.login(asWang(WRONG_PIN)));
});

test('a login takes effect after it is in the log', async () => {
  const seen: unknown[] = [];
  const { desk } = await openDesk({
    record: (_name, { staff }: object & { staff?: string }) => {
      seen.push([staff, desk.current]);
      return Promise.resolve();
    },
  });
  await desk.login(asWang());
  expect(seen).toEqual([['wang', undefined]]);
});

test('a logout takes effect also where it can not be recorded, and operators hear of it', async () => {
  let broken = false;
  const { desk, faults } = await openDesk({
    record: () => (broken ? Promise.reject(new Error('no space')) : Promise.resolve()),
  });
  await desk.login(asWang());
  broken = true;
  expect(await desk.logout()).toEqual({ ok: true });
  expect(desk.current).toBeUndefined();
  expect(faults).toEqual(['staff: no space']);
});

test('a store that is gone refuses logins by PIN and by badge, and says so', async () => {
  const { desk, store, faults, ...demo } = await openDesk();
  const { id, secret } = badgeFor(demo, 'wang');
  store.close();
  expect(await desk.login(asWang())).toEqual({ ok: false, reason: 'store-failed' });
  expect(await desk.badge(id, secret)).toEqual({ ok: false, reason: 'store-failed' });
  expect(faults).toHaveLength(2);
});

test('a stored PIN nobody can read is a fault of the store, not of the person', async () => {
  const { desk, store } = await openDesk();
  store.run((db) => db.exec(`UPDATE staff SET pin = x'09' WHERE id = 'wang'`));
  expect(await desk.login(asWang())).toEqual({ ok: false, reason: 'store-failed' });
});

test('who comes while too many wait is sent away for a moment', async () => {
  const { desk } = await openDesk();
  const logins = Array.from({ length: 50 }, () => desk.login(asWang()));
  const answers = await Promise.all(logins);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1 + MAX_WAITING_LOGINS);
  expect(answers.at(-1)).toEqual({ ok: false, reason: 'locked-out', waitMs: BUSY_MS });
});

test('who was removed while logged in is logged out', async () => {
  const { desk } = await openDesk();
  await desk.login(asWang());
  await desk.revoke('li');
  expect(desk.current).toEqual(WANG);
  await desk.revoke('wang');
  expect(desk.current).toBeUndefined();
});

test('maintenance of a connected terminal needs the grant of its city', async () => {
  const { desk, events } = await openDesk();
  expect(await desk.login(asLi())).toEqual({ ok: false, reason: 'grant-needed' });
  expect(desk.current).toBeUndefined();
  expect(await desk.login(asLi(GRANT))).toEqual({ ok: true });
  expect(desk.current).toEqual(LI);
  expect(events).toEqual([
    login('li', 'grant-needed', { role: 'maintenance' }),
    login('li', 'logged-in', { role: 'maintenance' }),
    { event: 'maintenance', staff: 'li', action: 'begun', grant: 'city' },
  ]);
});

test('a grant alone is nothing without the PIN', async () => {
  const { desk } = await openDesk();
  expect(await desk.login(asLi(GRANT, WRONG_PIN))).toEqual({ ok: false, reason: 'wrong-credentials' });
});

test('without a grant nobody learns of a connected terminal whether a PIN is right', async () => {
  const { desk, register } = await openDesk();
  for (let i = 0; i < 10; i++) {
    expect(await desk.login(asLi(undefined, WRONG_PIN))).toEqual({ ok: false, reason: 'grant-needed' });
    expect(await desk.login(asLi('LZG1:BAD', WRONG_PIN))).toEqual({ ok: false, reason: 'grant-refused' });
  }
  expect(register.find('li')?.failures).toBe(0);
});

test.each([true, false])('a grant that does not hold is refused, connected: %s', async (connected) => {
  const { desk } = await openDesk({ connected: () => connected });
  expect(await desk.login(asLi('LZG1:BAD'))).toEqual({ ok: false, reason: 'grant-refused' });
  expect(desk.current).toBeUndefined();
});

test('maintenance of a terminal that does not reach its city needs the PIN alone, and the log says so', async () => {
  const { desk, events } = await openDesk({ connected: () => false });
  expect(await desk.login(asLi())).toEqual({ ok: true });
  await desk.logout();
  expect(events).toEqual([
    login('li', 'logged-in', { role: 'maintenance' }),
    { event: 'maintenance', staff: 'li', action: 'begun', grant: 'offline' },
    { event: 'maintenance', staff: 'li', action: 'ended', grant: 'offline' },
    login('li', 'logged-out', { role: 'maintenance', by: 'none' }),
  ]);
});

test('maintenance that is left alone ends', async () => {
  const { desk, clock, events } = await openDesk();
  await desk.login(asLi(GRANT));
  clock.advance(15 * 60_000);
  desk.look();
  await desk.logout();
  expect(desk.current).toBeUndefined();
  expect(events.slice(2)).toEqual([
    { event: 'maintenance', staff: 'li', action: 'ended', grant: 'city' },
    login('li', 'timed-out', { role: 'maintenance', by: 'none' }),
  ]);
});

function badgeFor({ register }: Pick<Awaited<ReturnType<typeof openDesk>>, 'register'>, id: string) {
  const issued = register.issueBadge(id);
  const badge = issued.ok && badgeOf(Buffer.from(issued.code));
  if (!badge) throw new Error('no badge was made');
  return badge;
}

function login(staff: string, result: string, other: object = {}) {
  return { event: 'staff-login', staff, role: 'staff', by: 'pin', result, ...other };
}
