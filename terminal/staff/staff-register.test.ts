import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { badgeOf } from './badge.ts';
import { MAX_STAFF } from './staff-register.ts';
import { NOW_MS, OTHER_PIN, openDesk, PIN } from './testing/demo-desk.ts';

const ZHAO = { id: 'zhao', name: '赵敏', role: 'staff' } as const;

test('who was added is found by their id, with their name and role', async () => {
  const { register } = await openDesk();
  expect(register.find('wang')).toEqual({
    id: 'wang',
    name: '王芳',
    role: 'staff',
    hasBadge: false,
    failures: 0,
    lockedUntil: 0,
    createdAt: NOW_MS,
  });
  expect(register.list().map(({ id }) => id)).toEqual(['li', 'wang']);
});

test('a PIN matches for the one whose it is', async () => {
  const { register } = await openDesk();
  expect(await register.pinMatches('wang', PIN)).toBe(true);
  expect(await register.pinMatches('li', PIN)).toBe(false);
});

test('no PIN matches for nobody', async () => {
  const { register } = await openDesk();
  expect(await register.pinMatches('zhao', PIN)).toBe(false);
  expect(await register.pinMatches(undefined, PIN)).toBe(false);
});

test('another PIN ends the one before, and the lock-out of it', async () => {
  const { register } = await openDesk();
  register.setLockOut('wang', { failures: 7, lockedUntil: NOW_MS + 1 });
  expect(await register.setPin('wang', OTHER_PIN)).toEqual({ ok: true });
  expect(await register.pinMatches('wang', PIN)).toBe(false);
  expect(await register.pinMatches('wang', OTHER_PIN)).toBe(true);
  expect(register.find('wang')).toMatchObject({ failures: 0, lockedUntil: 0 });
});

test('another badge ends the one before', async () => {
  const { register } = await openDesk();
  const [before, now] = [register.issueBadge('wang'), register.issueBadge('wang')].map((issued) => {
    const badge = issued.ok && badgeOf(Buffer.from(issued.code));
    if (!badge) throw new Error('no badge was made');
    return badge;
  });
  expect(before && register.badgeMatches(before)).toBe(false);
  expect(now && register.badgeMatches(now)).toBe(true);
  expect(now && register.badgeMatches({ ...now, id: 'li' })).toBe(false);
  expect(register.find('wang')?.hasBadge).toBe(true);
});

test('who was removed is nobody', async () => {
  const { register } = await openDesk();
  expect(register.remove('wang')).toEqual({ ok: true });
  expect(register.find('wang')).toBeUndefined();
  expect(await register.pinMatches('wang', PIN)).toBe(false);
});

test('everything is still there after a restart', async () => {
  const first = await openDesk();
  await first.register.add(ZHAO, '20260817', NOW_MS);
  first.store.close();
  const { register } = await openDesk({ root: first.folder.root });
  expect(register.list().map(({ id }) => id)).toEqual(['li', 'wang', 'zhao']);
  expect(await register.pinMatches('zhao', '20260817')).toBe(true);
});

test.each([
  ['an id with a space', { id: 'zhao min' }, 'id-form'],
  ['an empty id', { id: '' }, 'id-form'],
  ['the id strangers go by in the audit log', { id: 'Unknown' }, 'id-form'],
  ['an id that differs in capitals alone', { id: 'WANG' }, 'id-taken'],
  ['an empty name', { name: '' }, 'name-form'],
  ['a name that turns the writing direction', { name: '赵\u202e敏' }, 'name-form'],
  ['a name that steers a terminal', { name: '赵\u001b[2J' }, 'name-form'],
  ['a name that is white space', { name: ' ' }, 'name-form'],
] as const)('nobody is added with %s', async (_name, wrong, reason) => {
  const { register } = await openDesk();
  expect(await register.add({ ...ZHAO, ...wrong }, PIN, NOW_MS)).toEqual({ ok: false, reason });
});

test('a PIN that may not be one is taken neither for a new account nor for an old one', async () => {
  const { register } = await openDesk();
  expect(await register.add(ZHAO, '123456', NOW_MS)).toEqual({ ok: false, reason: 'pin-too-simple' });
  expect(await register.setPin('wang', '1234')).toEqual({ ok: false, reason: 'pin-form' });
  expect(await register.pinMatches('wang', PIN)).toBe(true);
});

test('two who are added under one id at the same moment are one', async () => {
  const { register } = await openDesk();
  const both = await Promise.all([register.add(ZHAO, PIN, NOW_MS), register.add(ZHAO, OTHER_PIN, NOW_MS)]);
  expect(both).toEqual([{ ok: true }, { ok: false, reason: 'id-taken' }]);
  expect(await register.pinMatches('zhao', PIN)).toBe(true);
});

test('a terminal has a bounded number of staff', async () => {
  const { register, store } = await openDesk();
  store.run((db) => {
    const copy = db.prepare(
      `INSERT INTO staff (id, name, role, pin, created_at) SELECT ?, name, role, pin, created_at FROM staff WHERE id = 'wang'`,
    );
    for (let i = 2; i < MAX_STAFF; i++) copy.run(`copy-${i}`);
  });
  expect(await register.add(ZHAO, PIN, NOW_MS)).toEqual({ ok: false, reason: 'too-many' });
});

test('what concerns nobody changes nothing and says so', async () => {
  const { register } = await openDesk();
  const nobody = { ok: false, reason: 'unknown-id' };
  expect(register.remove('zhao')).toEqual(nobody);
  expect(register.unlock('zhao')).toEqual(nobody);
  expect(register.issueBadge('zhao')).toEqual(nobody);
  expect(await register.setPin('zhao', PIN)).toEqual(nobody);
});

test('maintenance gets no badge', async () => {
  const { register } = await openDesk();
  expect(register.issueBadge('li')).toEqual({ ok: false, reason: 'no-badge-for-maintenance' });
});

test('a role that a later release brought is nobody here', async () => {
  const { register, store } = await openDesk();
  store.run((db) => db.exec(`UPDATE staff SET role = 'auditor' WHERE id = 'wang'`));
  expect(register.find('wang')).toBeUndefined();
  expect(register.list().map(({ id }) => id)).toEqual(['li']);
});

test('neither a PIN nor the secret of a badge is anywhere on the disk', async () => {
  const { register, store, folder, desk } = await openDesk();
  const issued = register.issueBadge('wang');
  const badge = issued.ok && badgeOf(Buffer.from(issued.code));
  if (!badge) throw new Error('no badge was made');
  await desk.login({ as: 'staff', id: 'wang', pin: PIN });
  await desk.badge(badge.id, badge.secret);
  await desk.login({ as: 'staff', id: PIN, pin: OTHER_PIN });
  const written = () =>
    readdirSync(folder.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  const secrets = [PIN, OTHER_PIN, badge.secret, Buffer.from(badge.secret).toString('hex'), issued.code];
  const found = (secret: string | Uint8Array) =>
    written().some((bytes) => bytes.includes(Buffer.from(secret)));
  expect(found('wang')).toBe(true); // they are looked for in the right place
  for (const secret of secrets) expect(found(secret)).toBe(false);
  store.close();
  for (const secret of secrets) expect(found(secret)).toBe(false);
});
