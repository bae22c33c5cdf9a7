import type { MonotonicClock } from './monotonic-clock.ts';
import type { Scan, Scanner, ScannerFault, ScannerState } from './scanner.ts';

/**
 * A scan older than this is dropped: whoever showed it may have left, and a verdict would appear to the next person.
 */
export const MAX_SCAN_AGE_MS = 5_000;

/** What listeners of a set are told; `device` is the `Scanner.id` it concerns. */
export interface ScannerSetListeners {
  readonly scan: (scan: Scan) => void;
  readonly state: (state: ScannerState, device: string) => void;
  readonly fault: (fault: ScannerFault, device: string) => void;
}

/** Several scanners behind one subscription, which also keeps stale scans from passing. */
export class ScannerSet {
  readonly scanners: readonly Scanner[];
  readonly #now: MonotonicClock;

  /** @param now the clock that stamps the scanners' scans (`Scan.receivedAt`) */
  constructor(scanners: readonly Scanner[], now: MonotonicClock) {
    this.scanners = scanners;
    this.#now = now;
  }

  /** Subscribes to all scanners; the returned function unsubscribes. */
  subscribe(listeners: ScannerSetListeners): () => void {
    const unsubscribes = this.scanners.flatMap((scanner) => [
      scanner.on('scan', (scan) => this.#passFresh(scan, listeners)),
      scanner.on('state', (state) => listeners.state(state, scanner.id)),
      scanner.on('fault', (fault) => listeners.fault(fault, scanner.id)),
    ]);
    return () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
    };
  }

  start(): void {
    for (const scanner of this.scanners) scanner.start();
  }

  /** Stops all at once; resolves when every port is released. */
  async stop(): Promise<void> {
    await Promise.all(this.scanners.map((scanner) => scanner.stop()));
  }

  #passFresh(scan: Scan, listeners: ScannerSetListeners): void {
    const age = this.#now() - scan.receivedAt;
    if (age <= MAX_SCAN_AGE_MS) listeners.scan(scan);
    else {
      const detail = `read ${Math.round(age)} ms ago; the limit is ${MAX_SCAN_AGE_MS} ms`;
      listeners.fault({ name: 'dropped-stale', detail }, scan.device);
    }
  }
}
