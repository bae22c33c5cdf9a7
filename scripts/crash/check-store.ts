import { chainNext, decodeRow } from '../../licence/audit/row.ts';
import type { StoredRow } from '../../terminal/store/audit-reader.ts';
import type { Told } from './child-line.ts';
import { type Found, type FoundEpoch, hexOf, type Position } from './read-store.ts';

/** A promise of the log that a store broke. */
export interface Finding {
  readonly promise: keyof typeof PROMISES;
  readonly detail: string;
}

export const PROMISES = {
  lost: 'an acknowledged row is there',
  changed: 'an acknowledged row is there as it was acknowledged',
  doubled: 'a scan has one row',
  reordered: 'rows stand in the order of the scans, and were acknowledged in it',
  gap: 'seqs leave none out',
  chain: 'each head follows from the head before it and the row',
  epochs: 'a cut begins no new epoch',
  unheard: 'a cut leaves at most one row that nobody was told of',
  proofs: 'a holder proof is used up exactly where its row is there',
  news: 'a store that was cut off has nothing to report',
} as const;

/** How far a store has been checked, and what was there until then. */
export interface Checked {
  readonly until: Position | undefined;
  /** Accepted rows, each of which uses up a proof. */
  readonly accepted: number;
  readonly lastScan: ScanNumber;
}

export const NOTHING_CHECKED: Checked = { until: undefined, accepted: 0, lastScan: { run: 0, scan: 0 } };

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly checked: Checked;
  /** Rows nobody was told of. */
  readonly unheard: number;
}

/**
 * Compares what a store holds after `checked` with what was acknowledged after it.
 *
 * @param cuts how often it was cut off meanwhile.
 */
export function checkStore(
  told: readonly Told[],
  found: Found,
  cuts: number,
  checked: Checked = NOTHING_CHECKED,
): CheckResult {
  const findings: Finding[] = [];
  const find = (promise: Finding['promise'], detail: string) => findings.push({ promise, detail });
  if (found.epochs.length > 1) find('epochs', `${found.epochs.length} epochs`);

  const rows = new Map<string, ReadRow>();
  for (const epoch of found.epochs) {
    for (const row of followChain(epoch, find)) rows.set(`${epoch.epoch} ${row.seq}`, row);
  }
  const lastScan = followScans([...rows.values()], checked.lastScan, find);

  let before: Told | undefined;
  for (const one of told) {
    const { scan, epoch, seq, head, proof } = one;
    const row = rows.get(`${epoch} ${seq}`);
    if (!row) find('lost', `scan ${scan}, row ${seq}`);
    else if (row.head !== head || row.scan !== scan) {
      find('changed', `row ${seq} is of scan ${row.scan}, was acknowledged for scan ${scan}`);
    }
    if (before?.epoch === epoch && seq <= before.seq) {
      find('reordered', `row ${seq} was acknowledged after row ${before.seq}`);
    }
    before = one;
    if (proof !== undefined && !found.proofs.has(proof))
      find('proofs', `that of scan ${scan} can be used again`);
  }

  const heard = new Set(told.map(({ epoch, seq }) => `${epoch} ${seq}`));
  const unheard = [...rows.keys()].filter((key) => !heard.has(key)).length;
  if (unheard > cuts) find('unheard', `${unheard} rows after ${cuts} cuts`);

  const accepted = checked.accepted + [...rows.values()].filter((row) => row.accepted).length;
  if (found.proofs.size !== accepted) {
    find('proofs', `${found.proofs.size} proofs used up, ${accepted} accepted rows`);
  }
  return { findings, unheard, checked: { until: endOf(found) ?? checked.until, accepted, lastScan } };
}

interface ReadRow {
  readonly seq: number;
  /** hex */
  readonly head: string;
  /** Which scan it is of, as the child numbered it. */
  readonly scan: string;
  readonly accepted: boolean;
}

type Find = (promise: Finding['promise'], detail: string) => void;

function followChain({ from, rows }: FoundEpoch, find: Find): ReadRow[] {
  let last: Pick<StoredRow, 'seq' | 'head'> = from;
  return rows.map((row) => {
    if (row.seq !== last.seq + 1) find('gap', `row ${row.seq} follows row ${last.seq}`);
    if (Buffer.compare(chainNext(last.head, row.bytes), row.head) !== 0) find('chain', `row ${row.seq}`);
    last = row;
    const read = decodeRow(row.bytes);
    if (read?.seq !== row.seq) find('chain', `row ${row.seq} says it is row ${read?.seq}`);
    return {
      seq: row.seq,
      head: hexOf(row.head),
      scan: String(read?.public.get('device')),
      accepted: read?.public.get('outcome') === 'accepted',
    };
  });
}

/** A scan is numbered by the run of the child and within it. */
export interface ScanNumber {
  readonly run: number;
  readonly scan: number;
}

function followScans(rows: readonly ReadRow[], before: ScanNumber, find: Find): ScanNumber {
  let last = before;
  const seen = new Set<string>();
  for (const { seq, scan } of rows) {
    const number = scanNumber(scan);
    if (seen.has(scan) || isSame(number, last)) find('doubled', `scan ${scan} again in row ${seq}`);
    else if (!isLater(number, last))
      find('reordered', `scan ${scan} in row ${seq} after scan ${textOf(last)}`);
    seen.add(scan);
    last = number;
  }
  return last;
}

function scanNumber(text: string): ScanNumber {
  const [run = Number.NaN, scan = Number.NaN] = text.split('.').map(Number);
  return { run, scan };
}

export function textOf({ run, scan }: ScanNumber): string {
  return `${run}.${scan}`;
}

function isSame(one: ScanNumber, other: ScanNumber): boolean {
  return one.run === other.run && one.scan === other.scan;
}

function isLater(one: ScanNumber, other: ScanNumber): boolean {
  return one.run > other.run || (one.run === other.run && one.scan > other.scan);
}

function endOf({ epochs }: Found): Position | undefined {
  const last = epochs.at(-1);
  const row = last?.rows.at(-1);
  return last && row ? { epoch: last.epoch, seq: row.seq, head: row.head } : last?.from;
}
