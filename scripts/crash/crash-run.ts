import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../fuzz/seeded-random.ts';
import { type Checked, checkStore, type Finding, NOTHING_CHECKED } from './check-store.ts';
import type { ChildLine, Told } from './child-line.ts';
import { prepareFolder } from './crash-world.ts';
import { letScan } from './cut-off.ts';
import type { Mutation } from './mutations.ts';
import { readStore } from './read-store.ts';

/** A kill comes at any instant up to so long after the first verdict … */
export const SCANNING_MS = 150;
/** … or, every fourth, within so long after the store began to open: opening it and reading what the city signed takes about as long. */
export const BOOTING_MS = 60;
const BOOT_KILL_CHANCE = 0.25;
/** A child on a busy machine takes a second or two. */
const START_LIMIT_MS = 30_000;

export interface CrashWish {
  /** An empty folder. */
  readonly root: string;
  readonly kills: number;
  readonly seed: number;
  readonly mutate?: Mutation | undefined;
  readonly onKill?: (figures: CrashFigures) => void;
}

export interface CrashFigures {
  readonly kills: number;
  /** Of them, before the first verdict. */
  readonly whileBooting: number;
  readonly acknowledged: number;
  /** Rows of verdicts nobody was told of: a kill between the disk and the word. */
  readonly unheard: number;
  /** Ends with the first kill that broke a promise. */
  readonly findings: readonly Finding[];
}

/** Kills a scanning child again and again and checks after each kill what its store holds; at the end, all of it at once. */
export async function crashRun({ root, kills, seed, mutate, onKill }: CrashWish): Promise<CrashFigures> {
  const folder = await prepareFolder(root);
  const random = seededRandom(seed);
  const told: Told[] = [];
  let checked: Checked = NOTHING_CHECKED;
  let figures: CrashFigures = { kills: 0, whileBooting: 0, acknowledged: 0, unheard: 0, findings: [] };
  while (figures.kills < kills && figures.findings.length === 0) {
    const from = random.chance(BOOT_KILL_CHANCE) ? 'opening' : 'told';
    const afterMs = random.below(1 + (from === 'opening' ? BOOTING_MS : SCANNING_MS));
    const child = startChild(folder.root, figures.kills + 1, mutate);
    const cut = () => void child.kill('SIGKILL');
    const lines = await letScan(child, { from, afterMs, cut, limitMs: START_LIMIT_MS });
    const news = newsOf(lines);
    const toldNow = lines.filter((line) => line.type === 'told');
    const result = checkStore(toldNow, readStore(folder.auditDb, checked.until), 1, checked);
    checked = result.checked;
    for (const one of toldNow) told.push(one);
    figures = {
      kills: figures.kills + 1,
      whileBooting: figures.whileBooting + (toldNow.length === 0 ? 1 : 0),
      acknowledged: told.length,
      unheard: figures.unheard + result.unheard,
      findings: [...news, ...result.findings],
    };
    onKill?.(figures);
  }
  if (figures.findings.length > 0) return figures;
  return { ...figures, findings: checkStore(told, readStore(folder.auditDb), figures.kills).findings };
}

function startChild(root: string, run: number, mutate: Mutation | undefined) {
  const mutation = mutate === undefined ? [] : ['--mutate', mutate];
  return spawn(process.execPath, [CHILD, '--data', root, '--run', String(run), ...mutation], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // half of a start is the reading of sources
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'compile-cache') },
  });
}

function newsOf(lines: readonly ChildLine[]): Finding[] {
  return lines.flatMap((line) => (line.type === 'news' ? [{ promise: 'news', detail: line.detail }] : []));
}

const CHILD = fileURLToPath(new URL('scanning-child.ts', import.meta.url));
