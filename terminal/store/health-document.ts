import type Database from 'better-sqlite3';
import { MAX_HEALTH_BYTES } from '../../licence/wire/terminal-request.ts';

/** The terminal's last word on its own health, as the agent reports it to the city. */
export interface StoredHealth {
  /** unix ms */
  readonly at: number;
  readonly json: string;
}

/** @throws RangeError for a document past MAX_HEALTH_BYTES, and the store's error if it can't be written. */
export function saveHealth(db: Database.Database, at: number, json: string): void {
  const bytes = Buffer.byteLength(json);
  if (bytes > MAX_HEALTH_BYTES) throw new RangeError(`a health document of ${bytes} bytes`);
  db.prepare('INSERT OR REPLACE INTO health (id, at, json) VALUES (1, ?, ?)').run(Math.round(at), json);
}

/** undefined before the first. */
export function readHealth(db: Database.Database): StoredHealth | undefined {
  return db.prepare<[], StoredHealth>('SELECT at, json FROM health').get();
}
