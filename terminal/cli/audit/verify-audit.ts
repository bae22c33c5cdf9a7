import type { AuditPosition } from '../../store/audit-log.ts';
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

/** What else knows of the log. */
export interface Witnesses {
  /** Absent where nothing is known of a city. */
  readonly city: SyncReader | undefined;
  /**
   * Given for the store its terminal writes: nothing that the city or the witness know of may be missing there. Another
   * file may be from before the newest epochs. `position` is to be read before the log, which a terminal may be writing.
   */
  readonly current?: { readonly position: AuditPosition | undefined };
}

/**
 * Checks every epoch's chain and what the city has of it, a line for each; then what isn't here.
 *
 * @returns the exit code: 0 where everything holds.
 */
export function verifyAudit(reader: AuditReader, { city, current }: Witnesses, output: VerifyOutput): 0 | 1 {
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
  for (const line of missingWords(reader, epochs, { city, ...(current && { current }) })) {
    output.say(line);
    whole = false;
  }
  output.say(
    `${count(rows, 'row')} in ${count(epochs.length, 'epoch')}; ${whole ? 'every chain holds' : 'NOT EVERYTHING HOLDS'}`,
  );
  return whole ? 0 : 1;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** What is to be here by what others know, and isn't, or is here and shouldn't be. */
function missingWords(
  reader: AuditReader,
  epochs: readonly AuditEpoch[],
  { city, current }: Witnesses,
): string[] {
  const words = strayWords(reader);
  if (!current) return words;
  const here = new Set(epochs.map(({ epoch }) => hex(epoch)));
  for (const { epoch, seq } of city?.watermarks() ?? []) {
    if (!here.has(hex(epoch))) words.push(`epoch ${hex(epoch)}: NOT HERE; the city has it up to row ${seq}`);
  }
  const { position } = current;
  const written = position && epochs.find(({ epoch }) => hex(epoch) === hex(position.epoch));
  if (position && (written?.lastSeq ?? 0) < position.seq) {
    words.push(`epoch ${hex(position.epoch)}: WAS WRITTEN UP TO ROW ${position.seq}, says audit.witness`);
  } else if (position && differs(reader.headAt(position.epoch, position.seq), position.head)) {
    words.push(`epoch ${hex(position.epoch)}: ROW ${position.seq} IS ANOTHER ONE, says audit.witness`);
  }
  return words;
}

function differs(here: Uint8Array | undefined, there: Uint8Array): boolean {
  return here !== undefined && Buffer.compare(here, there) !== 0;
}

function strayWords(reader: AuditReader): string[] {
  try {
    const stray = reader.strayRows();
    return stray === 0 ? [] : [`ROWS OF NO EPOCH, or that hold what no row does: ${stray}`];
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return [`CAN'T BE READ TO THE END: ${error.message}`];
  }
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
    case 'fewer-than-removed':
      return `ROWS UP TO ${comparison.removed} REMOVED THAT THE CITY NEVER HAD: it has up to ${comparison.seq}`;
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
