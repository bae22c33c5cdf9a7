import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../fuzz/seeded-random.ts';
import { checkStore, type Finding } from './check-store.ts';
import type { ChildLine, Told } from './child-line.ts';
import { type Cut, letScan } from './cut-off.ts';
import type { Mutation } from './mutations.ts';
import { type Found, startOf } from './read-store.ts';

/**
 * A cut comes so long after any of the first verdicts. Counted in verdicts, since how many a second there are depends on
 * the machine more than on anything else.
 */
export const MOST_VERDICTS = 150;
export const AFTER_MS = 200;
/** Two attempts at a boot; in emulation even the sources take seconds to read, and a scan a good part of one. */
const START_LIMIT_MS = 1_200_000;

export interface PowerCutWish {
  /** An ext4 image, made if there is none. */
  readonly disk: string;
  readonly cuts: number;
  readonly seed: number;
  readonly mutate: Mutation | undefined;
}

export interface PowerCut {
  /** Rows acknowledged between the boot and the cut. */
  readonly acknowledged: number;
  /** What the next boot found broken, among all rows ever acknowledged. */
  readonly findings: readonly Finding[];
}

/** Lets a terminal scan in the lab's guest and cuts the power, again and again, on one disk. @throws when no guest boots. */
export async function* powerCuts({ disk, cuts, seed, mutate }: PowerCutWish): AsyncGenerator<PowerCut> {
  const random = seededRandom(seed);
  let told: readonly Told[] = [];
  let acknowledged = 0;
  // the boot after the last cut only reads
  for (let boot = 0; boot <= cuts; boot++) {
    const instant = {
      from: 'told',
      nth: 1 + random.below(MOST_VERDICTS),
      afterMs: random.below(AFTER_MS),
    } as const;
    const lines = await scanInGuest(disk, boot + 1, mutate, boot < cuts ? instant : ONLY_READ);
    const found = foundIn(lines);
    if (boot > 0)
      yield { acknowledged, findings: [...newsIn(lines), ...checkStore(told, found, boot).findings] };
    const toldNow = lines.filter((line) => line.type === 'told');
    // what is lost is found once
    told = [...told.filter((one) => isIn(found, one)), ...toldNow];
    acknowledged = toldNow.length;
  }
}

type Instant = Pick<Cut, 'from' | 'nth' | 'afterMs'>;

const ONLY_READ: Instant = { from: 'read', afterMs: 0 };

function scanInGuest(
  disk: string,
  run: number,
  mutate: Mutation | undefined,
  instant: Instant,
): Promise<ChildLine[]> {
  const child = [
    'scripts/crash/scanning-child.ts',
    '--data',
    '/data/terminal',
    '--run',
    String(run),
    '--say-rows',
  ];
  const mutation = mutate === undefined ? [] : ['--mutate', mutate];
  const lab = spawn('bash', [LAB, '--disk', disk, ...child, ...mutation], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return letScan(lab, { ...instant, cut: () => void lab.kill('SIGUSR1'), limitMs: START_LIMIT_MS });
}

const LAB = fileURLToPath(new URL('../../drivers/lab/lab.sh', import.meta.url));

function foundIn(lines: readonly ChildLine[]): Found {
  const rows = lines.filter((line) => line.type === 'row');
  const names = lines.flatMap((line) => (line.type === 'read' ? line.epochs : []));
  const epochs = names.map((epoch) => ({
    epoch,
    from: startOf(bytesOf(epoch, 'hex')),
    rows: rows
      .filter((row) => row.epoch === epoch)
      .map(({ seq, head, bytes }) => ({ seq, head: bytesOf(head, 'hex'), bytes: bytesOf(bytes, 'base64') })),
  }));
  return { epochs, proofs: new Set(lines.flatMap((line) => (line.type === 'proof' ? [line.hash] : []))) };
}

function newsIn(lines: readonly ChildLine[]): Finding[] {
  return lines.flatMap((line) => (line.type === 'news' ? [{ promise: 'news', detail: line.detail }] : []));
}

function isIn({ epochs }: Found, told: Told): boolean {
  const epoch = epochs.find((one) => one.epoch === told.epoch);
  return (epoch?.rows.at(-1)?.seq ?? 0) >= told.seq;
}

function bytesOf(text: string, encoding: 'hex' | 'base64'): Uint8Array {
  return new Uint8Array(Buffer.from(text, encoding));
}
