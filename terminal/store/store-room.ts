import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { BALLAST_BYTES, type Ballast } from './ballast.ts';
import { BUSY_TIMEOUT_MS } from './open-database.ts';
import { storeFaultOf } from './store-fault.ts';

/** 184 days of 500 scans are some 42 MB; this is ten times that and a sixteenth of the smallest kiosk's disk. */
export const DEFAULT_LIMIT_BYTES = 512 * 1024 * 1024;
/** Space the rows may not take: the WAL grows to it before its checkpoint (1,000 pages of 4 KiB). */
export const RESERVE_BYTES = 4 * 1024 * 1024;

/** Operators are warned from here on. */
export const LOW_PERCENT = 80;
/** No scan is taken from here on: what is left is for the rows that say so. */
export const FULL_PERCENT = 95;
/** A full store takes scans again below this, so that it doesn't go in and out of service with every row pruned. */
export const RESUME_PERCENT = 90;
/** A low one is well again below this. */
export const OK_PERCENT = 78;

/** Looks between two tries to empty a WAL with the ballast given back, since each writes the ballast anew. */
const LOOKS_BETWEEN_TRIES = 60;

export type RoomLevel = 'ok' | 'low' | 'full';

/** Keeps room for the log on the disk: its limit, the ballast, and how full it is. */
export class StoreRoom {
  readonly #limitBytes: number;
  readonly #ballast: Ballast;
  #measured: Measured = { usedPercent: 0, spareBytes: 0 };
  #level: RoomLevel = 'ok';
  /** A row couldn't be written for want of space, and nothing has shown since that the next one can. */
  #ranOut = false;
  #looksToNextTry = 0;

  constructor(limitBytes: number, ballast: Ballast) {
    this.#limitBytes = limitBytes;
    this.#ballast = ballast;
  }

  get level(): RoomLevel {
    return this.#ranOut ? 'full' : this.#level;
  }

  /** Share of the room there is for the log that it takes, 0 to 100, when last measured. */
  get usedPercent(): number {
    return this.#measured.usedPercent;
  }

  /** Holds a store to its limit; a file that is already bigger grows no more. */
  limit(db: Database.Database): void {
    db.pragma(`max_page_count = ${Math.floor(this.#limitBytes / pragma(db, 'page_size'))}`);
  }

  /** @throws the store's or the system's error. */
  measure(db: Database.Database): void {
    this.#measured = measureRoom(db, this.#limitBytes, this.#ballast.bytes);
    this.#level = levelOf(this.usedPercent, this.#level);
  }

  /** Takes the ballast once it fits. @throws the system's error. */
  holdBallast(): void {
    if (this.#measured.spareBytes >= 0) this.#ballast.hold();
  }

  /** Gives back what opening takes. @returns whether there was any, so that trying again may help. */
  giveForOpening(): boolean {
    return this.#ballast.giveForOpening();
  }

  /** A row couldn't be written for want of space. */
  noteFull(): void {
    this.#ranOut = true;
  }

  /** Does what makes room, such as pruning, with the ballast given back where nothing else is left. @throws the store's error. */
  makeRoom<T>(db: Database.Database, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (storeFaultOf(error) !== 'full') throw error;
    }
    return this.#withoutBallast(() => {
      checkpoint(db);
      const made = work();
      checkpoint(db);
      return made;
    });
  }

  /**
   * After a row that couldn't be written: empties the WAL and has a write tried.
   *
   * @throws the store's error while nothing can be written.
   */
  tryAgain(db: Database.Database, probe: () => void): void {
    if (!this.#ranOut) return;
    if (checkpoint(db)) this.#looksToNextTry = 0;
    else if (this.#looksToNextTry > 0) this.#looksToNextTry -= 1;
    else {
      this.#looksToNextTry = LOOKS_BETWEEN_TRIES;
      this.#withoutBallast(() => checkpoint(db));
    }
    probe();
    this.measure(db);
    this.#ranOut = this.usedPercent >= RESUME_PERCENT;
  }

  #withoutBallast<T>(work: () => T): T {
    const held = this.#ballast.bytes > 0;
    this.#ballast.release();
    try {
      return work();
    } finally {
      if (held) this.#takeBack();
    }
  }

  /** Where it no longer fits, the level says so and `holdBallast` takes it later. */
  #takeBack(): void {
    try {
      this.#ballast.hold();
    } catch (error) {
      if (storeFaultOf(error) !== 'full') throw error;
    }
  }
}

interface Measured {
  readonly usedPercent: number;
  /** What the disk has beside the log, its WAL and the ballast; below 0 when these don't all fit. */
  readonly spareBytes: number;
}

/**
 * The room is the limit, or less where the disk hasn't as much. Space that WAL and ballast need counts as taken whether
 * they have it or not, and free pages inside the file as free; so nothing changes by a checkpoint or by giving the
 * ballast back.
 */
function measureRoom(db: Database.Database, limitBytes: number, ballastBytes: number): Measured {
  const usedPages = pragma(db, 'page_count') - pragma(db, 'freelist_count');
  const usedBytes = usedPages * pragma(db, 'page_size');
  // pages still in the WAL aren't in the file yet
  const fileBytes = sizeOf(db.name);
  const walBytes = sizeOf(`${db.name}-wal`);
  const { bavail, bsize } = statfsSync(dirname(db.name));
  const spareBytes = bavail * bsize + walBytes - RESERVE_BYTES - (BALLAST_BYTES - ballastBytes);
  const room = Math.min(limitBytes, fileBytes + Math.max(0, spareBytes));
  return { usedPercent: Math.min(100, (100 * usedBytes) / room), spareBytes };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function levelOf(usedPercent: number, before: RoomLevel): RoomLevel {
  if (usedPercent >= (before === 'full' ? RESUME_PERCENT : FULL_PERCENT)) return 'full';
  return usedPercent >= (before === 'ok' ? LOW_PERCENT : OK_PERCENT) ? 'low' : 'ok';
}

/** Empties the WAL and gives its space back. @returns false where the disk is too full, or somebody is just reading it. */
function checkpoint(db: Database.Database): boolean {
  db.pragma('busy_timeout = 0');
  try {
    return Number(db.pragma('wal_checkpoint(TRUNCATE)', { simple: true })) === 0;
  } catch (error) {
    if (storeFaultOf(error) !== 'full') throw error;
    return false;
  } finally {
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}

function pragma(db: Database.Database, name: string): number {
  return Number(db.pragma(name, { simple: true }));
}
