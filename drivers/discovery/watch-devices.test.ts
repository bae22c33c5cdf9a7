import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openPtyPair } from '../testing/pty-pair.ts';
import type { DeviceWatch } from './device-watch.ts';
import { COALESCE_MS, type WatchOptions, watchDevices } from './watch-devices.ts';

let folder: string;
let watch: DeviceWatch | undefined;
let stop: AbortController;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dev-'));
  stop = new AbortController();
});

afterEach(async () => {
  vi.useRealTimers();
  stop.abort();
  watch?.close();
  watch = undefined;
  await rm(folder, { recursive: true });
});

function start(options: WatchOptions = {}): DeviceWatch {
  watch = watchDevices({ folder, ...options });
  return watch;
}

/** Longer than any test: a wait that comes to an end was woken. */
const NEVER = 60_000;
/** Enough for inotify to have told. */
const A_WHILE = 50;

const put = (name: string) => writeFileSync(join(folder, name), '');

/** Somebody waits, something happens, and he is woken: else the test runs into its limit. */
async function wakes(happens: () => void, waiting = start(), signal = stop.signal): Promise<void> {
  const waited = waiting.nextChange(NEVER, signal);
  happens();
  await waited;
}

/** Nobody is woken by it, in a while. */
async function wakesNobody(happens: () => void, waiting = start()): Promise<void> {
  const slept = vi.fn();
  const limit = setTimeout(() => {
    slept();
    stop.abort();
  }, A_WHILE);
  await wakes(happens, waiting);
  clearTimeout(limit);
  expect(slept).toHaveBeenCalled();
}

test.each(['ttyACM0', 'ttyUSB12', 'hidraw3'])('%s that appears wakes who waits', async (name) => {
  await wakes(() => put(name));
});

test.each(['tty7', 'null', 'sda1', 'ttyACM0.lock'])('%s that appears wakes nobody', async (name) => {
  await wakesNobody(() => put(name));
});

test('a device that goes away wakes who waits', async () => {
  put('ttyACM0');
  await wakes(() => void rm(join(folder, 'ttyACM0')));
});

test('a device whose rights change wakes who waits', async () => {
  put('hidraw0');
  await wakes(() => chmodSync(join(folder, 'hidraw0'), 0o666));
});

test('an event device wakes who waits', async () => {
  mkdirSync(join(folder, 'input'));
  await wakes(() => put('input/event0'));
});

test('so it does in a folder that came later, and in one that went and came again', async () => {
  const waiting = start();
  for (let i = 0; i < 2; i++) {
    await wakes(() => mkdirSync(join(folder, 'input')), waiting);
    await wakes(() => put('input/event0'), waiting);
    await wakes(() => void rm(join(folder, 'input'), { recursive: true }), waiting);
    // file and folder went one after the other
    await waiting.nextChange(A_WHILE, stop.signal);
  }
});

test('a device that is gone again before anybody could look is no change', async () => {
  await wakesNobody(() => {
    put('ttyACM0');
    rmSync(join(folder, 'ttyACM0'));
  });
});

// Older kernels tell who watches a folder of every write to a device in it (6.18 does not: measured).
test('what is written to a device is no change, or a scanner that is asked would wake its asker for ever', async () => {
  const cable = await openPtyPair();
  try {
    const terminal = realpathSync(cable.terminalEnd);
    const waiting = start({ folder: dirname(terminal), relevant: new RegExp(`^${basename(terminal)}$`) });
    const device = openSync(terminal, 'r+');
    await wakesNobody(() => writeSync(device, 'PING'), waiting);
    closeSync(device);
  } finally {
    watch?.close();
    await cable.close();
  }
});

test('a change while nobody waited is told to the next who comes back', async () => {
  const waiting = start();
  await waiting.nextChange(0, stop.signal);
  put('ttyACM0');
  await new Promise((resolve) => setTimeout(resolve, A_WHILE));
  await wakes(() => undefined, waiting);
});

test('a change is told once', async () => {
  const waiting = start();
  await wakes(() => put('ttyACM0'), waiting);
  await wakesNobody(() => undefined, waiting);
});

test('everybody who waits is told, and who was busy then too', async () => {
  const waiting = start();
  const others = [new AbortController(), new AbortController()];
  for (const { signal } of others) await waiting.nextChange(0, signal);
  const [first, busy] = others;
  if (!first || !busy) throw new Error('two');
  const told = waiting.nextChange(NEVER, first.signal);
  await wakes(() => put('ttyACM0'), waiting);
  await told;
  await wakes(() => undefined, waiting, busy.signal);
});

test('several changes of one plugging are one', async () => {
  const waiting = start();
  const plugged = () => {
    put('ttyACM0');
    chmodSync(join(folder, 'ttyACM0'), 0o660);
    put('hidraw0');
  };
  await wakes(plugged, waiting);
  await wakesNobody(() => undefined, waiting);
});

test('who waits is told once a plugging has settled, for its rights come after its node', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const told = vi.fn();
  const waited = start().nextChange(NEVER, stop.signal).then(told);
  put('ttyACM0');
  // the limit's timer and the one that waits for more
  await untilTimers(2);
  await vi.advanceTimersByTimeAsync(COALESCE_MS - 1);
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await waited;
});

async function untilTimers(count: number): Promise<void> {
  while (vi.getTimerCount() < count) await new Promise((resolve) => setImmediate(resolve));
}

test('without a change the wait ends at its limit', async () => {
  await start().nextChange(5, stop.signal);
});

test('the wait ends when it is aborted, before or meanwhile', async () => {
  const waiting = start();
  const waited = waiting.nextChange(NEVER, stop.signal);
  stop.abort();
  await waited;
  await waiting.nextChange(NEVER, stop.signal);
});

test('a wait outlives the end of the watch up to its limit', async () => {
  const waiting = start();
  const waited = waiting.nextChange(5, stop.signal);
  waiting.close();
  await waited;
});

test('where nothing can be watched that is said once, and waits end at their limit', async () => {
  const troubles: string[] = [];
  const waiting = start({ folder: join(folder, 'missing'), onTrouble: (detail) => troubles.push(detail) });
  await waiting.nextChange(1, stop.signal);
  await waiting.nextChange(1, stop.signal);
  expect(troubles).toEqual([expect.stringContaining('ENOENT')]);
});

test('a folder without input devices is no trouble', () => {
  const troubles: string[] = [];
  start({ onTrouble: (detail) => troubles.push(detail) });
  expect(troubles).toEqual([]);
});
