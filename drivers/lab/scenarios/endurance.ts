import { until } from '../guest/until.ts';
import { messageOf } from './message-of.ts';
import { ProductProcess } from './product-process.ts';
import { quantile } from './quantile.ts';
import type { Report } from './report.ts';
import type { Rig } from './rig.ts';
import { sampleCode } from './sample-code.ts';
import { monotonicMs } from './told.ts';

/** From the device's node to a scanner that reads. */
export const RECOVERY_LIMIT_MS = 3_000;
/** Node's heap grows and shrinks by this much without anything being lost. */
const MEMORY_SLACK_MB = 48;

/**
 * A report of each rig: again and again a code, half a code and the plug pulled, plugged in, a code as soon as the scanner is
 * ready. No code may be lost or come twice, and none in half.
 */
export async function* endure(rigs: readonly Rig[], cycles: number): AsyncGenerator<Report> {
  for (const rig of rigs) {
    const run = await endureOne(rig, cycles);
    const failures = brokenPromises(run, cycles).map((what) => `${rig.name}: ${what}`);
    yield {
      title: `Endurance: ${cycles} unplugs within a code`,
      headings: HEADINGS,
      rows: [rowOf(run)],
      failures,
    };
  }
}

const HEADINGS = [
  'rig',
  'code',
  'cycles',
  'lost',
  'doubled',
  'half codes delivered',
  'half codes discarded',
  'recovery p50',
  'p95',
  'max',
  'files before → after',
  'memory before → after',
];

interface Run {
  readonly rig: Rig;
  cycles: number;
  lost: number;
  doubled: number;
  /** Scans of something that was never shown whole. */
  strangers: number;
  /** Half codes that the product knew of, and said so. */
  discarded: number;
  readonly recoveriesMs: number[];
  before: Footprint;
  after: Footprint;
  ended: boolean;
  /** What ended the run early. */
  error?: string;
}

type Footprint = ReturnType<ProductProcess['footprint']>;

async function endureOne(rig: Rig, cycles: number): Promise<Run> {
  const none = { files: 0, memoryMb: 0 };
  const run: Run = {
    rig,
    cycles: 0,
    lost: 0,
    doubled: 0,
    strangers: 0,
    discarded: 0,
    recoveriesMs: [],
    before: none,
    after: none,
    ended: false,
  };
  const shown: string[] = [];
  let warm = 0;
  const product = await ProductProcess.start([rig.address]);
  try {
    await rig.plug();
    await product.untilState(rig.address, 'ready');
    // the first cycle makes what every connection needs, and isn't a growth
    await cycleOnce(rig, product, 0, shown);
    run.before = product.footprint();
    warm = product.told.length;
    for (let cycle = 1; cycle <= cycles; cycle++) {
      const cycleAt = monotonicMs();
      run.recoveriesMs.push(await cycleOnce(rig, product, cycle, shown));
      run.cycles = cycle;
      const [recovery, whole] = [run.recoveriesMs.at(-1) ?? 0, monotonicMs() - cycleAt].map(Math.round);
      console.error(`${rig.name}: ${cycle} of ${cycles}, recovered in ${recovery} ms, in all ${whole} ms`);
    }
    run.after = product.footprint();
  } catch (error) {
    run.error = messageOf(error);
  } finally {
    run.ended = await product.end();
    await rig.unplug();
  }
  const scans = product.scans().map(({ code }) => code);
  const counts = new Map(shown.map((code) => [code, scans.filter((scan) => scan === code).length]));
  run.lost = [...counts.values()].filter((count) => count === 0).length;
  run.doubled = [...counts.values()].filter((count) => count > 1).length;
  run.strangers = scans.filter((scan) => !counts.has(scan)).length;
  run.discarded = product.faults(warm).filter(({ fault }) => fault.name === 'discarded-bytes').length;
  return run;
}

/** @returns the recovery in ms */
async function cycleOnce(rig: Rig, product: ProductProcess, cycle: number, shown: string[]): Promise<number> {
  const whole = async (code: string) => {
    const since = product.told.length;
    shown.push(code);
    await rig.show(code);
    await product.untilScan(rig.address, code, since);
  };
  await whole(sampleCode(`BEFORE ${cycle}`, rig.codeLength));
  const unplugged = product.told.length;
  await rig.showHalf(sampleCode(`HALF ${cycle}`, rig.codeLength));
  await rig.unplug();
  await product.untilState(rig.address, 'searching', unplugged);
  await until(`${rig.name} unplugged`, () => rig.node() === undefined);
  const replugged = product.told.length;
  await rig.plug();
  await until(`${rig.name} plugged in`, () => rig.node(), { everyMs: 1 });
  const thereAt = monotonicMs();
  const { at } = await product.untilState(rig.address, 'ready', replugged);
  await whole(sampleCode(`AFTER ${cycle}`, rig.codeLength));
  return Math.max(0, at - thereAt);
}

function rowOf(run: Run): (string | number)[] {
  const ms = (share: number) => `${Math.round(quantile(run.recoveriesMs, share))} ms`;
  return [
    run.rig.name,
    `${run.rig.codeLength} bytes`,
    run.cycles,
    run.lost,
    run.doubled,
    run.strangers,
    run.discarded,
    ms(0.5),
    ms(0.95),
    ms(1),
    `${run.before.files} → ${run.after.files}`,
    `${run.before.memoryMb} → ${run.after.memoryMb} MB`,
  ];
}

function brokenPromises(run: Run, cycles: number): string[] {
  const { before, after } = run;
  const slowest = quantile(run.recoveriesMs, 1);
  const broken: [boolean, string][] = [
    [run.error !== undefined, `after ${run.cycles} of ${cycles} cycles: ${run.error}`],
    [run.lost > 0, `${run.lost} scans lost`],
    [run.doubled > 0, `${run.doubled} scans came twice`],
    [run.strangers > 0, `${run.strangers} codes came that were never shown whole`],
    [slowest > RECOVERY_LIMIT_MS, `the slowest recovery took ${slowest.toFixed(0)} ms`],
    [after.files > before.files, `open files grew from ${before.files} to ${after.files}`],
    [after.memoryMb > before.memoryMb + MEMORY_SLACK_MB, `memory grew to ${after.memoryMb} MB`],
    [!run.ended, 'the process did not end by itself after letting go'],
  ];
  return broken.filter(([is]) => is).map(([, what]) => what);
}
