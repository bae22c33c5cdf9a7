import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { LockFiles } from '../claims/lock-files.ts';
import { DeviceScanner } from '../device-scanner.ts';
import { watchDevices } from '../discovery/watch-devices.ts';
import type { Hookup } from '../hook-up.ts';
import { HOLD_OFF_MS, type Scanner } from '../scanner.ts';
import { DEFAULT_ROLE, parseScannerAddress } from '../scanner-address.ts';
import { ScannerSupervisor, type SupervisorParts } from '../scanner-supervisor.ts';

/** The scanner at an address, as the product makes it. Released when the test has finished. */
export function scannerAt(text: string, parts: SupervisorParts = {}): Scanner {
  const reading = parseScannerAddress(text);
  if (!reading.ok) throw new Error(reading.detail);
  const supervisor = new ScannerSupervisor([reading.address], { claims: LOCKS, ...parts });
  onTestFinished(() => supervisor.release());
  const [scanner] = supervisor.scanners;
  if (!scanner) throw new Error(`no scanner for ${text}`);
  return scanner;
}

/** The scanner on a device that a test made itself. Released when the test has finished. */
export function scannerOn(hookup: Hookup): Scanner {
  const now = () => performance.now();
  const watch = watchDevices();
  const scanner = new DeviceScanner({
    id: `${hookup.wire.transport}:${hookup.device}`,
    role: DEFAULT_ROLE,
    locate: () => Promise.resolve({ ok: true, hookup, couldNotBeOpened: () => undefined }),
    claims: LOCKS,
    watch,
    now,
    receivedAt: now,
    limits: { holdOffMs: HOLD_OFF_MS, scansPerSecond: 0 },
  });
  onTestFinished(async () => {
    await scanner.release();
    watch.close();
  });
  return scanner;
}

/** Lock files away from those of a terminal that may run on this machine. */
const LOCKS = new LockFiles([mkdtempSync(join(tmpdir(), 'locks-'))]);
