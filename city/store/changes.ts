import type { Clock } from '../clock.ts';
import type { ChangeKind, CityDatabase, CityTransaction } from './city-tables.ts';

/** Something terminals may be told of: a list's uri, a terminal's id in hex, or '' where there is nothing to name. */
export interface Change {
  readonly kind: ChangeKind;
  readonly name: string;
}

/** How often every server process looks for what others have changed. */
export const CHANGE_POLL_MS = 200;
/** A server process that slept longer than this has lost its streams anyway. */
const KEEP_CHANGES_MS = 60 * 60_000;
/** Changes read at one look; the rest follows at the next. */
const MAX_CHANGES_PER_POLL = 500;

/** Notes a change as part of the write that makes it: it becomes visible exactly when the write does. */
export async function recordChange(trx: CityTransaction, change: Change, at: number): Promise<void> {
  await trx.insertInto('change').values({ kind: change.kind, name: change.name, at }).execute();
}

/** The channel between processes on one data folder: a table each of them reads on. */
export class Changes {
  readonly #database: CityDatabase;
  readonly #clock: Clock;

  constructor(database: CityDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Calls `told` with what was changed from now on, by any process. @returns what ends it. */
  async watch(
    told: (changes: readonly Change[]) => void,
    failed: (error: unknown) => void,
  ): Promise<() => void> {
    let last = await this.#lastId();
    let timer: NodeJS.Timeout | undefined;
    let ended = false;
    const poll = async (): Promise<void> => {
      try {
        const changes = await this.#after(last);
        last = changes.at(-1)?.id ?? last;
        if (changes.length > 0 && !ended) told(changes);
      } catch (error) {
        if (!ended) failed(error);
      }
      if (!ended) timer = setTimeout(() => void poll(), CHANGE_POLL_MS);
    };
    timer = setTimeout(() => void poll(), CHANGE_POLL_MS);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }

  async prune(): Promise<void> {
    await this.#database
      .deleteFrom('change')
      .where('at', '<', this.#clock.now() - KEEP_CHANGES_MS)
      .execute();
  }

  async #lastId(): Promise<number> {
    const row = await this.#database
      .selectFrom('change')
      .select(({ fn }) => fn.max('id').as('id'))
      .executeTakeFirst();
    return row?.id ?? 0;
  }

  async #after(id: number): Promise<(Change & { readonly id: number })[]> {
    return await this.#database
      .selectFrom('change')
      .select(['id', 'kind', 'name'])
      .where('id', '>', id)
      .orderBy('id')
      .limit(MAX_CHANGES_PER_POLL)
      .execute();
  }
}
