import { type Random, seededRandom } from './seeded-random.ts';
import type { Answer, Target } from './target.ts';

export interface CampaignPlan {
  readonly targets: readonly Target[];
  readonly seed: number;
  readonly until: { readonly runs: number } | { readonly seconds: number };
  /** ms, monotonic */
  readonly clock: () => number;
  /** ms of processor time: where a machine is busy elsewhere, a run may wait long and do little. */
  readonly processor: () => number;
  /** Bytes alive after a collection; absent where memory isn't watched. */
  readonly memory?: (() => number) | undefined;
  /** Told before each run, for whoever must know the input of a run that never returns. */
  readonly announce?: ((target: number, input: Uint8Array) => void) | undefined;
}

/** An input that breaks a promise. */
export interface Finding {
  readonly target: string;
  readonly promise: string;
  readonly input: Uint8Array;
  /** ms since the campaign began, where it got so far */
  readonly afterMs?: number;
}

export interface TargetFigures {
  readonly name: string;
  runs: number;
  /** Runs whose input was taken as true. */
  taken: number;
  /** ms spent in the product and its oracle, without mutating. */
  ms: number;
  slowestMs: number;
  /** Different answers; each stands for a way through the code. */
  readonly answers: Set<string>;
}

export interface CampaignReport {
  readonly runs: number;
  readonly ms: number;
  readonly targets: readonly TargetFigures[];
  readonly findings: readonly Finding[];
  /** Bytes alive: once warm, and at the end. */
  readonly memory?: { readonly before: number; readonly after: number };
}

/** A scan may hold up the person in front of the terminal so long. */
export const HANG_MS = 50;
/** A collection makes one run slow, not each of these. */
const HANG_REPEATS = 3;
/** Runs after which caches are full and code is compiled: what is alive then is the measure. */
const WARM_RUNS = 20_000;
/** Runs between two looks at the memory. */
export const MEMORY_BLOCK = 100_000;
/** Past this the product, or the fuzzer's own bounded memory, grows: kept inputs take less than 8 MiB. */
export const MEMORY_GROWTH = 24 * 1024 * 1024;
const MOST_FINDINGS = 20;
/** Answers told apart for each target, and so the inputs kept beside the seeds. */
const MOST_ANSWERS = 64;
const LONGEST_KEPT = 4096;
const FROM_SEEDS = 0.6;

/** Mutates and runs until the plan is done. The same plan makes the same inputs, as far as it gets. */
export function campaign(plan: CampaignPlan): CampaignReport {
  const random = seededRandom(plan.seed);
  const fields = plan.targets.map(newField);
  const start = plan.clock();
  const findings = new Findings(() => plan.clock() - start);
  for (const field of fields) {
    for (const seed of field.target.seeds) {
      const { taken, said, broken } = run(field, seed, plan, findings);
      if (!taken && !broken) findings.add(field.target.name, `a true object is refused: ${said}`, seed);
    }
  }
  const memory = plan.memory && new MemoryWatch(plan.memory, findings);
  let runs = 0;
  for (; !isDone(plan.until, runs, start, plan.clock) && !findings.full; runs++) {
    if (runs === WARM_RUNS || runs % MEMORY_BLOCK === 0) memory?.look(runs);
    const field = pickField(fields, random);
    const input = mutated(field, random);
    plan.announce?.(fields.indexOf(field), input);
    keep(field, input, run(field, input, plan, findings));
  }
  const ms = plan.clock() - start;
  memory?.look(runs);
  const watched = memory?.watched ? { memory: memory.watched } : {};
  return { runs, ms, targets: fields.map(({ figures }) => figures), findings: findings.all, ...watched };
}

const NOTHING = new Uint8Array(0);

/** A target with what was kept of its inputs. */
interface Field {
  readonly target: Target;
  readonly kept: Uint8Array[];
  readonly figures: TargetFigures;
}

function newField(target: Target): Field {
  const figures = { name: target.name, runs: 0, taken: 0, ms: 0, slowestMs: 0, answers: new Set<string>() };
  return { target, kept: [], figures };
}

