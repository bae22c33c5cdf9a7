import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { LockFiles } from '../lock-files.ts';
import type { Scanner } from '../scanner.ts';
import { parseScannerAddress } from '../scanner-address.ts';
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

/** Lock files away from those of a terminal that may run on this machine. */
const LOCKS = new LockFiles([mkdtempSync(join(tmpdir(), 'locks-'))]);
