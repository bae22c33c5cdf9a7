import type { Scan, ScannerEvents, ScannerFault, ScannerState } from './scanner.ts';

/** What a `Scanner` shows to the outside: its state and its listeners. Every scanner owns one and speaks through it. */
export class ScannerOutlet {
  #state: ScannerState = { name: 'stopped' };
  readonly #subscriptions: Subscriptions = { scan: new Set(), state: new Set(), fault: new Set() };

  get state(): ScannerState {
    return this.#state;
  }

  /** See `Scanner.on`. */
  on<E extends keyof ScannerEvents>(event: E, listener: ScannerEvents[E]): () => void {
    const subscriptions: Set<Subscription<ScannerEvents[E]>> = this.#subscriptions[event];
    // An object of its own, so that subscribing one function twice makes two subscriptions.
    const subscription = { listener };
    subscriptions.add(subscription);
    return () => void subscriptions.delete(subscription);
  }

  scan(scan: Scan): void {
    for (const { listener } of [...this.#subscriptions.scan]) listener(scan);
  }

  fault(fault: ScannerFault): void {
    for (const { listener } of [...this.#subscriptions.fault]) listener(fault);
  }

  /** Tells listeners only of a change: a device looked for twice a second would flood the log. */
  enter(state: ScannerState): void {
    if (isSame(this.#state, state)) return;
    this.#state = state;
    for (const { listener } of [...this.#subscriptions.state]) listener(state);
  }
}

interface Subscription<L> {
  readonly listener: L;
}

type Subscriptions = { readonly [E in keyof ScannerEvents]: Set<Subscription<ScannerEvents[E]>> };

function isSame(a: ScannerState, b: ScannerState): boolean {
  return a.name === 'searching' && b.name === 'searching' ? a.cure === b.cure : a.name === b.name;
}
