import type { CampaignReport, Finding } from './campaign.ts';
import type { FuzzResult } from './fuzz-worker.ts';

/** Prints what a campaign did. @returns the exit code: 1 where a promise was broken. */
export function printReport(result: FuzzResult): number {
  const { runs, ms, targets, memory, signatures, findings } = result;
  console.log('target              runs    runs/s   taken  answers  slowest ms');
  for (const { name, runs: count, ms: spent, taken, answers, slowestMs } of targets) {
    const speed = spent > 0 ? Math.round((count / spent) * 1000) : 0;
    const columns = [name.padEnd(17), pad(count, 7), pad(speed, 10), pad(taken, 8), pad(answers.size, 9)];
    console.log(`${columns.join('')}${slowestMs.toFixed(1).padStart(12)}`);
  }
  console.log(`${runs} runs in ${(ms / 1000).toFixed(1)} s, ${Math.round((runs / ms) * 1000)} a second`);
  console.log(`${signatures.checked} signatures checked, ${signatures.held} held`);
  console.log(memoryLine(memory));
  for (const finding of findings) printFinding(finding);
  console.log(findings.length === 0 ? 'nothing found' : `${findings.length} found`);
  return findings.length === 0 ? 0 : 1;
}

export function printFinding({ target, promise, input, afterMs }: Finding): void {
  const hex = Buffer.from(input).toString('hex');
  const after = afterMs === undefined ? '' : `, after ${(afterMs / 1000).toFixed(1)} s`;
  console.log(`\nFOUND in ${target}: ${promise}${after}`);
  if (hex) console.log(`  npm run fuzz -- --target ${target} --input ${hex}`);
}

function memoryLine(memory: CampaignReport['memory']): string {
  if (!memory) return 'memory: not measured (needs --expose-gc and 20,000 runs)';
  const [before, after] = [memory.before, memory.after].map((bytes) => (bytes / 1024 ** 2).toFixed(1));
  return `memory: ${before} MiB warm, ${after} MiB at the end`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}
