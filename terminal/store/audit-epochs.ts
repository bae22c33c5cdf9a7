import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { chainStart } from '../../licence/audit/row.ts';
import { EPOCH_BYTES } from '../../licence/wire/label.ts';

/** One unbroken chain of the audit log. */
export interface Epoch {
  /** Its number in this file, in the order they began. */
  readonly n: number;
  readonly epoch: Uint8Array;
  /** Rows up to this one were pruned; 0 while none were. */
  readonly prunedSeq: number;
  /** Chain head after that row: what the rows left go on from. */
  readonly prunedHead: Uint8Array;
}

/** Every epoch this store ever began, oldest first; the last one is being written. */
export function allEpochs(db: Database.Database): Epoch[] {
  return db
    .prepare<[], Epoch>(
      // a damaged file may hold anything, and is read once more when it is set aside
      `SELECT n, epoch, pruned_seq AS prunedSeq, pruned_head AS prunedHead FROM epoch
       WHERE typeof(epoch) = 'blob' AND typeof(pruned_head) = 'blob' ORDER BY n`,
    )
    .all();
}

/** Begins a new chain under a new random name; durable when this returns. */
export function beginEpoch(db: Database.Database, terminalId: Uint8Array): Epoch {
  const epoch = new Uint8Array(randomBytes(EPOCH_BYTES));
  const prunedHead = chainStart(terminalId, epoch);
  const { lastInsertRowid } = db
    .prepare('INSERT INTO epoch (epoch, pruned_head) VALUES (?, ?)')
    .run(epoch, prunedHead);
  return { n: Number(lastInsertRowid), epoch, prunedSeq: 0, prunedHead };
}
