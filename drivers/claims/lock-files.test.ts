import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Claim } from './device-claims.ts';
import { lockName, lockText } from './lock-file.ts';
import { LockFiles } from './lock-files.ts';
import { startTimeOf } from './process-life.ts';

let folder: string;
let locks: LockFiles;
let children: ChildProcess[];
const DEVICE = '/dev/ttyACM77';
const OTHER = '/dev/ttyACM78';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'locks-'));
  locks = new LockFiles([folder]);
  children = [];
});

afterEach(async () => {
  for (const child of children) await end(child);
  await rm(folder, { recursive: true });
});

const lockOf = (device: string) => join(folder, lockName(device));

function taken(path: string, by = locks): Claim {
  const claim = by.take(path);
  if (!claim.ok) throw new Error(claim.detail);
  return claim;
}

function startProcess(): ChildProcess {
  const child = fork(join(import.meta.dirname, '../testing/lock-process.ts'), [folder], { execArgv: [] });
  children.push(child);
  return child;
}

async function says(child: ChildProcess, message: object): Promise<unknown> {
  const answer = once(child, 'message');
  child.send(message);
  return (await answer)[0];
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** A process number that was given out and is free again. */
function deadPid(): number {
  return spawnSync('true').pid;
}

test('a lock is the file that other serial programs look for: ten characters with our number, readable by all', () => {
  taken('/dev/ttyACM77');
  const lock = join(folder, 'LCK..ttyACM77');
  expect(readFileSync(lock, 'latin1').slice(0, 11)).toBe(`${String(process.pid).padStart(10)}\n`);
  expect(statSync(lock).mode & 0o777).toBe(0o644);
});

test('a device that is let go leaves no file behind', () => {
  taken(DEVICE).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('letting go twice does not let go of the next claim', () => {
  const first = taken(DEVICE);
  first.release();
  taken(DEVICE);
  first.release();
  expect(locks.take(DEVICE).ok).toBe(false);
});

test('the same process does not get it twice, and is told so', () => {
  taken(DEVICE);
  expect(new LockFiles([folder]).take(DEVICE)).toMatchObject({
    ok: false,
    cure: expect.stringContaining('only once'),
  });
});

test('two devices are two', () => {
  taken(DEVICE);
  expect(locks.take(OTHER).ok).toBe(true);
});

test('a device and a link to it are one', () => {
  const device = join(folder, 'device');
  const link = join(folder, 'by-id');
  writeFileSync(device, '');
  symlinkSync(device, link);
  taken(link);
  expect(locks.take(device).ok).toBe(false);
});

test('a device that another process has is refused, with who has it', async () => {
  const other = startProcess();
  expect(await says(other, { take: DEVICE })).toBe(true);
  expect(locks.take(DEVICE)).toMatchObject({
    ok: false,
    detail: `${DEVICE} is used by process ${other.pid} (liangzheng)`,
    cure: expect.stringContaining(`end process ${other.pid}`),
  });
});

test('a device that another process lets go can be had', async () => {
  const other = startProcess();
  await says(other, { take: DEVICE });
  await says(other, { release: true });
  expect(locks.take(DEVICE).ok).toBe(true);
});

test('a device whose holder was killed can be had', async () => {
  const other = startProcess();
  await says(other, { take: DEVICE });
  await end(other);
  expect(locks.take(DEVICE).ok).toBe(true);
});

test('a lock whose number was given to another process since is left over', () => {
  writeFileSync(lockOf(DEVICE), lockText({ pid: process.ppid, startTime: '1' }));
  expect(locks.take(DEVICE).ok).toBe(true);
});

test('a lock of a running process with its start time is respected', () => {
  writeFileSync(lockOf(DEVICE), lockText({ pid: process.ppid, startTime: startTimeOf(process.ppid) }));
  expect(locks.take(DEVICE).ok).toBe(false);
});

test.each([
  ['minicom', (pid: number) => `${String(pid).padStart(10)} minicom root\n`, ' (minicom)'],
  ['lockdev', (pid: number) => `${String(pid).padStart(10)}\n`, ''],
])("a running %s's lock is respected, a dead one's taken over", (_program, text, named) => {
  writeFileSync(lockOf(DEVICE), text(process.ppid));
  expect(locks.take(DEVICE)).toMatchObject({
    detail: `${DEVICE} is used by process ${process.ppid}${named}`,
  });
  writeFileSync(lockOf(OTHER), text(deadPid()));
  expect(locks.take(OTHER).ok).toBe(true);
});

test.each([
  ['empty', ''],
  ['no number', 'minicom\n'],
  ['number 0, which is everybody', `${'0'.padStart(10)}\n`],
  ['a number no process has', `${'9999999999'}\n`],
  ['binary', '\x01\x02\x00\x00'],
])('a lock that names no process (%s) is refused and stays, with the cure', (_case, text) => {
  writeFileSync(lockOf(DEVICE), text);
  expect(locks.take(DEVICE)).toMatchObject({
    ok: false,
    cure: `make sure that no other program uses ${DEVICE}, then remove ${lockOf(DEVICE)}`,
  });
  expect(readFileSync(lockOf(DEVICE), 'latin1')).toBe(text);
});

test('a link in place of a lock is not followed', () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, lockText({ pid: deadPid(), startTime: undefined }));
  symlinkSync(victim, lockOf(DEVICE));
  expect(locks.take(DEVICE)).toMatchObject({ ok: false, detail: expect.stringContaining('ELOOP') });
});

test('a removal broken off by a crash is taken up again', () => {
  const dead = lockText({ pid: deadPid(), startTime: '1' });
  writeFileSync(lockOf(DEVICE), dead);
  writeFileSync(`${lockOf(DEVICE)}.stale`, dead);
  taken(DEVICE);
  expect(readdirSync(folder)).toEqual([lockName(DEVICE)]);
});

test('a lock that somebody else put in place of ours is not removed', () => {
  const claim = taken(DEVICE);
  const theirs = `${String(process.ppid).padStart(10)}\n`;
  writeFileSync(lockOf(DEVICE), theirs);
  claim.release();
  expect(readFileSync(lockOf(DEVICE), 'latin1')).toBe(theirs);
});

test('where the first folder is missing the next one is used', () => {
  const two = new LockFiles([join(folder, 'missing'), folder]);
  taken(DEVICE, two);
  expect(readdirSync(folder)).toEqual([lockName(DEVICE)]);
});

test('a device locked in another of the folders is refused, and no lock is left', () => {
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  mkdirSync(first);
  mkdirSync(second);
  taken(DEVICE, new LockFiles([second]));
  expect(new LockFiles([first, second]).take(DEVICE).ok).toBe(false);
  expect(readdirSync(first)).toEqual([]);
});

test('without any folder the device is refused with a cure', () => {
  const missing = join(folder, 'missing');
  expect(new LockFiles([missing]).take(DEVICE)).toMatchObject({
    ok: false,
    detail: expect.stringContaining('ENOENT'),
    cure: expect.stringContaining(missing),
  });
});

test('of processes that find the same left-over lock at once exactly one gets the device', async () => {
  const rivals = Array.from({ length: 4 }, startProcess);
  // warms each of them up
  for (const rival of rivals) {
    await says(rival, { take: OTHER });
    await says(rival, { release: true });
  }
  const dead = lockText({ pid: deadPid(), startTime: '1' });
  for (let i = 0; i < 50; i++) {
    writeFileSync(lockOf(DEVICE), dead);
    const results = await Promise.all(rivals.map((rival) => says(rival, { take: DEVICE })));
    expect(results.filter((won) => won === true)).toHaveLength(1);
    await Promise.all(rivals.map((rival) => says(rival, { release: true })));
    expect(readdirSync(folder)).toEqual([]);
  }
});

test.each([
  ['/dev/ttyACM0', 'LCK..ttyACM0'],
  ['/dev/input/event3', 'LCK..input_event3'],
  ['COM3', 'LCK..COM3'],
  ['../../etc/passwd', 'LCK...._.._etc'],
])('the lock of %s is no path', (path, beginning) => {
  expect(lockName(path).startsWith(beginning)).toBe(true);
  expect(lockName(path)).not.toContain('/');
});

test('the lock of a very long name is a file name still', () => {
  const name = lockName(`\\\\?\\HID#${'x'.repeat(5_000)}`);
  expect(name).toMatch(/^LCK\.\.[0-9a-f]{64}$/);
});
