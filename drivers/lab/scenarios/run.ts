/**
 * Runs the lab's parts in the guest and prints their reports as Markdown; progress goes to the error output.
 * `--part contract|auto|faults|endurance` and `--rig WORDS` choose, `--cycles N` sets the endurance.
 */
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { parseArgs } from 'node:util';
import { type AllRigs, openAllRigs } from './all-rigs.ts';
import { checkAuto } from './auto.ts';
import { checkContract } from './contract.ts';
import { endure } from './endurance.ts';
import { checkFaults } from './faults.ts';
import { type Report, reportText, rowsText } from './report.ts';

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    rig: { type: 'string', default: '' },
    cycles: { type: 'string', default: '50' },
  },
});

const rigs = await openAllRigs();
const chosen = { ...rigs, all: rigs.all.filter(({ name }) => name.includes(values.rig)) };
console.log(`${machine()}\n`);
let failures = 0;
for (const [name, run] of Object.entries(parts(chosen))) {
  if (values.part !== undefined && values.part !== name) continue;
  let begun = false;
  // printed as it comes: an emulator that crashes costs what was running, not what was found
  for await (const report of run()) {
    failures += report.failures.length;
    console.log(begun ? rowsText(report) : reportText(report));
    begun = true;
  }
  console.log('');
}
await rigs.close();
console.log(failures === 0 ? 'Every promise held.' : `${failures} promises broken.`);
process.exitCode = failures === 0 ? 0 : 1;

function parts(
  chosen: AllRigs,
): Readonly<Record<string, () => AsyncIterable<Report> | Iterable<Promise<Report>>>> {
  return {
    contract: () => [checkContract(chosen.all)],
    auto: () => [checkAuto(chosen)],
    faults: () => [checkFaults(chosen)],
    endurance: () => endure(chosen.all, Number(values.cycles)),
  };
}

/** What all of it ran on. */
function machine(): string {
  const accelerator = process.env.LAB_ACCELERATOR === 'kvm' ? 'KVM' : 'TCG (emulated)';
  const libraries = ['node-hid', 'serialport'].map((name) => `${name} ${versionOf(name)}`);
  return `Guest: Linux ${release()}, Node ${process.version}, ${libraries.join(', ')}; QEMU with ${accelerator}, one processor.`;
}

function versionOf(library: string): string {
  const manifest: unknown = JSON.parse(readFileSync(`node_modules/${library}/package.json`, 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known ? String(manifest.version) : '';
}
