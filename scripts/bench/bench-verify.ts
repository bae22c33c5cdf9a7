import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, atMost, median, printTable, type Row, type Unit } from './figures.ts';
import { Contestant } from './verify/contestant.ts';
import { writeMaterial } from './verify/write-material.ts';

/*
 * Machines are shared: contestants take turns, so that noise hits all alike, and a ratio is the median of the ratios of
 * each turn, in which both had the same machine.
 */

/** The verifier alone, against the libraries one could have taken instead. */
export async function benchVerify(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'liangzheng-bench-'));
  const started: Contestant[] = [];
  const start: Start = async (module, execArgv) => {
    const contestant = await Contestant.start(module, folder, execArgv);
    started.push(contestant);
    return contestant;
  };
  try {
    const bytes = writeMaterial(folder);
    printTable(await oneLicence(start, bytes));
    printTable(await bothImplementations(start));
    printTable(await statusLists(start));
    printTable(await growth(start));
  } finally {
    await Promise.all(started.map((contestant) => contestant.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

type Start = (module: string, execArgv?: readonly string[]) => Promise<Contestant>;

async function oneLicence(start: Start, bytes: number): Promise<Row[]> {
  const own = await start('liangzheng-native');
  const auth0 = await start('auth0-cose');
  const coseKit = await start('cose-kit');
  const turns = await takeTurns(60, {
    own: { of: own, task: 'licence', times: 25, warmUp: 3000 },
    auth0: { of: auth0, task: 'licence', times: 25, warmUp: 3000 },
    coseKit: { of: coseKit, task: 'licence', times: 25, warmUp: 3000 },
    signature: { of: own, task: 'signature', times: 25, warmUp: 1000 },
    scan: { of: own, task: 'scan', times: 1000, warmUp: 20_000 },
  });
  const ratio = atLeast(1.3, '×');
  return [
    row(`verify one licence of ${bytes} bytes, native, all checks`, 'µs', turns.own),
    row('the same signature with @auth0/cose', 'µs', turns.auth0),
    row('the same signature with cose-kit', 'µs', turns.coseKit),
    row('for comparison: node:crypto alone, one signature', 'µs', turns.signature),
    { what: 'faster than @auth0/cose', unit: '×', target: ratio, values: [faster(turns.own, turns.auth0)] },
    { what: 'faster than cose-kit', unit: '×', target: ratio, values: [faster(turns.own, turns.coseKit)] },
    // all three end in the same OpenSSL call
    {
      what: 'what a verifier of no cost of its own would reach',
      unit: '×',
      values: [faster(turns.signature, turns.auth0)],
    },
    { ...row('the strict scans of its CBOR', 'µs', turns.scan), target: atMost(3, 'µs', 0.5) },
  ];
}

async function bothImplementations(start: Start): Promise<Row[]> {
  const both = await start('liangzheng-both');
  const turns = await takeTurns(60, {
    licence: { of: both, task: 'licence', times: 10, warmUp: 50 },
    delegated: { of: both, task: 'delegated', times: 10, warmUp: 20 },
    noble: { of: both, task: 'noble', times: 10, warmUp: 20 },
  });
  return [
    {
      ...row('verify one licence, both implementations', 'ms', turns.licence),
      target: atMost(6, 'ms', 0.99),
    },
    {
      ...row('verify presentation + delegation (3 signatures), both', 'ms', turns.delegated),
      target: atMost(15, 'ms', 0.99),
    },
    row('for comparison: @noble/ed25519 alone, one signature', 'ms', turns.noble),
  ];
}

async function statusLists(start: Start): Promise<Row[]> {
  const gc = ['--expose-gc'];
  const own = await start('status-liangzheng', gc);
  const owf = await start('status-owf', gc);
  const sdJwt = await start('status-sd-jwt', gc);
  const loads = await takeTurns(3, {
    owf: { of: owf, task: 'load', times: 1, warmUp: 0 },
    own: { of: own, task: 'load', times: 30, warmUp: 30 },
    sdJwt: { of: sdJwt, task: 'load', times: 1, warmUp: 0 },
  });
  const lookUps = await takeTurns(10, {
    own: { of: own, task: 'lookUp', times: 10, warmUp: 5 },
    owf: { of: owf, task: 'lookUp', times: 10, warmUp: 5 },
    sdJwt: { of: sdJwt, task: 'lookUp', times: 10, warmUp: 5 },
  });
  const held = async (one: Contestant) => scaled(await one.ask('held', 1), 'MB');
  const ratio = atLeast(300, '×');
  return [
    { ...row('load status lists of 10 million entries', 'ms', loads.own), target: atMost(10, 'ms', 0.5) },
    row('the same with @owf/token-status-list', 'ms', loads.owf),
    row('the same with @sd-jwt/jwt-status-list', 'ms', loads.sdJwt),
    { what: 'faster than @owf', unit: '×', target: ratio, values: [faster(loads.own, loads.owf)] },
    { what: 'faster than @sd-jwt', unit: '×', target: ratio, values: [faster(loads.own, loads.sdJwt)] },
    { what: 'memory they take', unit: 'MB', target: atMost(1.5, 'MB', 1), values: await held(own) },
    { what: 'the same with @owf/token-status-list', unit: 'MB', values: await held(owf) },
    { what: 'the same with @sd-jwt/jwt-status-list', unit: 'MB', values: await held(sdJwt) },
    { ...row('look-up of a random entry', 'ns', lookUps.own), target: atMost(100, 'ns', 0.5) },
    row('the same with @owf/token-status-list', 'ns', lookUps.owf),
    row('the same with @sd-jwt/jwt-status-list', 'ns', lookUps.sdJwt),
  ];
}

/** Large enough that nothing is collected while it is measured. */
const LARGE_YOUNG_GENERATION = ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64'];

async function growth(start: Start): Promise<Row[]> {
  const own = await start('verify-growth', LARGE_YOUNG_GENERATION);
  await own.ask('small', 2000);
  const small = scaled(await own.ask('small', 1000), 'KB');
  const large = scaled(await own.ask('large', 1000), 'KB');
  const [onHeap = Number.NaN, outside = Number.NaN] = small;
  const [onHeapLarge = Number.NaN, outsideLarge = Number.NaN] = large;
  const more = onHeapLarge + outsideLarge - onHeap - outside;
  return [
    { what: 'one verify allocates, list of 1,024 entries: heap', unit: 'KB', values: [onHeap] },
    { what: 'one verify allocates, list of 1,024 entries: outside', unit: 'KB', values: [outside] },
    { what: 'one verify allocates, list of 1,048,576 entries: heap', unit: 'KB', values: [onHeapLarge] },
    { what: 'one verify allocates, list of 1,048,576 entries: outside', unit: 'KB', values: [outsideLarge] },
    { what: 'more with the list of 131 KB', unit: 'KB', target: atMost(1, 'KB', 1), values: [more] },
  ];
}

interface Turn {
  readonly of: Contestant;
  readonly task: string;
  /** In each round. */
  readonly times: number;
  /** Before the first round, so that V8 has compiled what is measured. */
  readonly warmUp: number;
}

/** What each measured, by round. */
async function takeTurns<Name extends string>(
  rounds: number,
  turns: Readonly<Record<Name, Turn>>,
): Promise<Readonly<Record<Name, readonly number[][]>>> {
  const names = Object.keys(turns) as Name[];
  const nothingYet = names.map((name): [string, number[][]] => [name, []]);
  const measured = Object.fromEntries(nothingYet) as Record<Name, number[][]>;
  for (const name of names) {
    const { of, task, warmUp } = turns[name];
    if (warmUp > 0) await of.ask(task, warmUp);
  }
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const { of, task, times } = turns[name];
      measured[name].push(await of.ask(task, times));
    }
  }
  return measured;
}

/** How many times faster the first is than the second. */
function faster(own: readonly number[][], other: readonly number[][]): number {
  return median(other.map((round, i) => median(round) / median(own[i] ?? [])));
}

/** @param rounds in ms */
function row(what: string, unit: Unit, rounds: readonly number[][]): Row {
  return { what, unit, values: scaled(rounds.flat(), unit) };
}

/** @param values in ms, or in bytes */
function scaled(values: readonly number[], unit: Unit): number[] {
  return values.map((value) => value * SCALE[unit]);
}

const SCALE: Readonly<Record<Unit, number>> = {
  ms: 1,
  µs: 1e3,
  ns: 1e6,
  '×': 1,
  KB: 1e-3,
  MB: 1e-6,
  '%': 100,
};
