/**
 * Kills a terminal's process at random instants and checks that no acknowledged row is lost, doubled or out of order:
 *
 *   npm run crash                            1,000 kills
 *   npm run crash -- --kills 50 --seed 7     the same seed kills at the same instants, as far as a machine lets it
 *   npm run crash -- --mutate ack-first      a store written wrong, which must be found
 *
 * Exit code: 0 every promise held, 1 one was broken, 2 misuse.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finding, PROMISES } from './check-store.ts';
import { type CrashFigures, crashRun } from './crash-run.ts';
import { cutOptions } from './cut-options.ts';

const REPORT_EVERY = 100;
const COUNTED = ['lost', 'changed', 'doubled', 'reordered'];
const MOST_SHOWN = 5;

const { times: kills, seed, mutate } = cutOptions('kills', 1000);
const root = mkdtempSync(join(tmpdir(), 'liangzheng-crash-'));
const began = performance.now();
console.log(`${kills} kills, seed ${seed}${mutate === undefined ? '' : `, mutation ${mutate}`}`);
try {
  const figures = await crashRun({
    root,
    kills,
    seed,
    mutate,
    onKill: (now) => {
      if (now.kills % REPORT_EVERY === 0 && now.kills < kills) console.log(`  ${sentence(now)}`);
    },
  });
  print(figures);
  process.exitCode = figures.findings.length === 0 ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

function print(figures: CrashFigures): void {
  console.log(`${sentence(figures)}, ${((performance.now() - began) / 60_000).toFixed(1)} min`);
  const counts = COUNTED.map((name) => `${ofPromise(figures, name).length} ${name}`);
  console.log(`acknowledged rows: ${counts.join(', ')}`);
  for (const [promise, says] of Object.entries(PROMISES)) {
    const details = ofPromise(figures, promise).map(({ detail }) => detail);
    if (details.length > 0) console.log(`BROKEN: ${says}\n  ${shortList(details)}`);
  }
  if (figures.findings.length === 0) console.log('Every promise held.');
}

function ofPromise({ findings }: CrashFigures, promise: string): Finding[] {
  return findings.filter((finding) => finding.promise === promise);
}

function shortList(details: readonly string[]): string {
  const more = details.length - MOST_SHOWN;
  return [...details.slice(0, MOST_SHOWN), ...(more > 0 ? [`and ${more} more`] : [])].join('\n  ');
}

function sentence({ kills: done, whileBooting, acknowledged, unheard }: CrashFigures): string {
  const number = (value: number) => value.toLocaleString('en');
  return (
    `${number(done)} kills (${number(whileBooting)} before the first verdict), ` +
    `${number(acknowledged)} rows acknowledged, ${number(unheard)} kept that nobody was told of`
  );
}
