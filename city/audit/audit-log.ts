import { type AuditRow, chainNext, chainStart, decodeRow } from '../../licence/audit/row.ts';
import type { CityDatabase } from '../store/city-tables.ts';

/** One terminal's epoch as the city holds it. */
export interface HeldEpoch {
  readonly terminalId: Uint8Array;
  readonly epoch: Uint8Array;
  readonly seq: number;
  readonly head: Uint8Array;
  /** Rows kept beside the chain: they came under numbers that were taken, or after such rows. */
  readonly forkedRows: number;
}

/** What is stored under one number of an epoch. */
export interface HeldRow {
  readonly seq: number;
  /** unix ms */
  readonly receivedAt: number;
  /** undefined where the store was changed, or an older release took a row that is none today. */
  readonly row: AuditRow | undefined;
}

/** Rows read from the store at a time. */
const PAGE_ROWS = 1000;

/** The reading side of what the intake took in. */
export class AuditLog {
  readonly #database: CityDatabase;

  constructor(database: CityDatabase) {
    this.#database = database;
  }

  /** In the order their first rows came. @param terminalId of one terminal only. */
  async epochs(terminalId?: Uint8Array): Promise<HeldEpoch[]> {
    const rows = await this.#database
      .selectFrom('audit_epoch')
      .selectAll()
      .select((eb) =>
        eb
          .selectFrom('audit_fork')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .whereRef('audit_fork.terminal_id', '=', 'audit_epoch.terminal_id')
          .whereRef('audit_fork.epoch', '=', 'audit_epoch.epoch')
          .as('forked'),
      )
      .$if(terminalId !== undefined, (query) => query.where('terminal_id', '=', terminalId ?? null))
      .orderBy('terminal_id')
      .orderBy('opened_at')
      .execute();
    return rows.map(({ terminal_id, epoch, seq, head, forked }) => ({
      terminalId: terminal_id,
      epoch,
      seq,
      head,
      forkedRows: forked ?? 0,
    }));
  }

  /** An epoch's rows in order. */
  async *rows({ terminalId, epoch }: HeldEpoch): AsyncGenerator<HeldRow> {
    for await (const { bytes, seq, receivedAt } of this.#stored(terminalId, epoch)) {
      yield { seq, receivedAt, row: decodeRow(bytes) };
    }
  }

  /** Whether the stored rows still hash to the stored head; else the number of the first that doesn't fit. */
  async checkChain(
    held: HeldEpoch,
  ): Promise<{ readonly whole: true } | { readonly whole: false; seq: number }> {
    let head = chainStart(held.terminalId, held.epoch);
    let last = 0;
    for await (const row of this.#stored(held.terminalId, held.epoch)) {
      head = chainNext(head, row.bytes);
      if (row.seq !== last + 1 || Buffer.compare(head, row.head) !== 0)
        return { whole: false, seq: last + 1 };
      last = row.seq;
    }
    return last === held.seq && Buffer.compare(head, held.head) === 0
      ? { whole: true }
      : { whole: false, seq: last + 1 };
  }

  async *#stored(terminalId: Uint8Array, epoch: Uint8Array): AsyncGenerator<StoredRow> {
    for (let after = 0; ; ) {
      const page = await this.#database
        .selectFrom('audit_row')
        .select(['seq', 'bytes', 'head', 'received_at as receivedAt'])
        .where('terminal_id', '=', terminalId)
        .where('epoch', '=', epoch)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(PAGE_ROWS)
        .execute();
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE_ROWS) return;
      after = last.seq;
    }
  }
}

interface StoredRow {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly head: Uint8Array;
  readonly receivedAt: number;
}
