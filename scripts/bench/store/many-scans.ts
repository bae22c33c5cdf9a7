/**
 * Scans as many good codes as `--scans` says with a whole terminal in this process, its simulated scanner in front. At
 * each twentieth of the way it prints the memory it occupies, MB. The codes are made here too, and count.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TestClock } from '../../../terminal/core/clock.ts';
import { dataFolder } from '../../../terminal/store/data-folder.ts';
import { SyncStore } from '../../../terminal/store/sync-store.ts';
import { Terminal } from '../../../terminal/terminal.ts';
import { DemoCity, NOW_MS, phoneCode } from '../../../terminal/testing/demo-city.ts';

const SAMPLES = 20;

const { values } = parseArgs({ options: { scans: { type: 'string', default: '1000' } } });
const scans = Number(values.scans);

const root = mkdtempSync(join(tmpdir(), 'liangzheng-bench-'));
try {
  await scanMany();
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function scanMany(): Promise<void> {
  const folder = dataFolder(root);
  const store = new SyncStore(folder.syncDb);
  (await DemoCity.found()).enrol(store);
  store.close();
  const terminal = new Terminal({
    folder,
    service: 'medical-insurance',
    scanners: [{ transport: 'simulated' }],
    buildMs: 0,
    onFault: (fault) => console.error(fault),
    clock: new TestClock(NOW_MS),
  });
  for (let scan = 1; scan <= scans; scan++) {
    const screen = await terminal.show(phoneCode());
    if (typeof screen === 'string' || screen.name !== 'verdict' || screen.reason !== 'accepted') {
      throw new Error(`a good code got ${typeof screen === 'string' ? screen : JSON.stringify(screen)}`);
    }
    if (scan % (scans / SAMPLES) === 0) console.log(process.memoryUsage.rss() / 1e6);
  }
  await terminal.stop();
}
