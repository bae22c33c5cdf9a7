import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { chainNext, chainStart, encodeRow, MAX_ROW_BYTES } from '../../licence/audit/row.ts';
import type { CborMap } from '../../licence/cbor/decode.ts';
import type { HolderProof } from '../../licence/verdict.ts';
import { EPOCH_BYTES } from '../../licence/wire/label.ts';
import { AUDIT_MIGRATIONS } from './audit-schema.ts';
import { openDatabase } from './open-database.ts';
import type { Watermark } from './sync-store.ts';

export interface AuditEvent {
  readonly event: string;
  readonly unixMs: number;
  readonly public: CborMap;
  readonly sealed: Uint8Array | null;
}

/** 网络安全法 asks for six months; rows are kept at least this long, and until the city has them. */
export const RETENTION_MS = 184 * 24 * 60 * 60_000;
/** Rows removed in one transaction, so that pruning never delays a scan noticeably. */
export const PRUNE_AT_MOST = 1000;

/**
 * The writing side of the audit log: a hash chain of rows, durable when `append` returns. Lives in one file with the
 * replay memory, so that a proof is used up in the same transaction that says so.
 */
export class AuditLog {
  readonly #db: Database.Database;
  readonly #terminalId: Uint8Array;
  #epoch: { readonly n: number; readonly epoch: Uint8Array };
  #seq: number;
  #head: Uint8Array;

  private constructor(db: Database.Database, terminalId: Uint8Array) {
    this.#db = db;
    this.#terminalId = terminalId;
    const last = lastEpoch(db) ?? insertEpoch(db, terminalId);
    const row = db
      .prepare<[number], { seq: number; head: Uint8Array }>(
        'SELECT seq, head FROM row WHERE epoch_n = ? ORDER BY seq DESC LIMIT 1',
      )
      .get(last.n);
    this.#epoch = last;
    this.#seq = row?.seq ?? last.prunedSeq;
    this.#head = row?.head ?? last.prunedHead;
  }

  static open(path: string, terminalId: Uint8Array): AuditLog {
    return new AuditLog(openDatabase(path, AUDIT_MIGRATIONS), terminalId);
  }

  get epoch(): Uint8Array {
    return this.#epoch.epoch;
  }

  /** seq of the last row; 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  /** Every epoch this store ever began, oldest first. */
  epochs(): Uint8Array[] {
    return this.#db
      .prepare<[], { epoch: Uint8Array }>('SELECT epoch FROM epoch ORDER BY n')
      .all()
      .map(({ epoch }) => epoch);
  }

