import { setTimeout as pause } from 'node:timers/promises';
import { type Attachment, attach } from './attachment.ts';
import { FIRST_RETRY_MS, retryMs } from './back-off.ts';
import type { Capabilities } from './capabilities.ts';
import type { DeviceClaims } from './claims/device-claims.ts';
import type { DeviceWatch } from './discovery/device-watch.ts';
import type { Locate } from './discovery/located.ts';
import { frameToScan } from './framing/frame-to-scan.ts';
import type { Discarded } from './framing/framing.ts';
import type { Hindrance } from './hindrance.ts';
import type { Hookup } from './hook-up.ts';
import { watchHealth } from './modules/module-health.ts';
import type { MonotonicClock } from './monotonic-clock.ts';
import type { ScanLimits } from './outlet/scan-gate.ts';
import { ScannerOutlet } from './outlet/scanner-outlet.ts';
import { SpeakingScanner } from './outlet/speaking-scanner.ts';

export interface DeviceScannerParts {
  readonly id: string;
  readonly role: string;
  readonly locate: Locate;
  readonly claims: DeviceClaims;
  readonly watch: DeviceWatch;
  readonly now: MonotonicClock;
  /** Stamps what comes in now: see `ReceiptClock`. */
  readonly receivedAt: MonotonicClock;
  readonly limits: ScanLimits;
  readonly tap?: DeviceTap;
}

/** For a person who looks at the wire: everything as it comes, contents included. Never for a log. */
export interface DeviceTap {
  readonly opened?: (hookup: Hookup) => void;
  readonly chunk?: (chunk: Uint8Array) => void;
  readonly discarded?: (discarded: Discarded) => void;
  readonly answer?: (answer: Uint8Array) => void;
}

/**
 * A scanner on a wire. Survives unplugging: each connection is located, claimed, opened and framed anew, so nothing
 * half read or half dead is carried over.
 *
 *     claim ─▶ searching ──opened──▶ ready ──unplugged──▶ searching …   release, anywhere ─▶ released
 */
export class DeviceScanner extends SpeakingScanner {
  readonly #parts: DeviceScannerParts;
  readonly #stop = new AbortController();
  #run: Promise<void> | undefined;
  #attachment: Attachment | undefined;
  #held: string | undefined;

  constructor(parts: DeviceScannerParts) {
    super(parts.id, parts.role, new ScannerOutlet(parts.now, parts.limits));
    this.#parts = parts;
  }

  override get capabilities(): Capabilities {
    return this.#attachment?.capabilities ?? {};
  }

  /** The device it has claimed, be it open yet or not. */
  get held(): string | undefined {
    return this.#held;
  }

  claim(): void {
    if (this.#stop.signal.aborted) throw new Error(`${this.id} was released and can't be claimed again`);
    this.#run ??= this.#keepOpen(this.#stop.signal);
  }

  async release(): Promise<void> {
    this.#stop.abort();
    await this.#run;
    this.outlet.enter({ name: 'released' });
  }

  async #keepOpen(stop: AbortSignal): Promise<void> {
    this.outlet.enter({ name: 'searching', cure: `looking for ${this.id}` });
    let failures = 0;
    while (!stop.aborted) {
      const began = this.#parts.now();
      await this.#connectOnce(stop);
      const lasted = this.#parts.now() - began;
      failures = lasted >= STEADY_MS ? 1 : failures + 1;
      // a device that comes and goes many times a second wakes it every time
      await pauseUnlessStopped(FIRST_RETRY_MS - lasted, stop);
      await this.#parts.watch.nextChange(retryMs(failures) - FIRST_RETRY_MS, stop);
    }
  }

