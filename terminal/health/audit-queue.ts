import type Database from 'better-sqlite3';
import { lastSeq } from '../store/audit-check.ts';
import { allEpochs } from '../store/audit-epochs.ts';
import type { AuditStore } from '../store/audit-store.ts';
import { StoreUnavailable } from '../store/store-fault.ts';
import type { Watermark } from '../store/sync-store.ts';

/** What the city doesn't have yet, over all epochs. */
export interface AuditQueue {
  readonly unacknowledged: number;
  /** When the oldest of it was written, unix ms; absent where nothing waits. */
  readonly oldestMs?: number;
}

/** How far the city has an epoch, as the terminal knows it. */
type Delivered = (epoch: Uint8Array) => Pick<Watermark, 'seq'> | undefined;

/** The queue of a store that may have failed: undefined while it can't be read. */
export function queueOf(store: Pick<AuditStore, 'run'>, delivered: Delivered): AuditQueue | undefined {
  try {
    return store.run((db) => auditQueue(db, delivered));
  } catch (error) {
    // the store says itself, in its level, that and why it failed
    if (error instanceof StoreUnavailable || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}

/** Measured by the ends of each epoch, so it takes no longer for a million rows. */
export function auditQueue(db: Database.Database, delivered: Delivered): AuditQueue {
  let unacknowledged = 0;
  let oldestMs: number | undefined;
  for (const epoch of allEpochs(db)) {
    const from = Math.max(delivered(epoch.epoch)?.seq ?? 0, epoch.prunedSeq);
    const last = lastSeq(db, epoch);
    if (last <= from) continue;
    unacknowledged += last - from;
    oldestMs ??= db
      .prepare<[number, number], { unixMs: number }>(
        'SELECT unix_ms AS unixMs FROM row WHERE epoch_n = ? AND seq > ? ORDER BY seq LIMIT 1',
      )
      .get(epoch.n, from)?.unixMs;
  }
  return { unacknowledged, ...(oldestMs === undefined ? {} : { oldestMs }) };
}
