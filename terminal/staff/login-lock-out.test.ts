import { expect, test } from 'vitest';
import { badgeOf } from './badge.ts';
import { FIRST_LOCK_MS, FREE_FAILURES } from './lock-out.ts';
import { REPEAT_MS } from './repeats.ts';
import type { StaffDesk } from './staff-desk.ts';
import { asLi, asWang, OTHER_PIN, openDesk, PIN, WRONG_PIN } from './testing/demo-desk.ts';

const LOCKED = { ok: false, reason: 'locked-out', waitMs: FIRST_LOCK_MS };
const STRANGER = { as: 'staff', id: 'zhao', pin: PIN } as const;

test('after five wrong PINs the right one is not heard either', async () => {
  const { desk } = await openDesk();
  await guess(desk, FREE_FAILURES);
  expect(await desk.login(asWang())).toEqual(LOCKED);
  expect(desk.current).toBeUndefined();
});

test('the fifth wrong PIN is told how long it locks', async () => {
  const { desk } = await openDesk();
  await guess(desk, FREE_FAILURES - 1);
  const answer = await desk.login(asWang(WRONG_PIN));
  expect(answer).toEqual({ ok: false, reason: 'wrong-credentials', waitMs: FIRST_LOCK_MS });
});

test('a right PIN in between begins the count anew', async () => {
  const { desk } = await openDesk();
  for (let i = 0; i < 3; i++) {
    await guess(desk, FREE_FAILURES - 1);
    expect(await desk.login(asWang())).toEqual({ ok: true });
  }
});

test('when the lock is over the right PIN is heard', async () => {
  const { desk, clock } = await openDesk();
  await guess(desk, FREE_FAILURES);
  clock.advance(FIRST_LOCK_MS);
  expect(await desk.login(asWang())).toEqual({ ok: true });
});

test('one wrong PIN after a lock locks for twice as long', async () => {
  const { desk, clock } = await openDesk();
  await guess(desk, FREE_FAILURES);
  clock.advance(FIRST_LOCK_MS);
  await guess(desk, 1);
  expect(await desk.login(asWang())).toEqual({ ...LOCKED, waitMs: 2 * FIRST_LOCK_MS });
});

test('a restart ends no lock and forgets no wrong PIN', async () => {
  const first = await openDesk();
  await guess(first.desk, FREE_FAILURES - 1);
  first.store.close();
  const second = await openDesk({ root: first.folder.root });
  await guess(second.desk, 1);
  second.store.close();
  const third = await openDesk({ root: first.folder.root });
  expect(await third.desk.login(asWang())).toEqual(LOCKED);
});

test('a guess is counted before it is checked, so that pulling the plug saves nobody a failure', async () => {
  const { desk, register } = await openDesk();
  const checked = desk.login(asWang(WRONG_PIN));
  await Promise.resolve();
  await Promise.resolve();
  expect(register.find('wang')?.failures).toBe(1);
  await checked;
});

test('a wall clock put ahead ends no lock', async () => {
  const { desk, clock } = await openDesk();
  await guess(desk, FREE_FAILURES);
  clock.jumpTo(clock.now() + 365 * 24 * 3_600_000);
  expect(await desk.login(asWang())).toEqual(LOCKED);
});

test('guesses that come all at once are counted one by one', async () => {
  const { desk } = await openDesk();
  const guesses = Array.from({ length: FREE_FAILURES }, () => desk.login(asWang(WRONG_PIN)));
  const right = desk.login(asWang());
  await Promise.all(guesses);
  expect((await right).ok).toBe(false);
  expect(await desk.login(asWang())).toEqual(LOCKED);
});

test('a lock concerns the one account', async () => {
  const { desk } = await openDesk({ connected: () => false });
  await guess(desk, FREE_FAILURES);
  expect(await desk.login(asLi())).toEqual({ ok: true });
});

test('who guesses PINs of others does not shut them out: their badge is still heard', async () => {
  const { desk, register } = await openDesk();
  const issued = register.issueBadge('wang');
  const badge = issued.ok && badgeOf(Buffer.from(issued.code));
  if (!badge) throw new Error('no badge was made');
  await guess(desk, FREE_FAILURES);
  expect(await desk.badge(badge.id, badge.secret)).toEqual({ ok: true });
  await desk.logout();
  expect(await desk.login(asWang())).toEqual(LOCKED);
});

test('ids nobody has are locked as one', async () => {
  const { desk } = await openDesk();
  for (let i = 0; i < FREE_FAILURES; i++) await desk.login({ ...STRANGER, id: `nobody-${i}` });
  expect(await desk.login(STRANGER)).toEqual(LOCKED);
  expect(await desk.login(asWang())).toEqual({ ok: true });
});

test('an operator can end a lock', async () => {
  const { desk, register } = await openDesk();
  await guess(desk, FREE_FAILURES);
  register.unlock('wang');
  expect(await desk.login(asWang())).toEqual({ ok: true });
});

test('another PIN ends the lock of the one before', async () => {
  const { desk, register } = await openDesk();
  await guess(desk, FREE_FAILURES);
  await register.setPin('wang', OTHER_PIN);
  expect(await desk.login(asWang(OTHER_PIN))).toEqual({ ok: true });
});

test('every guess is in the log; hammering at a locked account does not fill it', async () => {
  const { desk, clock, events } = await openDesk();
  await guess(desk, FREE_FAILURES);
  for (let i = 0; i < 20; i++) await desk.login(asWang(WRONG_PIN));
  clock.advance(REPEAT_MS);
  await desk.login(asWang(WRONG_PIN));
  const results = events.map((event) => ('result' in event ? event.result : undefined));
  expect(results).toEqual([
    ...Array.from({ length: FREE_FAILURES }, () => 'wrong-credentials'),
    'locked-out',
    'locked-out',
  ]);
});

async function guess(desk: StaffDesk, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    expect(await desk.login(asWang(WRONG_PIN))).toMatchObject({ reason: 'wrong-credentials' });
  }
}
