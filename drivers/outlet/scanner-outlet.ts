import type { Discarded } from '../framing/framing.ts';
import type { MonotonicClock } from '../monotonic-clock.ts';
import {
  MAX_SCAN_AGE_MS,
  type Scan,
  type ScannerEvents,
  type ScannerFault,
  type ScannerState,
  type ScannerStatistics,
} from '../scanner.ts';
import { type Refusal, ScanGate, type ScanLimits } from './scan-gate.ts';
import { TokenBucket } from './token-bucket.ts';

/** Of each kind of fault so many are told at once, and then one every two seconds. */
const FAULTS_AT_ONCE = 10;
const FAULTS_PER_SECOND = 0.5;

/** What a `Scanner` shows to the outside: its state, its listeners, its figures. Every scanner speaks through one. */
export class ScannerOutlet {
  readonly #now: MonotonicClock;
  readonly #gate: ScanGate;
  readonly #subscriptions: Subscriptions = { scan: new Set(), state: new Set(), fault: new Set() };
  readonly #faultRates = new Map<ScannerFault['name'], TokenBucket>();
  #state: ScannerState = { name: 'released' };
  #counted = {
    scans: 0,
    heldOff: 0,
    droppedStale: 0,
    droppedPaused: 0,
    droppedTooFast: 0,
    discardedBytes: 0,
    connections: 0,
    faults: 0,
  };
  #lastFault: (ScannerFault & { readonly at: number }) | undefined;

  constructor(now: MonotonicClock, limits: ScanLimits) {
    this.#now = now;
    this.#gate = new ScanGate(limits);
  }

  get state(): ScannerState {
    return this.#state;
  }

  get statistics(): ScannerStatistics {
    if (!this.#lastFault) return this.#counted;
    const { at, ...fault } = this.#lastFault;
    return { ...this.#counted, lastFault: { ...fault, agoMs: Math.round(this.#now() - at) } };
  }

  get paused(): boolean {
    return this.#gate.paused;
  }

  set paused(paused: boolean) {
    this.#gate.paused = paused;
  }

  /** See `Scanner.on`. */
  on<E extends keyof ScannerEvents>(event: E, listener: ScannerEvents[E]): () => void {
    const subscriptions: Set<Subscription<ScannerEvents[E]>> = this.#subscriptions[event];
    // An object of its own, so that subscribing one function twice makes two subscriptions.
    const subscription = { listener };
    subscriptions.add(subscription);
    return () => void subscriptions.delete(subscription);
  }

  /** Passes a scan on, or counts why not. */
  scan(scan: Scan): Refusal | undefined {
    const refusal = this.#gate.refuses(scan, this.#now());
    switch (refusal) {
      case undefined:
        this.#counted.scans += 1;
        for (const { listener } of [...this.#subscriptions.scan]) listener(scan);
        return refusal;
      case 'held-off':
        this.#counted.heldOff += 1;
        return refusal;
      case 'paused':
        this.#counted.droppedPaused += 1;
        return refusal;
      case 'too-fast':
        this.#counted.droppedTooFast += 1;
        this.fault({ name: 'dropped-too-fast', detail: 'more codes than people can show' });
        return refusal;
      case 'stale': {
        this.#counted.droppedStale += 1;
        const age = Math.round(this.#now() - scan.receivedAt);
        this.fault({ name: 'dropped-stale', detail: `read ${age} ms ago, at most ${MAX_SCAN_AGE_MS} pass` });
        return refusal;
      }
      default:
        return refusal satisfies never;
    }
  }

  /** Counts a fault and tells of it; of one that comes again and again only now and then, or it would fill the log. */
  fault(fault: ScannerFault): void {
    this.#counted.faults += 1;
    this.#lastFault = { ...fault, at: this.#now() };
    if (!this.#faultRate(fault.name).take(this.#now())) return;
    for (const { listener } of [...this.#subscriptions.fault]) listener(fault);
  }

  #faultRate(name: ScannerFault['name']): TokenBucket {
    const known = this.#faultRates.get(name) ?? new TokenBucket(FAULTS_AT_ONCE, FAULTS_PER_SECOND);
    this.#faultRates.set(name, known);
    return known;
  }

  /** Counts bytes that made no frame and reports them, without their content. */
  discarded({ why, count, detail }: Discarded): void {
    this.#counted.discardedBytes += count;
    const name = why === 'too-long' ? why : 'discarded-bytes';
    this.fault({ name, detail: `${count} bytes, ${why}: ${detail}` });
  }

  /** Tells listeners only of a change: a device looked for twice a second would flood the log. */
  enter(state: ScannerState): void {
    if (isSame(this.#state, state)) return;
    if (state.name === 'ready') this.#counted.connections += 1;
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
