import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ReportsTaken, takeReports } from './drivers/assemble-reports.ts';
import { bareSerialport, ownScanner, type WireTimes } from './drivers/pty-times.ts';
import { atMost, median, printTable, type Row } from './figures.ts';

/** The drivers alone: what they add to the wire, what they keep, what they cost while nothing is scanned. */
export async function benchDrivers(): Promise<void> {
  const bare = await bareSerialport(SCANS);
  const own = await ownScanner(SCANS);
  const reports = takeReports();
  printTable([...wire(bare, own), ...assembling(reports), ...(await growth()), ...(await rest())]);
}

const SCANS = 1_000;

function wire(bare: WireTimes, own: WireTimes): Row[] {
  const wireMs = median(bare.ms);
  return [
    {
      what: `PTY → last byte of ${bare.bytes}, an open port with nothing on it`,
      unit: 'ms',
      values: bare.ms,
    },
    { what: `PTY → scan event, ${own.bytes} bytes`, unit: 'ms', values: own.ms },
    {
      what: 'of it beyond the wire (the median above)',
      unit: 'ms',
      target: atMost(2, 'ms', 0.99),
      values: own.ms.map((ms) => Math.max(0, ms - wireMs)),
    },
  ];
}

function assembling({ bytes, reports, ms }: ReportsTaken): Row[] {
  const what = `${reports} HID reports → code of ${bytes} bytes`;
  return [{ what, unit: 'ms', target: atMost(1, 'ms', 0.99), values: ms }];
}

async function growth(): Promise<Row[]> {
  const { scans, hours, heapKb, resources } = await child('day-of-scans.ts');
  const [noon = Number.NaN, midnight = Number.NaN] = [heapKb?.[(hours ?? 0) / 2 - 1], heapKb?.at(-1)];
  return [
    {
      // before that, code is still being compiled
      what: `heap grown in the second half of a simulated day of ${scans} scans, an unplug every hour`,
      unit: 'KB',
      target: atMost(100, 'KB', 1),
      values: [midnight - noon],
    },
    {
      what: 'timers, sockets and files left over by that day',
      unit: '×',
      target: atMost(0, '×', 1),
      values: [resources ?? Number.NaN],
    },
  ];
}

async function rest(): Promise<Row[]> {
  const { percent } = await child('at-rest.ts');
  const what = 'processor at rest: a serial scanner open, another one looked for';
  return [{ what, unit: '%', target: atMost(0.5, '%', 1), values: [percent ?? Number.NaN] }];
}

interface Figures {
  readonly scans?: number;
  readonly hours?: number;
  readonly heapKb?: readonly number[];
  readonly resources?: number;
  readonly percent?: number;
}

/** In a process of its own, so that nothing else is counted. */
async function child(script: string): Promise<Figures> {
  const file = fileURLToPath(new URL(`drivers/${script}`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', file]);
  return JSON.parse(stdout);
}
