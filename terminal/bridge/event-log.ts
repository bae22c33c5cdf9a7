import { randomBytes } from 'node:crypto';
import type { HeldVerdict } from '../core/held-verdict.ts';
import { MAX_RECEIPTS } from './held-receipts.ts';

/** What a listener that was away can still be told; many verdicts push out no receipt. */
export const MAX_LOGGED = { verdict: 64, 'handed-on': MAX_RECEIPTS } as const;
export const EVENT_KEPT_MS = 10 * 60_000;

/** Form of an event's id: the run in hex, and its number in it. */
export const EVENT_ID = /^[0-9a-f]{8}-\d{1,15}$/;

/** Before it is put into the words of one listener. */
export type LoggedEvent =
  | { readonly name: 'verdict'; readonly service: string; readonly verdict: ToldVerdict }
  /** Where the receipt lies; it is not kept twice. */
  | { readonly name: 'handed-on'; readonly client: string; readonly request: string };

/** The part of a verdict that is nobody's: no licence is kept for a listener that may come back. */
export type ToldVerdict = Pick<HeldVerdict, 'number' | 'at' | 'outcome' | 'reason'> & {
  readonly kind?: string;
};

export interface NumberedEvent {
  /** `run-count`: the run is another after each start, so an id of before is known for one. */
  readonly id: string;
  readonly event: LoggedEvent;
}

interface Kept extends NumberedEvent {
  readonly count: number;
  /** monotonic ms */
  readonly at: number;
}

/** The latest events, numbered. Time is passed in, monotonic ms. */
export class EventLog {
  readonly #run = randomBytes(4).toString('hex');
  #count = 0;
  #kept: readonly Kept[] = [];

  add(event: LoggedEvent, now: number): NumberedEvent {
    this.#count += 1;
    const kept = { id: this.place, count: this.#count, event, at: now };
    const alike = this.#kept.filter((one) => one.event.name === event.name);
    const oldest = alike.length < MAX_LOGGED[event.name] ? undefined : alike[0];
    this.#kept = [...this.#kept.filter((one) => one !== oldest), kept];
    return kept;
  }

  /** The id of the latest event, or one before the first: where a listener stands that knows of everything so far. */
  get place(): string {
    return `${this.#run}-${this.#count}`;
  }

  /** What came after this id and is still kept; after an id of another run, everything that is. */
  after(lastId: string): readonly NumberedEvent[] {
    const [run, count] = lastId.split('-');
    const last = run === this.#run ? Number(count) : 0;
    return this.#kept.filter((kept) => !(kept.count <= last));
  }

  all(): readonly NumberedEvent[] {
    return this.#kept;
  }

  expire(now: number): void {
    this.#kept = this.#kept.filter(({ at }) => now - at < EVENT_KEPT_MS);
  }
}
