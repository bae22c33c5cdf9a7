import { type Attachment, attach } from './attachment.ts';
import { retryMs } from './back-off.ts';
import type { DeviceClaims } from './device-claims.ts';
import type { DeviceWatch } from './discovery/device-watch.ts';
import { frameToScan } from './framing/frame-to-scan.ts';
import type { Discarded } from './framing/framing.ts';
import type { Hookup } from './hook-up.ts';
import type { Locate } from './locate-device.ts';
import { watchHealth } from './module-health.ts';
import type { MonotonicClock } from './monotonic-clock.ts';
import type { Capabilities, ScannerFault } from './scanner.ts';
import { ScannerOutlet } from './scanner-outlet.ts';
import { SpeakingScanner } from './speaking-scanner.ts';

export interface DeviceScannerParts {
  readonly id: string;
  readonly locate: Locate;
  readonly claims: DeviceClaims;
  readonly watch: DeviceWatch;
  readonly now: MonotonicClock;
  /** Stamps what comes in now: see `ReceiptClock`. */
  readonly receivedAt: MonotonicClock;
  readonly holdOffMs: number;
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

  constructor(parts: DeviceScannerParts) {
    super(parts.id, new ScannerOutlet(parts.now, parts.holdOffMs));
    this.#parts = parts;
  }

  override get capabilities(): Capabilities {
    return this.#attachment?.capabilities ?? {};
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
      const connected = await this.#connectOnce(stop);
      failures = connected ? 1 : failures + 1;
      await this.#parts.watch.nextChange(retryMs(failures), stop);
    }
  }

  /** What a driver throws ends this connection and is told; it must not end the terminal. */
  async #connectOnce(stop: AbortSignal): Promise<boolean> {
    try {
      return await this.#connect(stop);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return this.#searchOn({
        detail,
        cure: `the driver failed (${detail}): unplug the scanner and plug it in`,
      });
    }
  }

  /** From one look for the device to its release. @returns whether it was there. */
  async #connect(stop: AbortSignal): Promise<boolean> {
    const located = await this.#parts.locate(stop);
    if (!located.ok) return this.#searchOn(located);
    if (stop.aborted) return false;
    const claim = this.#parts.claims.take(located.hookup.device);
    if (!claim.ok) return this.#searchOn(claim);
    try {
      return await this.#useOnce(located.hookup, stop);
    } finally {
      claim.release();
    }
  }

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
        const reading = frameToScan(code, this.id, lastByteAt);
        if (reading.ok) this.outlet.scan(reading.scan);
        else discarded(reading.discarded);
      },
      discarded,
      fault: (fault) => this.#fault(fault),
      ...(tap?.answer ? { answer: tap.answer } : {}),
    });
    if (!attached.ok) return this.#searchOn(attached);
    const { attachment } = attached;
    this.#attachment = attachment;
    const { device, model } = hookup;
    tap?.opened?.(hookup);
    if (!stop.aborted) this.outlet.enter({ name: 'ready', device, model });
    const lost = await this.#untilEnded(attachment, hookup, stop);
    this.#attachment = undefined;
    if (lost !== undefined) this.#fault({ name: 'disconnected', detail: `${device}: ${lost}` });
    if (!stop.aborted) {
      const cure = `the scanner at ${device} went away: plug it in again`;
      this.outlet.enter({ name: 'searching', cure });
    }
    return true;
  }

  async #untilEnded(
    attachment: Attachment,
    { module }: Hookup,
    stop: AbortSignal,
  ): Promise<string | undefined> {
    const close = () => attachment.close();
    stop.addEventListener('abort', close, { once: true });
    if (stop.aborted) close();
    const { ask } = attachment;
    const stopWatching =
      module && ask
        ? watchHealth(module, ask, (detail) => {
            this.#fault({ name: 'module-silent', detail });
            close();
          })
        : undefined;
    const lost = await attachment.ended;
    stopWatching?.();
    stop.removeEventListener('abort', close);
    return lost;
  }

  #searchOn({ detail, cure }: { readonly detail: string; readonly cure: string }): false {
    const known = this.state.name === 'searching' && this.state.cure === cure;
    if (known || this.#stop.signal.aborted) return false;
    this.#fault({ name: 'open-failed', detail });
    this.outlet.enter({ name: 'searching', cure });
    return false;
  }

  #fault(fault: ScannerFault): void {
    this.outlet.fault(fault);
  }
}
