import type { ScannerState } from '../drivers/scanner.ts';
import type { CityKnowledge } from './core/city-knowledge.ts';
import type { Clock } from './core/clock.ts';
import type { Recorder } from './core/recorder.ts';

/** A wall clock that moved by more than this against the monotonic one was set; NTP slews by less between two looks. */
export const CLOCK_JUMP_MS = 2_000;
/** A scanner's fault of one name is written once in this time: a broken cable makes thousands. */
export const SAME_FAULT_MS = 60_000;

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
  readonly #faults = new Map<string, number>();

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
      this.#parts.recorder.note('scanner-fault', { device, fault: 'lost' });
    } else if (state === 'ready' && before !== 'ready') {
      this.#scanners.set(device, 'ready');
      if (before === 'lost') this.#parts.recorder.note('scanner-fault', { device, fault: 'found' });
    }
  }

  scannerFault(device: string, fault: string): void {
    const now = this.#parts.clock.monotonic();
    const last = this.#faults.get(`${device} ${fault}`);
    if (last !== undefined && now - last < SAME_FAULT_MS) return;
    this.#faults.set(`${device} ${fault}`, now);
    this.#parts.recorder.note('scanner-fault', { device, fault });
  }

  #lookAtClock(): void {
    const lead = this.#leadNow();
    const byMs = Math.round(lead - this.#lead);
    this.#lead = lead;
    if (Math.abs(byMs) <= CLOCK_JUMP_MS) return;
    this.#parts.recorder.note('clock-jump', { byMs, trusted: this.#parts.knowledge.time().trusted });
  }

  #lookAtCity(): void {
    const { knowledge, recorder } = this.#parts;
    const before = this.#city;
    const trust = knowledge.trust?.versions.targets ?? before?.trust;
    const lists = new Map(knowledge.statusLists.map(({ uri, iat }) => [uri, iat]));
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
