import { frameToScan } from './framing/frame-to-scan.ts';
import type { MonotonicClock } from './monotonic-clock.ts';
import type { Scanner, ScannerEvents, ScannerState } from './scanner.ts';
import { ScannerOutlet } from './scanner-outlet.ts';

/** What became of a code handed to a scanner; all but `scanned` mean that it went no further. */
export type Fed = 'scanned' | 'not-ready' | 'too-long' | 'discarded-bytes';

/** A scanner with no wire: a program hands it whole codes. From there on they go the way of every other scan. */
export abstract class FedScanner implements Scanner {
  readonly id: string;
  protected readonly outlet = new ScannerOutlet();
  readonly #now: MonotonicClock;
  #stopped = false;

  constructor(id: string, now: MonotonicClock) {
    this.id = id;
    this.#now = now;
  }

  get state(): ScannerState {
    return this.outlet.state;
  }

  on<E extends keyof ScannerEvents>(event: E, listener: ScannerEvents[E]): () => void {
    return this.outlet.on(event, listener);
  }

  start(): void {
    if (this.#stopped) throw new Error(`${this.id} was stopped and can't be started again`);
    if (this.outlet.state.name === 'stopped') this.outlet.enter({ name: 'ready' });
  }

  stop(): Promise<void> {
    this.#stopped = true;
    this.outlet.enter({ name: 'stopped' });
    return Promise.resolve();
  }

  protected feed(frame: Uint8Array): Fed {
    if (this.outlet.state.name !== 'ready') return 'not-ready';
    const reading = frameToScan(frame, this.id, this.#now());
    if (reading.ok) {
      this.outlet.scan(reading.scan);
      return 'scanned';
    }
    this.outlet.fault(reading.fault);
    return reading.fault.name;
  }
}
