import type { AuditEpoch, AuditReader } from '../../store/audit-reader.ts';
import type { SyncReader } from '../../store/sync-store.ts';
import { type CheckedChain, checkChain } from './check-chain.ts';
import { type CityComparison, compareWithCity } from './compare-city.ts';

/** A log longer than this takes seconds: how far the check is, is then said so often. */
export const PROGRESS_EVERY_ROWS = 100_000;

export interface VerifyOutput {
  readonly say: (line: string) => void;
  /** For whoever waits; not part of the answer. */
  readonly progress: (line: string) => void;
}

/**
 * Checks every epoch's chain and what the city has of it, a line for each.
 *
 * @param city absent where nothing is known of a city. @returns the exit code: 0 where everything holds.
 */
export function verifyAudit(reader: AuditReader, city: SyncReader | undefined, output: VerifyOutput): 0 | 1 {
  let whole = true;
  let rows = 0;
  const epochs = reader.epochs();
  for (const epoch of epochs) {
    const checked = checkEpoch(reader, epoch, output, rows);
    const comparison = compareWithCity(reader, epoch, city?.watermark(epoch.epoch));
    rows += checked.rows;
    if (checked.break !== undefined || !agrees(comparison)) whole = false;
    output.say(`epoch ${hex(epoch.epoch)}: ${chainWords(checked)}; ${cityWords(comparison)}`);
  }
  output.say(
    `${rows} rows, epochs: ${epochs.length}; ${whole ? 'every chain holds' : 'NOT EVERYTHING HOLDS'}`,
  );
  return whole ? 0 : 1;
}

/** A file too broken to be read on is a break where the reading ended. */
function checkEpoch(
  reader: AuditReader,
  epoch: AuditEpoch,
  { progress }: VerifyOutput,
  before: number,
): CheckedChain | Unreadable {
  try {
    return checkChain(reader, epoch, (rows) => {
      const done = before + rows;
      if (done % PROGRESS_EVERY_ROWS === 0) progress(`${done} rows checked`);
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { epoch: epoch.epoch, firstSeq: 0, rows: 0, break: { seq: undefined, what: error.message } };
  }
}

interface Unreadable extends Omit<CheckedChain, 'break'> {
  readonly break: { readonly seq: undefined; readonly what: string };
}

function chainWords({ firstSeq, rows, break: broken }: CheckedChain | Unreadable): string {
  if (broken) {
    return broken.seq === undefined
      ? `CAN'T BE READ: ${broken.what}`
      : `BROKEN at row ${broken.seq}: ${broken.what}`;
  }
  return rows === 0 ? 'no rows' : `rows ${firstSeq} to ${firstSeq + rows - 1}, chain whole`;
}

function cityWords(comparison: CityComparison): string {
  switch (comparison.holds) {
    case 'none':
      return 'the city has none of it';
    case 'rows':
      return `the city has it up to row ${comparison.seq}`;
    case 'other-rows':
      return `THE CITY HAS OTHER ROWS up to ${comparison.seq}`;
    case 'more-rows':
      return `THE CITY HAS ROWS UP TO ${comparison.seq}, which are not here`;
    default:
      return comparison satisfies never;
  }
}

function agrees({ holds }: CityComparison): boolean {
  return holds === 'none' || holds === 'rows';
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
