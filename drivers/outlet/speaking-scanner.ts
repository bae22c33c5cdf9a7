import type { Capabilities } from '../capabilities.ts';
import type { Scanner, ScannerEvents, ScannerState, ScannerStatistics } from '../scanner.ts';
import type { ScannerOutlet } from './scanner-outlet.ts';

/** The part of the contract that every scanner keeps alike: it speaks through its outlet. */
export abstract class SpeakingScanner implements Scanner {
  readonly id: string;
  readonly role: string;
  protected readonly outlet: ScannerOutlet;

  constructor(id: string, role: string, outlet: ScannerOutlet) {
    this.id = id;
    this.role = role;
    this.outlet = outlet;
  }

  get state(): ScannerState {
    return this.outlet.state;
  }

  get statistics(): ScannerStatistics {
    return this.outlet.statistics;
  }

  get paused(): boolean {
    return this.outlet.paused;
  }

  get capabilities(): Capabilities {
    return {};
  }

  on<E extends keyof ScannerEvents>(event: E, listener: ScannerEvents[E]): () => void {
    return this.outlet.on(event, listener);
  }

  pause(): void {
    this.outlet.paused = true;
  }

  resume(): void {
    this.outlet.paused = false;
  }

  abstract claim(): void;
  abstract release(): Promise<void>;
}
