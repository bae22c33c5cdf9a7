import { openPtyPair, type PtyPair } from '../../../drivers/testing/pty-pair.ts';
import { type DataFolder, dataFolder } from '../../../terminal/store/data-folder.ts';
import { loadOrCreateTerminalKey, terminalIdOf } from '../../../terminal/store/terminal-key.ts';
import { insurances, presentCode } from '../../../terminal/testing/phone.ts';
import { startProduct } from '../../../terminal/testing/started-product.ts';
import { atMost, type Row } from '../figures.ts';
import { ScanWatch } from '../scan-watch.ts';
import { fillLog } from './fill-log.ts';
import { startCity, startTerminal } from './started-terminal.ts';

const ROWS = 1_000_000;
const STARTS = 5;
const SCANS = 300;
/** Codes are made in batches so that each is still fresh when its turn comes. */
const BATCH = 25;

/**
 * The built terminal on a log of a million rows: how long it takes to be ready, and to tell a verdict. It runs without
 * its agent, which would be busy sending a million rows to the city. @param root an empty folder
 */
export async function fullLog(root: string): Promise<Row[]> {
  const product = await startProduct(root); // makes the demo
  await product.interrupt();
  const folder = dataFolder(`${root}/terminal`);
  const empty = await starts(root);
  fill(folder);
  const full = await starts(root);
  const cable = await openPtyPair();
  try {
    const million = ROWS.toLocaleString('en');
    return [
      { what: 'terminal started → invites, nearly empty log', unit: 'ms', values: empty },
      {
        what: `terminal started → invites, ${million} rows in the log`,
        unit: 'ms',
        target: atMost(1500, 'ms', 1),
        values: full,
      },
      {
        what: `scan → view state, ${SCANS} accepted codes, ${million} rows in the log`,
        unit: 'ms',
        target: atMost(20, 'ms', 0.99),
        values: await scans(root, cable),
      },
    ];
  } finally {
    await cable.close();
  }
}

function fill({ auditDb, key }: DataFolder): void {
  fillLog(auditDb, terminalIdOf(loadOrCreateTerminalKey(key).publicKey), ROWS);
}

async function starts(root: string): Promise<number[]> {
  const values: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const began = performance.now();
    const terminal = await startTerminal(root, 'simulated:');
    values.push(performance.now() - began);
    await terminal.stop();
  }
  return values;
}

async function scans(root: string, cable: PtyPair): Promise<number[]> {
  const city = await startCity(root);
  // no person shows codes so fast
  const terminal = await startTerminal(root, `serial:${cable.terminalEnd}?rate=0&holdoff=0`);
  const watch = await ScanWatch.open(terminal.url, cable);
  try {
    const [insurance] = await insurances(city.url, 'valid');
    if (!insurance) throw new Error('the demo has no valid medical insurance');
    const values: number[] = [];
    while (values.length < SCANS) {
      const present = () => presentCode(city.url, insurance.id);
      for (const code of await Promise.all(Array.from({ length: BATCH }, present))) {
        const { reason, ms } = await watch.scan(code);
        if (reason !== 'accepted') throw new Error(`a good code was ${reason}`);
        values.push(ms);
      }
    }
    return values;
  } finally {
    watch.close();
    await terminal.stop();
    await city.stop();
  }
}
