import type Database from 'better-sqlite3';
import { allEpochs, type Epoch } from './audit-epochs.ts';
import type { Watermark } from './sync-store.ts';

/** 网络安全法 asks for six months; rows are kept at least this long after the city had them. */
export const RETENTION_MS = 184 * 24 * 60 * 60_000;
/** Rows removed in one transaction, so that pruning never delays a scan noticeably. */
export const PRUNE_AT_MOST = 1000;
/** One note a day and epoch: half a year takes 185 of them, and no row is kept more than a day too long. */
export const NOTE_EVERY_MS = 24 * 60 * 60_000;

/**
 * Notes that the city has the rows up to the watermark, from which their retention time runs. A watermark whose head
 * isn't that row's own is not about these rows and is passed over.
 *
 * @param signedMs a time the city signed no earlier than it took the rows.
 */
export function noteAcknowledged(db: Database.Database, watermark: Watermark, signedMs: number): void {
  db.transaction(() => {
    const { seq } = watermark;
    const n = ownEpochOf(db, watermark);
    if (n === undefined || seq === 0) return;
    const last = db
      .prepare<[number], { seq: number; unixMs: number }>(
        'SELECT seq, unix_ms AS unixMs FROM acknowledged WHERE epoch_n = ? ORDER BY seq DESC LIMIT 1',
      )
      .get(n);
    // an agent whose store is an old copy has an old time: no note is dated before one there is
    const unixMs = Math.max(signedMs, lastNoteMs(db));
    if (last && (seq <= last.seq || unixMs < last.unixMs + NOTE_EVERY_MS)) return;
    db.prepare('INSERT INTO acknowledged (epoch_n, seq, unix_ms) VALUES (?, ?, ?)').run(n, seq, unixMs);
  }).immediate();
}

/**
 * Removes the oldest rows whose retention time is over, whole runs from the start of an epoch on: what is left is always
 * one unbroken chain, whatever times its rows carry.
 *
 * @param signedMs a time the city signed: what is removed is gone, so no other clock may say that it is old enough.
 * @returns how many, at most PRUNE_AT_MOST.
 */
export function pruneAcknowledged(db: Database.Database, signedMs: number): number {
  return db
    .transaction(() => {
      let left = PRUNE_AT_MOST;
      for (const epoch of allEpochs(db)) {
        if (left > 0) left -= pruneEpoch(db, epoch, signedMs, left);
      }
      return PRUNE_AT_MOST - left;
    })
    .immediate();
}

/** The highest row the city was noted to have, 0 before the first note. */
export function acknowledgedSeq(db: Database.Database, n: number): number {
  const note = db
    .prepare<[number], { seq: number | null }>('SELECT max(seq) AS seq FROM acknowledged WHERE epoch_n = ?')
    .get(n);
  return note?.seq ?? 0;
}

function pruneEpoch(db: Database.Database, { n, prunedSeq }: Epoch, signedMs: number, limit: number): number {
  const due = db
    .prepare<[number, number], { seq: number | null }>(
      'SELECT max(seq) AS seq FROM acknowledged WHERE epoch_n = ? AND unix_ms <= ?',
    )
    .get(n, signedMs - RETENTION_MS)?.seq;
  if (!due || due <= prunedSeq) return 0;
  const last = db
    .prepare<[number, number, number], { seq: number; head: Uint8Array }>(
      `SELECT seq, head FROM (SELECT seq, head FROM row WHERE epoch_n = ? AND seq <= ? ORDER BY seq LIMIT ?)
       ORDER BY seq DESC LIMIT 1`,
    )
    .get(n, due, limit);
  if (!last) return 0;
  db.prepare('UPDATE epoch SET pruned_seq = ?, pruned_head = ? WHERE n = ?').run(last.seq, last.head, n);
  db.prepare('DELETE FROM acknowledged WHERE epoch_n = ? AND seq < ?').run(n, last.seq);
  return db.prepare('DELETE FROM row WHERE epoch_n = ? AND seq <= ?').run(n, last.seq).changes;
}

/** Of a forked epoch the city's head is that of its own rows, so there is nothing to compare. */
function ownEpochOf(db: Database.Database, { epoch, seq, head, forked }: Watermark): number | undefined {
  const row = db
    .prepare<[number, Uint8Array], { n: number; head: Uint8Array }>(
      'SELECT n, head FROM epoch JOIN row ON epoch_n = n AND seq = ? WHERE epoch = ?',
    )
    .get(seq, epoch);
  return row && (forked || Buffer.compare(row.head, head) === 0) ? row.n : undefined;
}

function lastNoteMs(db: Database.Database): number {
  const last = db
    .prepare<[], { unixMs: number | null }>('SELECT max(unix_ms) AS unixMs FROM acknowledged')
    .get();
  return last?.unixMs ?? 0;
}
