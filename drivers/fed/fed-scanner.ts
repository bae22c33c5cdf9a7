import { frameToScan } from '../framing/frame-to-scan.ts';
import type { MonotonicClock } from '../monotonic-clock.ts';
import type { Refusal, ScanLimits } from '../outlet/scan-gate.ts';
import { ScannerOutlet } from '../outlet/scanner-outlet.ts';
import { SpeakingScanner } from '../outlet/speaking-scanner.ts';
import { DEFAULT_ROLE } from '../scanner-address.ts';

/** What became of a code handed to a scanner; all but `scanned` mean that it went no further. */
export type Fed = 'scanned' | 'not-ready' | 'too-long' | 'discarded-bytes' | Refusal;

/** A scanner with no wire: a program hands it whole codes. From there on they go the way of every other scan. */
export abstract class FedScanner extends SpeakingScanner {
  readonly #now: MonotonicClock;
  #released = false;

  constructor(id: string, now: MonotonicClock, limits: ScanLimits) {
    super(id, DEFAULT_ROLE, new ScannerOutlet(now, limits));
    this.#now = now;
  }

  claim(): void {
    if (this.#released) throw new Error(`${this.id} was released and can't be claimed again`);
    if (this.state.name === 'released') this.enterReady();
  }

  release(): Promise<void> {
    this.#released = true;
    this.outlet.enter({ name: 'released' });
    return Promise.resolve();
  }

  protected enterReady(): void {
    this.outlet.enter({ name: 'ready', device: this.id, model: this.id });
  }

  protected feed(bytes: Uint8Array): Fed {
    if (this.state.name !== 'ready') return 'not-ready';
    const reading = frameToScan({ bytes, frames: 1 }, this.id, this.#now());
    if (reading.ok) return this.outlet.scan(reading.scan) ?? 'scanned';
    this.outlet.discarded(reading.discarded);
    return reading.discarded.why === 'too-long' ? 'too-long' : 'discarded-bytes';
  }
}
