/**
 * Cuts the power of a machine at random instants while its terminal scans, and checks after the next boot that no
 * acknowledged row is lost. The machine is the lab's guest (drivers/lab/lab.sh) with an ext4 disk that outlives it; the
 * rows it acknowledges are heard outside of it. Prints Markdown.
 *
 *   npm run powercut                                     30 cuts, about a quarter of an hour
 *   npm run powercut -- --cuts 5 --seed 7
 *   npm run powercut -- --cuts 5 --mutate normal-sync    SQLite's NORMAL in place of FULL, which must lose rows
 *
 * A cut loses what the guest has in its memory; the cache of a drive itself is not played.
 * Exit code: 0 every promise held, 1 one was broken, 2 misuse.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROMISES } from './check-store.ts';
import { cutOptions } from './cut-options.ts';
import { powerCuts } from './power-cuts.ts';

const { times, seed, mutate } = cutOptions('cuts', 30);
const folder = mkdtempSync(join(tmpdir(), 'liangzheng-powercut-'));
console.log(`Seed ${seed}${mutate === undefined ? '' : `, mutation ${mutate}`}.\n`);
try {
  process.exitCode = await run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<number> {
  const total = { cuts: 0, acknowledged: 0, lost: 0 };
  const broken = new Map<string, string>();
  console.log('| cut | rows acknowledged till then | rows lost |\n| --- | --- | --- |');
  for await (const cut of powerCuts({ disk: join(folder, 'disk.img'), cuts: times, seed, mutate })) {
    const lost = cut.findings.filter(({ promise }) => promise === 'lost').length;
    total.cuts += 1;
    total.acknowledged += cut.acknowledged;
    total.lost += lost;
    for (const { promise, detail } of cut.findings) broken.set(PROMISES[promise], detail);
    console.log(`| ${total.cuts} | ${cut.acknowledged} | ${lost} |`);
  }
  console.log(`\n${total.cuts} cuts, ${total.acknowledged} rows acknowledged, ${total.lost} lost.`);
  for (const [promise, detail] of broken) console.log(`BROKEN: ${promise}: ${detail}`);
  if (broken.size === 0) console.log('Every promise held.');
  return broken.size === 0 ? 0 : 1;
}