function isDone(until: CampaignPlan['until'], runs: number, start: number, clock: () => number): boolean {
  return 'runs' in until ? runs >= until.runs : runs % 64 === 0 && clock() - start >= until.seconds * 1000;
}

function pickField(fields: readonly Field[], random: Random): Field {
  const total = fields.reduce((sum, { target }) => sum + target.weight, 0);
  let at = (random.uint32() / 2 ** 32) * total;
  const found = fields.find(({ target }) => {
    at -= target.weight;
    return at < 0;
  });
  return found ?? random.pick(fields);
}

function mutated({ target, kept }: Field, random: Random): Uint8Array {
  const from = kept.length > 0 && !random.chance(FROM_SEEDS) ? kept : target.seeds;
  return target.mutate(random.pick(from), random, random.pick(target.seeds));
}

function run({ target, figures }: Field, input: Uint8Array, plan: CampaignPlan, findings: Findings): Answer {
  const { answer, ms } = timed(target, input, plan.clock);
  figures.runs += 1;
  figures.taken += answer.taken ? 1 : 0;
  figures.ms += ms;
  figures.slowestMs = Math.max(figures.slowestMs, ms);
  if (answer.broken) findings.add(target.name, answer.broken, input);
  const patience = target.patienceMs ?? HANG_MS;
  if (ms > patience && isSlowAgain(target, input, patience, plan.processor)) {
    findings.add(target.name, `takes more than ${patience} ms`, input);
  }
  return answer;
}

function isSlowAgain(target: Target, input: Uint8Array, patience: number, processor: () => number): boolean {
  return Array.from({ length: HANG_REPEATS }, () => timed(target, input, processor).ms).every(
    (ms) => ms > patience,
  );
}

function timed(
  target: Target,
  input: Uint8Array,
  clock: () => number,
): { readonly answer: Answer; readonly ms: number } {
  const start = clock();
  const answer = runTarget(target, input);
  return { answer, ms: clock() - start };
}

/** What a target throws breaks the promise that it never does. */
export function runTarget(target: Target, input: Uint8Array): Answer {
  try {
    return target.run(input);
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { taken: false, said: 'throws', broken: `throws ${what}` };
  }
}

/** An input that went a way of its own is worth mutating again. */
function keep({ kept, figures }: Field, input: Uint8Array, { said }: Answer): void {
  const answer = said.replace(/\d+/g, '#').slice(0, 80);
  if (figures.answers.size >= MOST_ANSWERS || figures.answers.has(answer)) return;
  figures.answers.add(answer);
  if (input.length <= LONGEST_KEPT) kept.push(Uint8Array.from(input));
}

/** One input for each broken promise. */
class Findings {
  readonly #byPromise = new Map<string, Finding>();
  readonly #elapsed: () => number;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  add(target: string, promise: string, input: Uint8Array): void {
    const name = `${target}: ${promise.replace(/\d+/g, '#')}`;
    if (this.full || this.#byPromise.has(name)) return;
    this.#byPromise.set(name, { target, promise, input: Uint8Array.from(input), afterMs: this.#elapsed() });
  }

  get full(): boolean {
    return this.#byPromise.size >= MOST_FINDINGS;
  }

  get all(): readonly Finding[] {
    return [...this.#byPromise.values()];
  }
}

class MemoryWatch {
  readonly #alive: () => number;
  readonly #findings: Findings;
  #before: number | undefined;
  #after = 0;

  constructor(alive: () => number, findings: Findings) {
    this.#alive = alive;
    this.#findings = findings;
  }

  look(runs: number): void {
    if (runs < WARM_RUNS) return;
    this.#after = this.#alive();
    this.#before ??= this.#after;
    const growth = this.#after - this.#before;
    if (growth > MEMORY_GROWTH) this.#findings.add('all', `memory grows by ${growth} bytes`, NOTHING);
  }

  /** Undefined where it never got warm. */
  get watched(): CampaignReport['memory'] {
    return this.#before === undefined ? undefined : { before: this.#before, after: this.#after };
  }
}
