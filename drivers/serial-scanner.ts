import { setTimeout as pause } from 'node:timers/promises';
import { frameToScan } from './framing/frame-to-scan.ts';
import type { Framing, FramingName, FramingOutput } from './framing/framing.ts';
import { startIdleFraming } from './framing/idle-framing.ts';
import { startLineFraming } from './framing/line-framing.ts';
import type { MonotonicClock } from './monotonic-clock.ts';
import type { Scanner, ScannerEvents, ScannerState } from './scanner.ts';
import { ScannerOutlet } from './scanner-outlet.ts';
import { openSerialConnection, type SerialConnection } from './serial-connection.ts';
import { serialCure } from './serial-cure.ts';
import type { SerialPortOptions } from './serial-port-options.ts';

/** A port that is missing or was lost is tried again this often. */
export const REOPEN_INTERVAL_MS = 250;

/**
 * A scanner on a serial port (8N1). Survives unplugging: each connection has a port and a framing of its own, so
 * nothing half read or half dead is carried over. It only listens.
 *
 *     start ─▶ searching ──opened──▶ ready ──unplugged──▶ searching …   stop, anywhere ─▶ stopped
 */
export class SerialScanner implements Scanner {
  readonly id: string;
  readonly #options: SerialPortOptions;
  readonly #now: MonotonicClock;
  readonly #outlet = new ScannerOutlet();
  readonly #stop = new AbortController();
  #run: Promise<void> | undefined;

  constructor(options: SerialPortOptions, now: MonotonicClock) {
    this.id = `serial:${options.path}`;
    this.#options = options;
    this.#now = now;
  }

  get state(): ScannerState {
    return this.#outlet.state;
  }

  on<E extends keyof ScannerEvents>(event: E, listener: ScannerEvents[E]): () => void {
    return this.#outlet.on(event, listener);
  }

  start(): void {
    if (this.#stop.signal.aborted) throw new Error(`${this.id} was stopped and can't be started again`);
    this.#run ??= this.#keepOpen(this.#stop.signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#run;
    this.#outlet.enter({ name: 'stopped' });
  }

  async #keepOpen(stop: AbortSignal): Promise<void> {
    this.#outlet.enter({ name: 'searching', cure: `opening ${this.#options.path}` });
    while (!stop.aborted) {
      await this.#connectOnce(stop);
      await pauseUnlessStopped(REOPEN_INTERVAL_MS, stop);
    }
  }

  /** From one attempt to open the port to its release. */
  async #connectOnce(stop: AbortSignal): Promise<void> {
    let lastByteAt = 0;
    const framing = startFraming(this.#options.framing, this.#now, {
      frame: (frame) => {
        const reading = frameToScan(frame, this.id, lastByteAt);
        if (reading.ok) this.#outlet.scan(reading.scan);
        else this.#outlet.fault(reading.fault);
      },
      fault: (fault) => this.#outlet.fault(fault),
    });
    const opened = await openSerialConnection(this.#options, (chunk) => {
      lastByteAt = this.#now();
      framing.take(chunk);
    });
    if (!opened.ok) return this.#searchOn(opened.detail);
    if (!stop.aborted) this.#outlet.enter({ name: 'ready' });
    const lost = await untilEnded(opened.connection, stop);
    framing.close();
    const { path } = this.#options;
    if (lost !== undefined) this.#outlet.fault({ name: 'disconnected', detail: `${path}: ${lost}` });
    if (stop.aborted) return;
    this.#outlet.enter({ name: 'searching', cure: `the scanner at ${path} went away: plug it in again` });
  }

  #searchOn(detail: string): void {
    const cure = serialCure(this.#options.path, detail);
    const known = this.state.name === 'searching' && this.state.cure === cure;
    if (known) return;
    this.#outlet.fault({ name: 'open-failed', detail });
    this.#outlet.enter({ name: 'searching', cure });
  }
}

function startFraming(name: FramingName, now: MonotonicClock, output: FramingOutput): Framing {
  switch (name) {
    case 'line':
      return startLineFraming(output, now);
    case 'idle':
      return startIdleFraming(output, now);
    default:
      return name satisfies never;
  }
}

async function untilEnded(connection: SerialConnection, stop: AbortSignal): Promise<string | undefined> {
  const close = () => connection.close();
  stop.addEventListener('abort', close, { once: true });
  if (stop.aborted) close();
  const lost = await connection.ended;
  stop.removeEventListener('abort', close);
  return lost;
}

async function pauseUnlessStopped(ms: number, stop: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, { signal: stop });
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}
