import type Database from 'better-sqlite3';
import { chainNext, encodeRow, MAX_ROW_BYTES } from '../../licence/audit/row.ts';
import type { CborMap } from '../../licence/cbor/decode.ts';
import type { HolderProof } from '../../licence/verdict.ts';
import { allEpochs, beginEpoch, type Epoch } from './audit-epochs.ts';
import { noteAcknowledged, pruneAcknowledged } from './audit-retention.ts';
import { AUDIT_MIGRATIONS } from './audit-schema.ts';
import { openDatabase } from './open-database.ts';
import type { Watermark } from './sync-store.ts';

export interface AuditEvent {
  readonly event: string;
  readonly unixMs: number;
  readonly public: CborMap;
  readonly sealed: Uint8Array | null;
}

/** Where a row stands: its epoch, its number and the chain head after it. */
export interface AuditPosition {
  readonly epoch: Uint8Array;
  readonly seq: number;
  readonly head: Uint8Array;
}

/**
 * The writing side of the audit log in an open database: a hash chain of rows, durable when `append` returns. Lives in
 * one file with the replay memory, so that a proof is used up in the same transaction that says so. `AuditStore` looks
 * after the file.
 */
export class AuditLog {
  readonly #db: Database.Database;
  readonly #terminalId: Uint8Array;
  readonly #write: Database.Transaction<(row: NewRow, used: HolderProof | undefined) => void>;
  readonly #isUsed: Database.Statement<[Uint8Array]>;
  #epoch: Epoch;
  #seq: number;
  #head: Uint8Array;

  /** Begins the first epoch where the database has none. */
  constructor(db: Database.Database, terminalId: Uint8Array) {
    this.#db = db;
    this.#terminalId = terminalId;
    const last = allEpochs(db).at(-1) ?? beginEpoch(db, terminalId);
    const row = db
      .prepare<[number], { seq: number; head: Uint8Array }>(
        'SELECT seq, head FROM row WHERE epoch_n = ? ORDER BY seq DESC LIMIT 1',
      )
      .get(last.n);
    this.#epoch = last;
    this.#seq = row?.seq ?? last.prunedSeq;
    this.#head = row?.head ?? last.prunedHead;
    this.#write = writer(db);
    this.#isUsed = db.prepare('SELECT 1 FROM used_proof WHERE hash = ?');
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

  /** Of the last row; before the first, where the chain starts. */
  get position(): AuditPosition {
    return { epoch: this.epoch, seq: this.#seq, head: this.#head };
  }

  /** Every epoch this store ever began, oldest first. */
  epochs(): Uint8Array[] {
    return allEpochs(this.#db).map(({ epoch }) => epoch);
  }

  /**
   * Writes the next row and, if given, uses up a holder proof: both or neither, on disk when this returns.
   *
   * @throws the store's error if it can't be written; nothing is then changed.
   */
  append(event: AuditEvent, used?: HolderProof): AuditPosition {
    const seq = this.#seq + 1;
    const bytes = encodeRow({ terminalId: this.#terminalId, epoch: this.epoch, seq, ...event });
    const head = chainNext(this.#head, bytes);
    this.#write.immediate({ n: this.#epoch.n, seq, unixMs: event.unixMs, bytes, head }, used);
    this.#seq = seq;
    this.#head = head;
    return this.position;
  }

  /** Writes a row of the largest size durably, and takes it back in the same transaction. @throws as `append` would. */
  probe(): void {
    const next = this.#seq + 1;
    this.#db
      .transaction(() => {
        this.#db
          .prepare(
            'INSERT INTO row (epoch_n, seq, unix_ms, bytes, head) VALUES (?, ?, 0, zeroblob(?), zeroblob(32))',
          )
          .run(this.#epoch.n, next, MAX_ROW_BYTES);
        this.#db.prepare('DELETE FROM row WHERE epoch_n = ? AND seq = ?').run(this.#epoch.n, next);
      })
      .immediate();
  }

  alreadyUsed(proofHash: Uint8Array): boolean {
    return this.#isUsed.get(proofHash) !== undefined;
  }

  /** The time of the last row ever written, unix ms; 0 before the first. */
  lastUnixMs(): number {
    return newestRow(this.#db)?.unixMs ?? 0;
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
    this.beginEpoch();
    return true;
  }

  /** Ends the chain where it is; the next row is number 1 of another. */
  beginEpoch(): void {
    const begun = beginEpoch(this.#db, this.#terminalId);
    this.#epoch = begun;
    this.#seq = 0;
    this.#head = begun.prunedHead;
  }

  /** As `noteAcknowledged` of audit-retention.ts. */
  noteAcknowledged(watermark: Watermark, signedMs: number): void {
    noteAcknowledged(this.#db, watermark, signedMs);
  }

  /** As `pruneAcknowledged` of audit-retention.ts. @returns how many rows went. */
  prune(signedMs: number): number {
    return pruneAcknowledged(this.#db, signedMs);
  }

  close(): void {
    this.#db.close();
  }
}

/** The row written last, whatever its epoch; undefined for a log without rows. */
export function newestRow(db: Database.Database): { unixMs: number; bytes: Uint8Array } | undefined {
  return db
    .prepare<[], { unixMs: number; bytes: Uint8Array }>(
      'SELECT unix_ms AS unixMs, bytes FROM row ORDER BY epoch_n DESC, seq DESC LIMIT 1',
    )
    .get();
}

interface NewRow {
  readonly n: number;
  readonly seq: number;
  readonly unixMs: number;
  readonly bytes: Uint8Array;
  readonly head: Uint8Array;
}

function writer(db: Database.Database) {
  // columns by name: a later release may have added some
  const insertRow = db.prepare(
    'INSERT INTO row (epoch_n, seq, unix_ms, bytes, head) VALUES (@n, @seq, @unixMs, @bytes, @head)',
  );
  const insertProof = db.prepare('INSERT INTO used_proof (hash, until) VALUES (?, ?)');
  return db.transaction((row: NewRow, used: HolderProof | undefined) => {
    insertRow.run(row);
    if (used) insertProof.run(used.hash, used.until);
  });
}
