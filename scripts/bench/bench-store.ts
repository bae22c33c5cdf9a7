import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { atLeast, atMost, median, printTable, type Row } from './figures.ts';
import { type AppendRound, durableAppends } from './store/durable-appends.ts';
import { fullLog } from './store/full-log.ts';

/** 100,000 of them take half an hour. */
const MANY_SCANS = '5000';

/** The audit log: what being durable costs, a log of a million rows, memory after very many scans. @param scans how many */
export async function benchStore(scans = MANY_SCANS): Promise<void> {
  printTable(await inFolder(appends));
  printTable(await inFolder(fullLog));
  printTable(await inFolder((folder) => memory(folder, scans)));
}

async function inFolder(measure: (folder: string) => Row[] | Promise<Row[]>): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'liangzheng-bench-'));
  try {
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function appends(folder: string): Row[] {
  const rounds = durableAppends(folder);
  const row = (what: string, of: keyof AppendRound): Row => ({
    what,
    unit: 'µs',
    values: rounds.map((round) => round[of] * 1000),
  });
  const share = (of: keyof AppendRound) => [median(rounds.map((round) => (100 * round.raw) / round[of]))];
  return [
    row('4 KB overwritten + fdatasync, averages of rounds', 'raw'),
    row('a durable audit row', 'rows'),
    row('a durable audit row with the holder proof it uses up', 'rowsWithProof'),
    {
      what: 'audit rows a second, of the raw writes a second next to them',
      unit: '%',
      target: atLeast(65, '%'),
      values: share('rows'),
    },
    { what: 'the same with holder proofs', unit: '%', values: share('rowsWithProof') },
  ];
}

async function memory(folder: string, scans: string): Promise<Row[]> {
  const script = fileURLToPath(new URL('store/many-scans.ts', import.meta.url));
  // compiled code only, as in the product: what takes the types off a source would count
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compile-cache') };
  // as `npm start` runs a terminal
  const flags = ['--max-semi-space-size=2'];
  const run = (times: string) =>
    promisify(execFile)(process.execPath, [...flags, script, '--scans', times], { env });
  await run('20');
  const { stdout } = await run(scans);
  const resident = stdout.trim().split('\n').map(Number);
  const half = resident.slice(resident.length / 2);
  const [third, last] = [half.slice(0, half.length / 2), half.slice(half.length / 2)];
  const many = Number(scans).toLocaleString('en');
  return [
    {
      what: `memory of a terminal within ${many} scans (RSS)`,
      unit: 'MB',
      target: atMost(150, 'MB', 1),
      values: resident,
    },
    {
      // before that, code is still being compiled
      what: 'of it, grown from the third quarter of them to the last (medians)',
      unit: 'MB',
      target: atMost(3, 'MB', 1),
      values: [median(last) - median(third)],
    },
  ];
}
