/**
 * Prints figures with their targets; asserts nothing, since machines are shared and noisy.
 *
 *   npm run bench                 everything
 *   npm run bench -- product      start-up, scan to view state, bad input, memory of the product as it runs
 *   npm run bench -- verify       the verifier alone, against other libraries
 *   npm run bench -- drivers      the scanner drivers
 *   npm run bench -- store        the audit store: durable appends, a million rows, memory (--scans N, 5,000)
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchDrivers } from './bench-drivers.ts';
import { benchProduct } from './bench-product.ts';
import { benchStore } from './bench-store.ts';
import { benchVerify } from './bench-verify.ts';

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { scans: { type: 'string' } },
});

const PARTS = new Map<string, () => Promise<void>>([
  ['product', benchProduct],
  ['verify', benchVerify],
  ['drivers', benchDrivers],
  ['store', () => benchStore(values.scans)],
]);

const unknown = asked.find((name) => !PARTS.has(name));
if (unknown !== undefined) {
  console.error(`there is no benchmark ${unknown}; there are: ${[...PARTS.keys()].join(', ')}`);
  process.exit(2);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
for (const [name, bench] of PARTS) if (asked.length === 0 || asked.includes(name)) await bench();
