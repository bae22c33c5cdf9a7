/**
 * Prints figures with their targets; asserts nothing, since machines are shared and noisy.
 *
 *   npm run bench                 everything
 *   npm run bench -- product      start-up, scan to view state, bad input, memory of the product as it runs
 *   npm run bench -- verify       the verifier alone, against other libraries
 */
import { cpus } from 'node:os';
import { benchDrivers } from './bench-drivers.ts';
import { benchProduct } from './bench-product.ts';
import { benchVerify } from './bench-verify.ts';

const PARTS = new Map([
  ['product', benchProduct],
  ['verify', benchVerify],
  ['drivers', benchDrivers],
]);

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !PARTS.has(name));
if (unknown !== undefined) {
  console.error(`there is no benchmark ${unknown}; there are: ${[...PARTS.keys()].join(', ')}`);
  process.exit(2);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
for (const [name, bench] of PARTS) if (asked.length === 0 || asked.includes(name)) await bench();
