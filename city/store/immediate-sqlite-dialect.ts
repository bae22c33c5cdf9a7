import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, type Driver, SqliteDialect, SqliteDriver } from 'kysely';

/** How long a transaction waits for its turn before it fails. */
const TURN_TIMEOUT_MS = 5000;
/** How often it looks whether the turn has come. */
const TURN_POLL_MS = 4;

export interface ImmediateSqliteConfig {
  readonly database: Database.Database;
}

/**
 * Kysely begins transactions deferred; two processes that both read and then write would then get SQLITE_BUSY at once,
 * whatever the timeout. IMMEDIATE makes the second one wait its turn, and it waits here rather than inside SQLite,
 * whose wait would stop the whole process: its streams, and a transaction of another connection it waits for.
 */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: ImmediateSqliteConfig;

  constructor(config: ImmediateSqliteConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config);
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  readonly #database: Database.Database;

  constructor(config: ImmediateSqliteConfig) {
    super(config);
    this.#database = config.database;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const patience = Number(this.#database.pragma('busy_timeout', { simple: true }));
    const until = performance.now() + TURN_TIMEOUT_MS;
    while (!(await this.#begin(connection, patience, performance.now() >= until))) await sleep(TURN_POLL_MS);
  }

  /** @returns false when it is another's turn, unless this is the last try. */
  async #begin(connection: DatabaseConnection, patience: number, last: boolean): Promise<boolean> {
    this.#database.pragma('busy_timeout = 0');
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
      return true;
    } catch (error) {
      if (last || !(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')))
        throw error;
      return false;
    } finally {
      this.#database.pragma(`busy_timeout = ${patience}`);
    }
  }
}
