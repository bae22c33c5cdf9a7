/**
 * Fuzzes every place where bytes of others come in: `npm run fuzz -- --runs 2000000 --seed 7 --target cbor`.
 *
 * Mutation is our own and knows the structure: trees of CBOR and JSON are changed and signed again with the true keys,
 * so that most runs get past the outermost check, and an input that gets a new answer is kept and mutated further. The
 * coverage-guided library that is kept, @jazzer.js/core 4.0, needs glibc 2.38; Debian 12 has 2.36, where its prebuilt
 * doesn't load.
 *
 * Exit code: 0 nothing found, 1 a promise broken, 2 misuse.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import { allTargets } from './all-targets.ts';
import { runTarget } from './campaign.ts';
import { currentInput, sharedInput } from './current-input.ts';
import type { FuzzOrder } from './fuzz-worker.ts';
import { printFinding, printReport } from './print-report.ts';
import type { Target } from './target.ts';

const DEFAULT_SECONDS = 30;
/** A run that takes so long is taken for one without an end. */
const ENDLESS_MS = 30_000;
/** Twenty times what a campaign takes: past it the thread, and not the machine, runs out of memory. */
const MAX_HEAP_MB = 2048;

const targets = allTargets(nativeVerifier());
const values = options();

const only = values.target === undefined ? undefined : targets.find(({ name }) => name === values.target);
if (values.target !== undefined && !only) misuse(`no target ${values.target}; there are ${names()}`);
if (values.input !== undefined && !only) misuse('--input needs --target');

process.exitCode =
  values.input !== undefined && only
    ? replay(only, values.input)
    : await fuzz(only, count('seed', values.seed) ?? 1);

function options() {
  try {
    return parseArgs({
      options: {
        runs: { type: 'string' },
        seconds: { type: 'string' },
        seed: { type: 'string', default: '1' },
        target: { type: 'string' },
        input: { type: 'string' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return misuse(error.message);
  }
}

function replay(target: Target, input: string): number {
  if (!/^([0-9a-f]{2})*$/i.test(input)) misuse('--input is not hex');
  const start = performance.now();
  const { said, broken } = runTarget(target, new Uint8Array(Buffer.from(input, 'hex')));
  console.log(`${target.name}: ${said} (${(performance.now() - start).toFixed(1)} ms, the first run of all)`);
  if (broken) console.log(`BROKEN: ${broken}`);
  return broken ? 1 : 0;
}

async function fuzz(target: Target | undefined, seed: number): Promise<number> {
  const runs = count('runs', values.runs);
  const seconds = count('seconds', values.seconds) ?? DEFAULT_SECONDS;
  const shared = sharedInput();
  const until = runs === undefined ? { seconds } : { runs };
  const order: FuzzOrder = { only: target?.name, seed, until, shared };
  console.log(`fuzzing ${target?.name ?? names()}, seed ${seed}`);
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const watch = watchdog(shared, () => worker.terminate());
  return new Promise((resolve) => {
    worker.once('message', (result) => resolve(printReport(result)));
    worker.once('error', (error) => resolve(printLost(shared, String(error))));
    worker.once('exit', () => {
      clearInterval(watch);
      // for a thread that was stopped; after a report a second answer changes nothing
      resolve(1);
    });
  });
}

function watchdog(shared: SharedArrayBuffer, stop: () => Promise<number>): NodeJS.Timeout {
  let last = 0;
  return setInterval(() => {
    const { run } = currentInput(shared).read();
    if (run > 0 && run === last) {
      printLost(shared, `takes more than ${ENDLESS_MS} ms`);
      void stop();
    }
    last = run;
  }, ENDLESS_MS);
}

/** For a run that ended the thread, or was ended with it. */
function printLost(shared: SharedArrayBuffer, promise: string): number {
  const { target, input } = currentInput(shared).read();
  printFinding({ target: targets[target]?.name ?? 'unknown', promise, input });
  return 1;
}

function count(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : misuse(`--${option} ${text} is no positive integer`);
}

function names(): string {
  return targets.map(({ name }) => name).join(', ');
}

function misuse(why: string): never {
  console.error(why);
  process.exit(2);
}