  /**
   * Writes the next row and, if given, uses up a holder proof: both or neither, on disk when this returns.
   *
   * @throws the store's error if it can't be written; nothing is then changed.
   */
  append(event: AuditEvent, used?: HolderProof): void {
    const seq = this.#seq + 1;
    const bytes = encodeRow({ terminalId: this.#terminalId, epoch: this.epoch, seq, ...event });
    const head = chainNext(this.#head, bytes);
    this.#db
      .transaction(() => {
        this.#db
          .prepare('INSERT INTO row VALUES (?, ?, ?, ?, ?)')
          .run(this.#epoch.n, seq, event.unixMs, bytes, head);
        if (used) this.#db.prepare('INSERT INTO used_proof VALUES (?, ?)').run(used.hash, used.until);
      })
      .immediate();
    this.#seq = seq;
    this.#head = head;
  }

  /** Writes a row of the largest size durably, and takes it back in the same transaction. @throws as `append` would. */
  probe(): void {
    const next = this.#seq + 1;
    this.#db
      .transaction(() => {
        this.#db
          .prepare('INSERT INTO row VALUES (?, ?, 0, zeroblob(?), zeroblob(32))')
          .run(this.#epoch.n, next, MAX_ROW_BYTES);
        this.#db.prepare('DELETE FROM row WHERE epoch_n = ? AND seq = ?').run(this.#epoch.n, next);
      })
      .immediate();
  }

  alreadyUsed(proofHash: Uint8Array): boolean {
    return this.#db.prepare('SELECT 1 FROM used_proof WHERE hash = ?').get(proofHash) !== undefined;
  }

  /** The time of the last row ever written, unix ms; 0 before the first. */
  lastUnixMs(): number {
    const last = this.#db
      .prepare<[], { unixMs: number }>(
        'SELECT unix_ms AS unixMs FROM row ORDER BY epoch_n DESC, seq DESC LIMIT 1',
      )
      .get();
    return last?.unixMs ?? 0;
  }

  /** Forgets proofs that can't be fresh any more. @param unixMs a time the city signed. */
  forgetProofs(unixMs: number): void {
    this.#db.prepare('DELETE FROM used_proof WHERE until < ?').run(unixMs);
  }

  /**
   * Begins a new epoch when the city holds rows of this one that this store doesn't (a restored or cloned disk): the
   * numbers were used for other rows before. @returns whether it did.
   */
  heed(watermark: Watermark | undefined): boolean {
    if (!watermark || (watermark.seq <= this.#seq && !watermark.forked)) return false;
    const begun = insertEpoch(this.#db, this.#terminalId);
    this.#epoch = begun;
    this.#seq = 0;
    this.#head = begun.prunedHead;
    return true;
  }

  /**
   * Removes rows the city has (up to the watermark, whose head must be that row's own) that are older than the retention time, from the oldest on. Stops
   * at the first young one, so that what is left is always one unbroken chain, even where the clock once jumped.
   *
   * @returns how many.
   */
  prune(watermark: Watermark, unixMs: number): number {
    return this.#db
      .transaction(() => {
        if (!this.#isOurs(watermark)) return 0;
        const oldest = this.#db
          .prepare<[Uint8Array, number, number], PrunableRow>(
            `SELECT epoch_n AS n, seq, unix_ms AS unixMs, head FROM row
             WHERE epoch_n = (SELECT n FROM epoch WHERE epoch = ?) AND seq <= ? ORDER BY seq LIMIT ?`,
          )
          .all(watermark.epoch, watermark.seq, PRUNE_AT_MOST);
        const young = oldest.findIndex((row) => row.unixMs >= unixMs - RETENTION_MS);
        const last = oldest.at(young < 0 ? -1 : young - 1);
        if (!last || young === 0) return 0;
        this.#db
          .prepare('UPDATE epoch SET pruned_seq = ?, pruned_head = ? WHERE n = ?')
          .run(last.seq, last.head, last.n);
        return this.#db.prepare('DELETE FROM row WHERE epoch_n = ? AND seq <= ?').run(last.n, last.seq)
          .changes;
      })
      .immediate();
  }

  /** Of a forked epoch the city's head is that of its own rows, so there is nothing to compare. */
  #isOurs({ epoch, seq, head, forked }: Watermark): boolean {
    if (forked) return true;
    const row = this.#db
      .prepare<[Uint8Array, number], { head: Uint8Array }>(
        'SELECT head FROM row WHERE epoch_n = (SELECT n FROM epoch WHERE epoch = ?) AND seq = ?',
      )
      .get(epoch, seq);
    return row !== undefined && Buffer.compare(row.head, head) === 0;
  }

  close(): void {
    this.#db.close();
  }
}

interface PrunableRow {
  readonly n: number;
  readonly seq: number;
  readonly unixMs: number;
  readonly head: Uint8Array;
}

interface Epoch {
  readonly n: number;
  readonly epoch: Uint8Array;
  readonly prunedSeq: number;
  readonly prunedHead: Uint8Array;
}

function lastEpoch(db: Database.Database): Epoch | undefined {
  return db
    .prepare<[], Epoch>(
      'SELECT n, epoch, pruned_seq AS prunedSeq, pruned_head AS prunedHead FROM epoch ORDER BY n DESC LIMIT 1',
    )
    .get();
}

function insertEpoch(db: Database.Database, terminalId: Uint8Array): Epoch {
  const epoch = new Uint8Array(randomBytes(EPOCH_BYTES));
  const prunedHead = chainStart(terminalId, epoch);
  const { lastInsertRowid } = db
    .prepare('INSERT INTO epoch (epoch, pruned_head) VALUES (?, ?)')
    .run(epoch, prunedHead);
  return { n: Number(lastInsertRowid), epoch, prunedSeq: 0, prunedHead };
}
