import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { CityDatabase, CityTables } from './city-tables.ts';
import { ImmediateSqliteDialect } from './immediate-sqlite-dialect.ts';
import { SQLITE_STEPS } from './sqlite-schema.ts';

/** How long a single statement waits for another process's write; a write takes a few ms. */
const BUSY_TIMEOUT_MS = 5000;
/** A WAL is cut back to this after a checkpoint, so a burst doesn't keep its size for ever. */
const JOURNAL_SIZE_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Opens `city.db` in the city's data folder, making both if needed (file 0600, folder 0700), and migrates it. The
 * server and any number of commands may have it open at once.
 *
 * `synchronous=FULL` is set at every open: better-sqlite3 falls back to NORMAL under WAL, and a receipt would then be
 * given for rows a power cut can take away.
 *
 * @throws when a newer release has migrated the file.
 */
export function openCityDatabase(folder: string): CityDatabase {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = databasePath(folder);
  // only for a file that isn't there: opening and closing a live database drops SQLite's locks
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT_BYTES}`);
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  migrate(database);
  return new Kysely<CityTables>({ dialect: new ImmediateSqliteDialect({ database }) });
}

export function hasCityDatabase(folder: string): boolean {
  return existsSync(databasePath(folder));
}

function databasePath(folder: string): string {
  return join(folder, 'city.db');
}

function migrate(database: Database.Database): void {
  database
    .transaction(() => {
      const done = Number(database.pragma('user_version', { simple: true }));
      if (done > SQLITE_STEPS.length) throw new Error(`city.db is from a newer release (schema ${done})`);
      for (const step of SQLITE_STEPS.slice(done)) database.exec(step);
      database.pragma(`user_version = ${SQLITE_STEPS.length}`);
    })
    .immediate();
}
