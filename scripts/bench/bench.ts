/**
 * Measures the product as it runs: start-up, scan to view state, bad input, memory. Prints figures with their targets;
 * asserts nothing, since machines are shared and noisy.
 */
import { fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPtyPair } from '../../drivers/testing/pty-pair.ts';
import { bothVerifier } from '../../licence/ed25519/both-verifier.ts';
import { generateSigningKey } from '../../licence/issue/signing-key.ts';
import { insurances, presentCode } from '../../terminal/testing/phone.ts';
import { startProduct } from '../../terminal/testing/started-product.ts';
import { badCodes } from './bad-codes.ts';
import { printTable, quantile, type Row } from './figures.ts';
import { ScanWatch } from './scan-watch.ts';

const SCANS = 300;
/** Codes are made in batches so that each is still fresh when its turn comes. */
const BATCH = 25;

const data = mkdtempSync(join(tmpdir(), 'liangzheng-bench-'));
const cable = await openPtyPair();
const rows: Row[] = [];
const scanner = ['--scanner', `serial:${cable.terminalEnd}`];

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);

const first = await timedStart();
await first.product.interrupt();
const second = await timedStart();
const { product } = second;
// a run that fails must not leave the product and the cable behind
process.on('uncaughtException', async (error) => {
  console.error(error);
  await product.interrupt();
  await cable.close();
  process.exit(1);
});
rows.push({ what: 'npm start → ready to scan, first time (makes the demo)', values: [first.ms] });
rows.push({ what: 'npm start → ready to scan', target: atMost(3000, 1), values: [second.ms] });

const watch = await ScanWatch.open(product.kioskUrl, cable);
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
rows.push({ what: `scan → view state, ${SCANS} accepted codes`, target: atMost(20, 0.99), values: accepted });

const bad: number[] = [];
for (const code of badCodes(200, await presentCode(product.phoneUrl, insurance.id))) {
  const { outcome, reason, ms } = await watch.scan(code);
  if (outcome !== 'rejected') throw new Error(`a bad code was ${outcome} (${reason})`);
  bad.push(ms);
}
rows.push({ what: 'bad code → named verdict, 200 codes', target: atMost(50, 1), values: bad });
rows.push({ what: 'for comparison: raw 4 KB write + fdatasync', values: rawSyncs(data) });
rows.push({
  what: 'for comparison: its two signature checks alone, both implementations',
  values: await twoChecks(),
});
printTable(rows);

for (const part of ['terminal', 'agent', 'city'] as const) {
  const target = part === 'terminal' ? '   (target ≤ 150 MB)' : '';
  console.log(`memory of the ${part} process: ${residentMegabytes(product.pid(part))} MB RSS${target}`);
}

watch.close();
const stopping = performance.now();
await product.interrupt();
console.log(
  `Ctrl-C → everything ended: ${Math.round(performance.now() - stopping)} ms   (target < 2,000 ms)`,
);
await cable.close();
rmSync(data, { recursive: true, force: true });

/** @param q of which quantile */
function atMost(ms: number, q: number): NonNullable<Row['target']> {
  return {
    says: `${q === 1 ? 'max' : `p${q * 100}`} ≤ ${ms} ms`,
    met: (values) => quantile(values, q) <= ms,
  };
}

async function timedStart() {
  const began = performance.now();
  const started = await startProduct(data, ...scanner);
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
