import type Database from 'better-sqlite3';
import { AUDIT_MIGRATIONS } from './audit-schema.ts';
import { readHealth, type StoredHealth } from './health-document.ts';
import { openReader } from './open-database.ts';

export interface AuditEpoch {
  readonly epoch: Uint8Array;
  /** Last row's seq, 0 for an empty epoch. */
  readonly lastSeq: number;
  /** Rows up to this one were pruned; 0 while none were. */
  readonly prunedSeq: number;
}

export interface StoredRow {
  readonly seq: number;
  readonly bytes: Uint8Array;
  /** Chain head after this row. */
  readonly head: Uint8Array;
}

const MAX_SEQ = Number.MAX_SAFE_INTEGER;
/** A file that was tampered with may hold anything; what isn't a row counts as missing. */
const IS_ROW = `typeof(seq) = 'integer' AND seq BETWEEN 1 AND ${MAX_SEQ}
  AND typeof(bytes) = 'blob' AND typeof(head) = 'blob'`;

/** The reading side of `audit.db`, for the agent that pushes it and for the command line. */
export class AuditReader {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** undefined while the terminal hasn't made the store. */
  static open(path: string): AuditReader | undefined {
    const db = openReader(path, AUDIT_MIGRATIONS);
    return db && new AuditReader(db);
  }

  /** Changes whenever another process has committed. */
  dataVersion(): number {
    return Number(this.#db.pragma('data_version', { simple: true }));
  }

  /** Oldest first; the last one is being written. */
  epochs(): AuditEpoch[] {
    return this.#db
      .prepare<[], AuditEpoch>(
        `SELECT epoch, pruned_seq AS prunedSeq,
           coalesce((SELECT max(seq) FROM row WHERE epoch_n = n AND seq <= ${MAX_SEQ}), pruned_seq) AS lastSeq
         FROM epoch ORDER BY n`,
      )
      .all();
  }

  /** How many rows are of no epoch, or hold what no row does; reads every row. */
  strayRows(): number {
    const stray = this.#db
      .prepare<[], { rows: number }>(
        `SELECT count(*) AS rows FROM row WHERE epoch_n NOT IN (SELECT n FROM epoch) OR NOT (${IS_ROW})`,
      )
      .get();
    return stray?.rows ?? 0;
  }

  /** Rows after `seq`, in order, at most `limit`. */
  rowsAfter(epoch: Uint8Array, seq: number, limit: number): StoredRow[] {
    return this.#db
      .prepare<[Uint8Array, number, number], StoredRow>(
        `SELECT seq, bytes, head FROM row
         WHERE epoch_n = (SELECT n FROM epoch WHERE epoch = ?) AND seq > ? AND ${IS_ROW} ORDER BY seq LIMIT ?`,
      )
      .all(epoch, seq, limit);
  }

  /** Rows before `seq`, the last one first, at most `limit`. */
  rowsBefore(epoch: Uint8Array, seq: number, limit: number): StoredRow[] {
    return this.#db
      .prepare<[Uint8Array, number, number], StoredRow>(
        `SELECT seq, bytes, head FROM row
         WHERE epoch_n = (SELECT n FROM epoch WHERE epoch = ?) AND seq < ? AND ${IS_ROW}
         ORDER BY seq DESC LIMIT ?`,
      )
      .all(epoch, seq, limit);
  }

  /** Chain head after row `seq`; undefined when that row isn't here (not written, or pruned before the last pruned one). */
  headAt(epoch: Uint8Array, seq: number): Uint8Array | undefined {
    return this.#db
      .prepare<{ epoch: Uint8Array; seq: number }, { head: Uint8Array }>(
        `SELECT head FROM row WHERE epoch_n = (SELECT n FROM epoch WHERE epoch = @epoch) AND seq = @seq
         UNION ALL SELECT pruned_head FROM epoch WHERE epoch = @epoch AND pruned_seq = @seq`,
      )
      .get({ epoch, seq })?.head;
  }

  /** The terminal's last health document; undefined before the first. */
  health(): StoredHealth | undefined {
    return readHealth(this.#db);
  }

  close(): void {
    this.#db.close();
  }
}
