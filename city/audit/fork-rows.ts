import type { CityTransaction } from '../store/city-tables.ts';
import type { ChainedBatch, ChainedRow } from './read-batch.ts';

/**
 * Rows kept beside the chain of one epoch. A cloned disk that was offline for three months at 500 events a day brings
 * fewer; at 4 KiB each they are 200 MB.
 */
export const MAX_FORK_ROWS = 50_000;

/** Whether rows are kept beside this epoch's chain. */
export async function isForked(trx: CityTransaction, { terminalId, epoch }: ChainedBatch): Promise<boolean> {
  const one = await trx
    .selectFrom('audit_fork')
    .select('seq')
    .where('terminal_id', '=', terminalId)
    .where('epoch', '=', epoch)
    .limit(1)
    .executeTakeFirst();
  return one !== undefined;
}

/**
 * Keeps rows of a batch beside the chain and flags the terminal; rows kept already are passed over.
 *
 * @returns `full`, and keeps none of them, when they would be more than MAX_FORK_ROWS.
 */
export async function keepFork(
  trx: CityTransaction,
  batch: ChainedBatch,
  rows: readonly ChainedRow[],
  now: number,
): Promise<'kept' | 'full'> {
  const { terminalId: terminal_id, epoch } = batch;
  const kept = await keptHeads(trx, batch);
  const fresh = rows.filter((row) => !kept.has(keyOf(row)));
  if (fresh.length === 0) return 'kept';
  if ((await count(trx, batch)) + fresh.length > MAX_FORK_ROWS) return 'full';
  await trx
    .insertInto('audit_fork')
    .values(fresh.map((row) => ({ terminal_id, epoch, ...row, received_at: now })))
    .execute();
  await trx
    .updateTable('terminal')
    .set({ forked_at: now })
    .where('id', '=', terminal_id)
    .where('forked_at', 'is', null)
    .execute();
  return 'kept';
}

/** Of the rows kept beside under the numbers of this batch. */
async function keptHeads(
  trx: CityTransaction,
  { terminalId, epoch, rows }: ChainedBatch,
): Promise<ReadonlySet<string>> {
  const [first] = rows;
  const found = await trx
    .selectFrom('audit_fork')
    .select(['seq', 'head'])
    .where('terminal_id', '=', terminalId)
    .where('epoch', '=', epoch)
    .where('seq', '>=', first.seq)
    .where('seq', '<', first.seq + rows.length)
    .execute();
  return new Set(found.map(keyOf));
}

async function count(trx: CityTransaction, { terminalId, epoch }: ChainedBatch): Promise<number> {
  const { n } = await trx
    .selectFrom('audit_fork')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('terminal_id', '=', terminalId)
    .where('epoch', '=', epoch)
    .executeTakeFirstOrThrow();
  return n;
}

function keyOf({ seq, head }: Pick<ChainedRow, 'seq' | 'head'>): string {
  return `${seq} ${Buffer.from(head).toString('hex')}`;
}
