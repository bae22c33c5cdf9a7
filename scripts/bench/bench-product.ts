import { fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPtyPair, type PtyPair } from '../../drivers/testing/pty-pair.ts';
import { bothVerifier } from '../../licence/ed25519/both-verifier.ts';
import { generateSigningKey } from '../../licence/issue/signing-key.ts';
import { insurances, presentCode } from '../../terminal/testing/phone.ts';
import { type StartedProduct, startProduct } from '../../terminal/testing/started-product.ts';
import { badCodes } from './bad-codes.ts';
import { atMost, printTable, type Row } from './figures.ts';
import { ScanWatch } from './scan-watch.ts';

const SCANS = 300;
/** Codes are made in batches so that each is still fresh when its turn comes. */
const BATCH = 25;
const BAD_CODES = 200;
const BAD_CODE_EVERY_MS = 200;

/** Measures the product as it runs: start-up, scan to view state, bad input, memory. */
export async function benchProduct(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'liangzheng-bench-'));
  const cable = await openPtyPair();
  const start = () => timedStart(data, cable);
  // a run that fails must not leave the product and the cable behind
  try {
    const first = await start();
    await first.product.interrupt();
    const second = await start();
    const { product } = second;
    const rows: Row[] = [
      { what: 'npm start → ready to scan, first time (makes the demo)', unit: 'ms', values: [first.ms] },
      { what: 'npm start → ready to scan', unit: 'ms', target: atMost(3000, 'ms', 1), values: [second.ms] },
    ];
    try {
      rows.push(...(await scans(product, cable)));
      rows.push({ what: 'for comparison: raw 4 KB write + fdatasync', unit: 'ms', values: rawSyncs(data) });
      rows.push({
        what: 'for comparison: its two signature checks alone, both implementations',
        unit: 'ms',
        values: await twoChecks(),
      });
      rows.push(...memory(product));
    } finally {
      const stopping = performance.now();
      await product.interrupt();
      const values = [performance.now() - stopping];
      rows.push({ what: 'Ctrl-C → everything ended', unit: 'ms', target: atMost(2000, 'ms', 1), values });
      printTable(rows);
    }
  } finally {
    await cable.close();
    rmSync(data, { recursive: true, force: true });
  }
}

async function scans(product: StartedProduct, cable: PtyPair): Promise<Row[]> {
  const watch = await ScanWatch.open(product.kioskUrl, cable);
  try {
    const [insurance] = await insurances(product.phoneUrl, 'valid');
    if (!insurance) throw new Error('the demo has no valid medical insurance');
    const accepted: number[] = [];
    while (accepted.length < SCANS) {
      const codes = await Promise.all(
        Array.from({ length: BATCH }, () => presentCode(product.phoneUrl, insurance.id)),
      );
      for (const code of codes) {
        const { reason, ms } = await watch.scan(code);
        if (reason !== 'accepted') throw new Error(`a good code was ${reason}`);
        accepted.push(ms);
      }
    }
    const bad: number[] = [];
    for (const code of badCodes(BAD_CODES, await presentCode(product.phoneUrl, insurance.id))) {
      // a scanner that drops codes without end says so now and then only, and what it doesn't say gets no verdict
      await new Promise((resolve) => setTimeout(resolve, BAD_CODE_EVERY_MS));
      const { outcome, reason, ms } = await watch.scan(code);
      if (outcome !== 'rejected') throw new Error(`a bad code was ${outcome} (${reason})`);
      bad.push(ms);
    }
    return [
      {
        what: `scan → view state, ${SCANS} accepted codes`,
        unit: 'ms',
        target: atMost(20, 'ms', 0.99),
        values: accepted,
      },
      {
        what: `bad code → named verdict, ${BAD_CODES} codes`,
        unit: 'ms',
        target: atMost(50, 'ms', 1),
        values: bad,
      },
    ];
  } finally {
    watch.close();
  }
}

function memory(product: StartedProduct): Row[] {
  return (['terminal', 'agent', 'city'] as const).map((part) => ({
    what: `memory of the ${part} process (RSS)`,
    unit: 'MB',
    values: [residentMegabytes(product.pid(part))],
    ...(part === 'terminal' ? { target: atMost(150, 'MB', 1) } : {}),
  }));
}

async function timedStart(data: string, cable: PtyPair) {
  const began = performance.now();
  // no person shows codes so fast
  const started = await startProduct(data, '--scanner', `serial:${cable.terminalEnd}?rate=0&holdoff=0`);
  return { product: started, ms: performance.now() - began };
}

/** What the disk itself costs: the least any durable verdict can take. */
function rawSyncs(folder: string): number[] {
  const file = openSync(join(folder, 'raw'), 'w');
  const page = Buffer.alloc(4096, 1);
  return Array.from({ length: 200 }, () => {
    const began = performance.now();
    writeSync(file, page, 0, page.length, 0);
    fdatasyncSync(file);
    return performance.now() - began;
  });
}

function residentMegabytes(pid: number): number {
  const kilobytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

/** What a verdict can't do without, paced like the scans: on a noisy machine its tail is the tail of the verdicts. */
async function twoChecks(): Promise<number[]> {
  const verifier = bothVerifier();
  const key = generateSigningKey();
  const message = new Uint8Array(500);
  const signature = key.sign(message);
  const values: number[] = [];
  for (let i = 0; i < SCANS; i++) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    const began = performance.now();
    verifier.check(signature, message, key.publicKey);
    verifier.check(signature, message, key.publicKey);
    values.push(performance.now() - began);
  }
  return values;
}
