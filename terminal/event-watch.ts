import type { ScannerState } from '../drivers/scanner.ts';
import type { CityKnowledge } from './core/city-knowledge.ts';
import type { Clock } from './core/clock.ts';
import type { Recorder } from './core/recorder.ts';

/** A wall clock that moved by more than this against the monotonic one was set; NTP slews by less between two looks. */
export const CLOCK_JUMP_MS = 2_000;
/** One thing is written once in this time: a broken cable makes thousands of faults, a bad clock a jump at each look. */
export const SAME_EVENT_MS = 60_000;

export interface EventWatchParts {
  readonly recorder: Pick<Recorder, 'note'>;
  readonly knowledge: Pick<CityKnowledge, 'statusLists' | 'trust' | 'time'>;
  readonly clock: Clock;
}

/** Writes into the audit log what changes around a terminal: its clock, its lists, its trust, its scanners. */
export class EventWatch {
  readonly #parts: EventWatchParts;
  #lead: number;
  /** Absent before the first look: what is there then is where it begins. */
  #city: { readonly trust: number | undefined; readonly lists: ReadonlyMap<string, number> } | undefined;
  readonly #scanners = new Map<string, 'ready' | 'lost'>();
  /** When each was last written, monotonic ms. */
  readonly #written = new Map<string, number>();

  constructor(parts: EventWatchParts) {
    this.#parts = parts;
    this.#lead = this.#leadNow();
  }

  /** Called at each look at the agent's store. */
  look(): void {
    this.#lookAtClock();
    this.#lookAtCity();
  }

  /** A scanner that was ready and is being searched for was lost; being let go of is no fault. */
  scannerState(device: string, state: ScannerState['name']): void {
    const before = this.#scanners.get(device);
    if (before === 'ready' && state === 'searching') {
      this.#scanners.set(device, 'lost');
      this.scannerFault(device, 'lost');
    } else if (state === 'ready' && before !== 'ready') {
      this.#scanners.set(device, 'ready');
      if (before === 'lost') this.scannerFault(device, 'found');
    }
  }

  scannerFault(device: string, fault: string): void {
    if (!this.#isDue(`${device} ${fault}`)) return;
    this.#parts.recorder.note('scanner-fault', { device, fault });
  }

  #isDue(event: string): boolean {
    const now = this.#parts.clock.monotonic();
    const last = this.#written.get(event);
    if (last !== undefined && now - last < SAME_EVENT_MS) return false;
    this.#written.set(event, now);
    return true;
  }

  #lookAtClock(): void {
    const lead = this.#leadNow();
    const byMs = Math.round(lead - this.#lead);
    this.#lead = lead;
    if (Math.abs(byMs) <= CLOCK_JUMP_MS || !this.#isDue('clock-jump')) return;
    this.#parts.recorder.note('clock-jump', { byMs, trusted: this.#parts.knowledge.time().trusted });
  }

  #lookAtCity(): void {
    const { knowledge, recorder } = this.#parts;
    const before = this.#city;
    const trust = knowledge.trust?.versions.targets ?? before?.trust;
    // a list that is gone for a while and comes back as it was is no change
    const lists = new Map([
      ...(before?.lists ?? []),
      ...knowledge.statusLists.map(({ uri, iat }): [string, number] => [uri, iat]),
    ]);
    this.#city = { trust, lists };
    if (!before) return;
    if (trust !== undefined && trust !== before.trust) {
      recorder.note('list-change', { what: 'trust', name: 'targets', version: trust });
    }
    for (const [name, version] of lists) {
      if (before.lists.get(name) === version) continue;
      recorder.note('list-change', { what: 'status-list', name, version });
    }
  }

  /** Only changes when somebody sets the system clock. */
  #leadNow(): number {
    return this.#parts.clock.now() - this.#parts.clock.monotonic();
  }
}
