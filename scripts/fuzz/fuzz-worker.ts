/** The thread that fuzzes: `fuzz.ts` starts it, and tells what it was at when it doesn't come back. */
import { parentPort, workerData } from 'node:worker_threads';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { allTargets } from './all-targets.ts';
import { type CampaignPlan, type CampaignReport, campaign } from './campaign.ts';
import { currentInput } from './current-input.ts';

export interface FuzzOrder extends Pick<CampaignPlan, 'seed' | 'until'> {
  readonly only: string | undefined;
  readonly shared: SharedArrayBuffer;
}

export interface FuzzResult extends CampaignReport {
  /** Signatures checked, and how many held: how much got past the shapes. */
  readonly signatures: { readonly checked: number; readonly held: number };
}

// a trace is taken for each fault of the scanner, and nobody reads it here
Error.stackTraceLimit = 0;
if (parentPort) parentPort.postMessage(fuzz(workerData));

function fuzz({ only, shared, seed, until }: FuzzOrder): FuzzResult {
  const signatures = { checked: 0, held: 0 };
  const targets = allTargets(counting(nativeVerifier(), signatures));
  const { announce } = currentInput(shared);
  const report = campaign({
    targets: only === undefined ? targets : targets.filter(({ name }) => name === only),
    seed,
    until,
    clock: () => performance.now(),
    processor: processorMs,
    memory: globalThis.gc && memoryAlive,
    announce: (at, input) =>
      announce(only === undefined ? at : targets.findIndex(({ name }) => name === only), input),
  });
  return { ...report, signatures };
}

function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function memoryAlive(): number {
  // the second one waits for the first to have swept its buffers
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function counting(
  verifier: SignatureVerifier,
  signatures: { checked: number; held: number },
): SignatureVerifier {
  return {
    name: verifier.name,
    check(signature, message, publicKey) {
      const check = verifier.check(signature, message, publicKey);
      signatures.checked += 1;
      if (check === 'valid') signatures.held += 1;
      return check;
    },
  };
}
