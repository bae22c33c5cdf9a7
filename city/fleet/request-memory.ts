import { REQUEST_WINDOW_SECONDS } from '../../licence/wire/terminal-request.ts';
import type { Clock } from '../clock.ts';
import type { CityDatabase } from '../store/city-tables.ts';

/** An id must be remembered as long as its iat could still be taken: from one end of the window to the other. */
const REMEMBER_MS = 2 * REQUEST_WINDOW_SECONDS * 1000;

/** Ids of terminal requests, in the store because several server processes may share it. */
export class RequestMemory {
  readonly #database: CityDatabase;
  readonly #clock: Clock;

  constructor(database: CityDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** @returns false for an id this terminal has used before. */
  async remember(terminalId: Uint8Array, id: Uint8Array): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#database
      .insertInto('request')
      .values({ terminal_id: terminalId, id, until: this.#clock.now() + REMEMBER_MS })
      .onConflict((oc) => oc.columns(['terminal_id', 'id']).doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  async prune(): Promise<void> {
    await this.#database.deleteFrom('request').where('until', '<', this.#clock.now()).execute();
  }
}
