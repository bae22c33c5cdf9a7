/** A day of scans by a simulated clock, through the whole driver on a wire in memory. Prints JSON. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { LockFiles } from '../../../drivers/claims/lock-files.ts';
import { DeviceScanner } from '../../../drivers/device-scanner.ts';
import { startFraming } from '../../../drivers/framing/start-framing.ts';
import type { Hookup } from '../../../drivers/hook-up.ts';

const HOURS = 24;
const SCAN_EVERY_MS = 5_000;
const SCANS_AN_HOUR = 3_600_000 / SCAN_EVERY_MS;

let simulatedMs = 0;
const now = () => simulatedMs;

let send: (chunk: Uint8Array) => void = () => undefined;
let unplug: () => void = () => undefined;
const hookup: Hookup = {
  device: join(tmpdir(), 'a-wire-in-memory'),
  model: 'memory',
  wire: { transport: 'serial', framing: 'line' },
  wrap: (command) => command,
  startFraming: (onFrame) => startFraming('line', undefined, now, onFrame),
  open: (onChunk) => {
    const ended = Promise.withResolvers<string | undefined>();
    send = onChunk;
    unplug = () => ended.resolve('unplugged');
    const close = () => ended.resolve(undefined);
    return Promise.resolve({
      ok: true,
      connection: { ended: ended.promise, close, write: () => Promise.resolve() },
    });
  },
};

const resourcesBefore = process.getActiveResourcesInfo().length;
const scanner = new DeviceScanner({
  id: 'memory:',
  role: 'main',
  locate: () => Promise.resolve({ ok: true, hookup, couldNotBeOpened: () => undefined }),
  claims: new LockFiles([mkdtempSync(join(tmpdir(), 'locks-'))]),
  watch: { nextChange: () => turn(), close: () => undefined },
  now,
  receivedAt: now,
  limits: { holdOffMs: 1_500, scansPerSecond: 5 },
});
let scans = 0;
scanner.on('scan', () => {
  scans += 1;
});
scanner.claim();

const heapKb: number[] = [];
for (let hour = 0; hour < HOURS; hour++) {
  while (scanner.state.name !== 'ready') await turn();
  for (let i = 0; i < SCANS_AN_HOUR; i++) {
    simulatedMs += SCAN_EVERY_MS;
    const code = `LZ1:${String(simulatedMs).repeat(60)}\r`;
    for (const part of [code.slice(0, 7), code.slice(7, 200), code.slice(200)]) send(Buffer.from(part));
    if (i % 100 === 0) await turn();
  }
  send(Buffer.from('HALF A CO'));
  unplug();
  await turn();
  while (scanner.state.name !== 'ready') await turn();
  globalThis.gc?.();
  heapKb.push(process.memoryUsage().heapUsed / 1024);
}
await scanner.release();
await turn();
if (scans !== HOURS * SCANS_AN_HOUR) throw new Error(`${scans} of ${HOURS * SCANS_AN_HOUR} scans arrived`);
const resources = process.getActiveResourcesInfo().length - resourcesBefore;
console.log(JSON.stringify({ scans, hours: HOURS, heapKb, resources }));