  /** What a driver throws while it looks and opens is told; it must not end the terminal. */
  async #connectOnce(stop: AbortSignal): Promise<void> {
    try {
      await this.#connect(stop);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.#searchOn({
        detail,
        cure: `the driver failed (${detail}): unplug the scanner and plug it in`,
      });
    }
  }

  /** From one look for the device to its release. */
  async #connect(stop: AbortSignal): Promise<void> {
    const located = await unlessStopped(this.#parts.locate(stop), stop);
    if (!located) return;
    if (!located.ok) {
      if (!located.nothingThere) return this.#searchOn(located);
      this.outlet.enter({ name: 'searching', cure: located.cure });
      return;
    }
    const claim = this.#parts.claims.take(located.hookup.device);
    if (!claim.ok) return this.#searchOn(claim);
    this.#held = located.hookup.device;
    try {
      const opened = await this.#useOnce(located.hookup, stop);
      if (!opened) located.couldNotBeOpened();
    } finally {
      this.#held = undefined;
      claim.release();
    }
  }

  /** @returns whether it opened */
  async #useOnce(hookup: Hookup, stop: AbortSignal): Promise<boolean> {
    const { tap, receivedAt } = this.#parts;
    let lastByteAt = 0;
    const discarded = (bytes: Discarded) => {
      tap?.discarded?.(bytes);
      this.outlet.discarded(bytes);
    };
    const attached = await attach(hookup, {
      chunk: (chunk) => {
        lastByteAt = receivedAt();
        tap?.chunk?.(chunk);
      },
      code: (code) => {
        const reading = frameToScan(code, this.id, lastByteAt, hookup.codeId);
        if (reading.ok) this.outlet.scan(reading.scan);
        else discarded(reading.discarded);
      },
      discarded,
      fault: (fault) => this.outlet.fault(fault),
      ...(tap?.answer ? { answer: tap.answer } : {}),
    });
    if (!attached.ok) {
      this.#searchOn(attached);
      return false;
    }
    const { attachment } = attached;
    this.#attachment = attachment;
    try {
      const { device, model } = hookup;
      tap?.opened?.(hookup);
      if (!stop.aborted) this.outlet.enter({ name: 'ready', device, model });
      const cure = await this.#untilEnded(attachment, hookup, stop);
      if (!stop.aborted) this.outlet.enter({ name: 'searching', cure });
    } finally {
      this.#attachment = undefined;
      attachment.close();
      await attachment.ended;
    }
    return true;
  }

  /** Tells why the connection ended. @returns what would help. */
  async #untilEnded(attachment: Attachment, { device, module }: Hookup, stop: AbortSignal): Promise<string> {
    const { ask, close } = attachment;
    let silent = false;
    const stopWatching =
      module && ask
        ? watchHealth(module, ask, (detail) => {
            silent = true;
            this.outlet.fault({ name: 'module-silent', detail });
            close();
          })
        : undefined;
    stop.addEventListener('abort', close, { once: true });
    if (stop.aborted) close();
    const lost = await attachment.ended;
    stopWatching?.();
    stop.removeEventListener('abort', close);
    if (lost !== undefined) this.outlet.fault({ name: 'disconnected', detail: `${device}: ${lost}` });
    return silent
      ? `the module at ${device} answers no more and is opened anew: should this go on, unplug it and plug it in`
      : `the scanner at ${device} went away: plug it in again`;
  }

  #searchOn({ detail, cure }: Hindrance): void {
    const known = this.state.name === 'searching' && this.state.cure === cure;
    if (known || this.#stop.signal.aborted) return;
    this.outlet.fault({ name: 'open-failed', detail });
    this.outlet.enter({ name: 'searching', cure });
  }
}

/** A connection that held this long was a good one: the next failure is a first one again. */
const STEADY_MS = 10_000;

/** Looking may hang with the system it looks into; letting go must not. */
async function unlessStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T | undefined> {
  const stopped = Promise.withResolvers<undefined>();
  const onStop = () => stopped.resolve(undefined);
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    stop.removeEventListener('abort', onStop);
  }
}

function pauseUnlessStopped(ms: number, stop: AbortSignal): Promise<void> {
  return ms <= 0 ? Promise.resolve() : pause(ms, undefined, { signal: stop }).catch(() => undefined);
}
