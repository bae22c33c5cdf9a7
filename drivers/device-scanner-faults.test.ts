import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { FIRST_RETRY_MS } from './back-off.ts';
import type { ScannerModule } from './modules/module.ts';
import { MAX_MISSED_PINGS, PING_INTERVAL_MS } from './modules/module-health.ts';
import { eventually } from './testing/eventually.ts';
import { memoryWire } from './testing/memory-wire.ts';
import { scannerOn } from './testing/scanner-at.ts';
import { recordScanner } from './testing/scanner-record.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a listener that throws when it is ready costs this connection, which is closed, and no other', async () => {
  const wire = memoryWire();
  const scanner = scannerOn(wire.hookup);
  let thrown = false;
  scanner.on('state', ({ name }) => {
    if (name === 'ready' && !thrown) {
      thrown = true;
      throw new Error('a listener broke');
    }
  });
  const record = recordScanner(scanner);
  scanner.claim();
  await eventually(() => expect(wire.opened).toBe(2));
  expect(wire.closed).toBe(1);
  wire.send('LZ1:6BF\r');
  await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
  expect(record.faults).toMatchObject([{ name: 'open-failed', detail: 'a listener broke' }]);
});

test('a listener that throws at a scan costs this connection, and is told', async () => {
  const wire = memoryWire();
  const scanner = scannerOn(wire.hookup);
  const record = recordScanner(scanner);
  let thrown = false;
  scanner.on('scan', () => {
    if (!thrown) {
      thrown = true;
      throw new Error('a listener broke');
    }
  });
  scanner.claim();
  await eventually(() => expect(scanner.state.name).toBe('ready'));
  wire.send('FIRST\r');
  await eventually(() => expect(wire.opened).toBe(2));
  expect(record.faults).toMatchObject([
    { name: 'disconnected', detail: expect.stringContaining('a listener broke') },
  ]);
  wire.send('SECOND\r');
  await eventually(() => expect(record.codes).toEqual(['FIRST', 'SECOND']));
});

test('a device that leaves as soon as it is opened is not opened more than so often', async () => {
  const wire = memoryWire({}, (opening) => queueMicrotask(() => opening.unplug()));
  const scanner = scannerOn(wire.hookup);
  scanner.claim();
  await pause(4 * FIRST_RETRY_MS + 100);
  expect(wire.opened).toBeGreaterThan(1);
  expect(wire.opened).toBeLessThanOrEqual(3);
});

test('a module that answers no more is opened anew, and its cure does not speak of the plug first', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let pings = 0;
  const module: ScannerModule = {
    name: 'grow',
    pacing: { timeoutMs: 1, tries: 1, gapMs: 1 },
    capabilities: () => ({}),
    setUp: () => Promise.resolve({ ok: true, value: [] }),
    ping() {
      pings += 1;
      return Promise.resolve(
        pings === 1 ? { ok: true, value: undefined } : { ok: false, reason: 'no-answer', detail: 'silence' },
      );
    },
  };
  const wire = memoryWire({ module });
  const scanner = scannerOn(wire.hookup);
  const record = recordScanner(scanner);
  scanner.claim();
  await vi.waitFor(() => expect(scanner.state.name).toBe('ready'));
  await vi.advanceTimersByTimeAsync((1 + MAX_MISSED_PINGS) * PING_INTERVAL_MS);
  await vi.waitFor(() => expect(record.faults).toMatchObject([{ name: 'module-silent' }]));
  expect(scanner.state).toMatchObject({ cure: expect.stringContaining('answers no more') });
  vi.useRealTimers();
  await eventually(() => expect(wire.opened).toBe(2));
});

test('a fault that comes again and again is told only now and then, and counted each time', async () => {
  const wire = memoryWire();
  const scanner = scannerOn(wire.hookup);
  const record = recordScanner(scanner);
  scanner.claim();
  await eventually(() => expect(scanner.state.name).toBe('ready'));
  for (let i = 0; i < 200; i++) wire.send(`${'A'.repeat(5_000)}\r`);
  expect(record.faults.length).toBeLessThan(20);
  expect(scanner.statistics.faults).toBe(200);
});
