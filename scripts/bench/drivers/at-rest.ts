/** What an open scanner costs while nobody scans: processor time of this process, in per cent. Prints JSON. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LockFiles } from '../../../drivers/claims/lock-files.ts';
import { DEFAULT_ROLE } from '../../../drivers/scanner-address.ts';
import { ScannerSupervisor } from '../../../drivers/scanner-supervisor.ts';
import { openPtyPair } from '../../../drivers/testing/pty-pair.ts';

const SETTLING_MS = 3_000;
const MEASURED_MS = 20_000;

const cable = await openPtyPair();
const supervisor = new ScannerSupervisor(
  [
    {
      transport: 'serial',
      target: cable.terminalEnd,
      role: DEFAULT_ROLE,
      holdOffMs: 1_500,
      scansPerSecond: 0,
    },
    { transport: 'auto', target: '', role: 'counter', holdOffMs: 1_500, scansPerSecond: 0 },
    { transport: 'simulated' },
    { transport: 'page' },
  ],
  { claims: new LockFiles([mkdtempSync(join(tmpdir(), 'locks-'))]) },
);
supervisor.claim();
await pause(SETTLING_MS);
if (supervisor.scanners[0]?.state.name !== 'ready') throw new Error('the scanner did not open');
const before = process.cpuUsage();
const began = performance.now();
await pause(MEASURED_MS);
const { user, system } = process.cpuUsage(before);
const percent = (user + system) / 1000 / (performance.now() - began) / 0.01;
await supervisor.release();
await cable.close();
console.log(JSON.stringify({ percent }));
