import { chainStart } from '../../licence/audit/row.ts';
import type { Clock } from '../clock.ts';
import type { CityDatabase, CityTransaction } from '../store/city-tables.ts';
import { isForked, keepFork } from './fork-rows.ts';
import type { ChainedBatch, ChainedRow } from './read-batch.ts';

/** Up to where the city durably holds an epoch. */
export interface AuditPosition {
  /** 0 when it holds none. */
  readonly seq: number;
  /** Chain head after that row. */
  readonly head: Uint8Array;
}

/** What became of a batch; the position is what the city holds after it. */
export interface Intake extends AuditPosition {
  /** `fork-full`: forked, and nothing of it was kept because too much is. */
  readonly outcome: 'held' | 'gap' | 'forked' | 'fork-full';
}

/**
 * Takes audit rows in, exactly once in effect: rows held already are passed over, rows that follow are appended, and
 * rows that differ from those held under their numbers are kept beside them and flag the terminal. Once an epoch has
 * such rows, those beyond the city's chain are kept beside it too: they follow a fork whose numbers the city can't ask
 * for. One transaction per batch, committed before this returns, so a receipt made from it is true.
 */
export class AuditIntake {
  readonly #database: CityDatabase;
  readonly #clock: Clock;

  constructor(database: CityDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async take(batch: ChainedBatch): Promise<Intake> {
    return await this.#database.transaction().execute(async (trx) => {
      const held = await position(trx, batch);
      const [first] = batch.rows;
      const beyond = first.seq > held.seq + 1;
      if (beyond && !(await isForked(trx, batch))) return { outcome: 'gap', ...held };
      const differing = beyond ? 0 : await firstDiffering(trx, batch, held);
      if (differing !== undefined) {
        const fork = await keepFork(trx, batch, batch.rows.slice(differing), this.#clock.now());
        return { outcome: fork === 'kept' ? 'forked' : 'fork-full', ...held };
      }
      const fresh = batch.rows.filter((row) => row.seq > held.seq);
      const last = fresh.at(-1);
      if (!last) return { outcome: 'held', ...held };
      await this.#append(trx, batch, fresh, last);
      return { outcome: 'held', seq: last.seq, head: last.head };
    });
  }

  async #append(
    trx: CityTransaction,
    batch: ChainedBatch,
    rows: readonly ChainedRow[],
    last: ChainedRow,
  ): Promise<void> {
    await trx.insertInto('audit_row').values(this.#toRows(batch, rows)).execute();
    await trx
      .insertInto('audit_epoch')
      .values({
        terminal_id: batch.terminalId,
        epoch: batch.epoch,
        seq: last.seq,
        head: last.head,
        opened_at: this.#clock.now(),
      })
      .onConflict((oc) =>
        oc.columns(['terminal_id', 'epoch']).doUpdateSet({ seq: last.seq, head: last.head }),
      )
      .execute();
  }

  #toRows({ terminalId, epoch }: ChainedBatch, rows: readonly ChainedRow[]) {
    const received_at = this.#clock.now();
    return rows.map((row) => ({ terminal_id: terminalId, epoch, ...row, received_at }));
  }
}

async function position(trx: CityTransaction, { terminalId, epoch }: ChainedBatch): Promise<AuditPosition> {
  const row = await trx
    .selectFrom('audit_epoch')
    .select(['seq', 'head'])
    .where('terminal_id', '=', terminalId)
    .where('epoch', '=', epoch)
    .executeTakeFirst();
  return row ?? { seq: 0, head: chainStart(terminalId, epoch) };
}

/** Index of the first row that can't stand where the city's chain is, undefined where all of them can. */
async function firstDiffering(
  trx: CityTransaction,
  batch: ChainedBatch,
  held: AuditPosition,
): Promise<number | undefined> {
  const [first] = batch.rows;
  const heads = await heldHeads(trx, batch, first.seq - 1, held.seq);
  const before = heads.get(first.seq - 1);
  // row 1 has its head from the batch's being one
  if (first.seq > 1 && (!before || Buffer.compare(before, batch.head) !== 0)) return 0;
  const at = batch.rows.findIndex((row) => {
    const known = heads.get(row.seq);
    return known !== undefined && Buffer.compare(known, row.head) !== 0;
  });
  return at < 0 ? undefined : at;
}

async function heldHeads(
  trx: CityTransaction,
  { terminalId, epoch, rows }: ChainedBatch,
  from: number,
  to: number,
): Promise<ReadonlyMap<number, Uint8Array>> {
  const found = await trx
    .selectFrom('audit_row')
    .select(['seq', 'head'])
    .where('terminal_id', '=', terminalId)
    .where('epoch', '=', epoch)
    .where('seq', '>=', from)
    .where('seq', '<=', Math.min(to, from + rows.length))
    .execute();
  return new Map(found.map(({ seq, head }) => [seq, head]));
}
