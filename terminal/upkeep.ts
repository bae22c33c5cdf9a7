import { VERSION } from './build-info.ts';
import { RecurringWork } from './core/recurring-work.ts';
import type { EventWatch } from './event-watch.ts';
import type { HealthDocument } from './health/health-document.ts';
import { keepHouse, leaveHealth } from './housekeeping.ts';
import { lastEnd } from './last-end.ts';
import type { TerminalParts } from './parts.ts';

/** How often the agent's store is looked at for news. */
export const SYNC_POLL_MS = 200;
/** How often the audit store and the staff's shift are looked at. */
export const STORE_LOOK_MS = 1000;
/** How often proofs that can't be fresh any more are forgotten, old acknowledged rows pruned, and health written down. */
export const HOUSEKEEPING_MS = 60_000;

export interface UpkeepEars {
  readonly service: string;
  readonly health: () => HealthDocument;
  /** Something may be known now that wasn't. @param news whether a view may have changed by it. */
  readonly looked: (news: boolean) => void;
}

/** What comes round again while a terminal runs; what fails is told once, tried again, and stops no scan. */
export class Upkeep {
  readonly #parts: TerminalParts;
  readonly #ears: UpkeepEars;
  readonly #watch: EventWatch;
  readonly #work: RecurringWork;
  readonly #timers: NodeJS.Timeout[] = [];
  #storeFailed = false;
  #logHeeded = false;
  #startNoted = false;
  #connected = false;

  constructor(parts: TerminalParts, watch: EventWatch, ears: UpkeepEars) {
    this.#parts = parts;
    this.#ears = ears;
    this.#watch = watch;
    this.#work = new RecurringWork(parts.onFault);
  }

  /** Looks once, says in the log that the terminal has begun, and goes on looking. */
  begin(): void {
    // first, so that the row is dated by what the city signed and stands in the right epoch
    this.#lookAtSync();
    this.#noteStart();
    this.#timers.push(
      setInterval(() => this.#lookAtSync(), SYNC_POLL_MS),
      setInterval(() => this.#lookAtStore(), STORE_LOOK_MS),
      setInterval(() => this.#keepHouse(), HOUSEKEEPING_MS),
    );
  }

  /** Whether the agent's last word with the city was a recent success. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Whether a verdict could not be written and no probe has gone well since. */
  get storeFailed(): boolean {
    return this.#storeFailed;
  }

  noteStoreFailed(): void {
    this.#storeFailed = true;
  }

  #lookAtSync(): void {
    let news = false;
    this.#heedLog();
    if (this.#storeFailed) {
      this.#work.attempt('audit log', () => {
        this.#parts.store.probe();
        this.#storeFailed = false;
      });
    }
    this.#work.attempt('sync store', () => {
      const { knowledge, store, onFault } = this.#parts;
      const read = knowledge.refresh();
      // noted at every look: a clock put back while nobody scans is noticed too
      knowledge.time();
      this.#watch.look();
      // asked at every look, so that a store restored from a backup heeds it before its first row
      if (store.heed(knowledge.watermark(store.epoch))) {
        onFault('the city holds audit rows this store does not: a new epoch begins');
      }
      const connected = knowledge.connected();
      news = read || connected !== this.#connected;
      this.#connected = connected;
    });
    this.#ears.looked(news);
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** A log that could not be read at the start still says below which time the clock is wrong. */
  #heedLog(): void {
    const { store, timeKeeper } = this.#parts;
    if (this.#logHeeded || !store.opened) return;
    this.#work.attempt('audit log', () => {
      timeKeeper.heed(store.lastUnixMs());
      this.#logHeeded = true;
    });
  }

  /** As soon as the log can be read, which may be long after the start. */
  #noteStart(): void {
    const { recorder, store } = this.#parts;
    if (this.#startNoted || !store.opened) return;
    this.#work.attempt('audit log', () => {
      recorder.note('started', { version: VERSION, service: this.#ears.service, lastEnd: lastEnd(store) });
      this.#startNoted = true;
    });
  }

  #lookAtStore(): void {
    const { store, staff } = this.#parts;
    this.#work.attempt('audit store', () => store.look());
    this.#noteStart();
    staff.look();
    this.#ears.looked(false);
  }

  #keepHouse(): void {
    const { store, knowledge } = this.#parts;
    this.#work.attempt('housekeeping', () => {
      // a watermark must not be dated by a time that is older than it
      knowledge.refresh();
      keepHouse(store, knowledge);
    });
    // last and by itself: a full store has no room for it before it was tidied
    this.#work.attempt('health', () => leaveHealth(store, this.#ears.health()));
  }
}
