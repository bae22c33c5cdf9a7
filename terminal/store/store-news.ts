import type { SetAsideWhy } from './set-aside.ts';

/**
 * - ok
 * - low: 80 % of the room is used; operators are warned
 * - full: 95 % is used, or a row couldn't be written for want of space: no scans are taken, other events still may be
 * - failed: can't be opened or written; `failure` says why
 */
export type StoreLevel = 'ok' | 'low' | 'full' | 'failed';

/** What happened to the audit store, for operators and for the audit log itself: nothing personal. */
export type StoreNews =
  | {
      readonly name: 'set-aside';
      readonly why: SetAsideWhy;
      /** What is broken, and what couldn't be carried over. */
      readonly detail: string;
      /** The folder the broken files are in now. */
      readonly to: string;
      readonly salvagedRows: number;
      /** Folders of earlier broken stores that were removed, as there were too many. */
      readonly dropped: readonly string[];
    }
  | {
      /** Rows that were written are not in this file: its tail was lost, or an old copy was put back. */
      readonly name: 'rows-missing';
      /** Who knows of them. */
      readonly by: 'witness' | 'city';
      readonly epoch: Uint8Array;
      /** The first and the last of them. */
      readonly from: number;
      readonly to: number;
      readonly detail: string;
    }
  | {
      readonly name: 'level';
      readonly level: StoreLevel;
      readonly usedPercent: number;
      /** Named cause, while failed. */
      readonly failure?: string;
      /** Events that couldn't be written since the last such news. Nobody was told of them. */
      readonly lost?: number;
    }
  | {
      /** The witness or the ballast can't be written; the log itself goes on. */
      readonly name: 'aid-failed';
      readonly aid: 'witness' | 'ballast';
      readonly detail: string;
    };
