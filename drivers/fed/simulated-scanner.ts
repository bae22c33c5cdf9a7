import type { MonotonicClock } from '../monotonic-clock.ts';
import { type Fed, FedScanner } from './fed-scanner.ts';

/** The scanner behind the demo's "scan this" button, the CLI and tests. What a program shows twice it means twice. */
export class SimulatedScanner extends FedScanner {
  constructor(now: MonotonicClock) {
    super('simulated:', now, { holdOffMs: 0, scansPerSecond: 0 });
  }

  /** Shows a code to the scanner: its listeners are told before this returns. Text goes as UTF-8. */
  present(code: Uint8Array | string): Fed {
    return this.feed(typeof code === 'string' ? new TextEncoder().encode(code) : code);
  }

  /** As if its cable were pulled; without effect unless it is ready. */
  unplug(): void {
    if (this.state.name !== 'ready') return;
    this.outlet.fault({ name: 'disconnected', detail: 'unplugged' });
    this.outlet.enter({ name: 'searching', cure: 'plug the simulated scanner in again' });
  }

  /** Puts the cable back; without effect unless it was unplugged. */
  plug(): void {
    if (this.state.name === 'searching') this.enterReady();
  }
}
