import { createHash } from 'node:crypto';
import { MAX_SCAN_AGE_MS, type Scan } from './scanner.ts';

/** Why a scan went no further. */
export type Refusal = 'stale' | 'paused' | 'held-off';

/** Decides which scans pass: fresh ones, while somebody listens, and each showing of a code once. */
export class ScanGate {
  readonly #holdOffMs: number;
  #last: { readonly digest: string; seenAt: number } | undefined;
  paused = false;

  /** @param holdOffMs how long the same bytes are one showing, counted from when they were last seen; 0: never */
  constructor(holdOffMs: number) {
    this.#holdOffMs = holdOffMs;
  }

  /** @param now on the scale of `Scan.receivedAt` */
  refuses(scan: Scan, now: number): Refusal | undefined {
    if (now - scan.receivedAt > MAX_SCAN_AGE_MS) return 'stale';
    if (this.paused) return 'paused';
    return this.#isSameShowing(scan) ? 'held-off' : undefined;
  }

  #isSameShowing({ bytes, receivedAt }: Scan): boolean {
    if (this.#holdOffMs === 0) return false;
    // a digest, since raw codes aren't kept
    const digest = createHash('sha256').update(bytes).digest('base64');
    const same = this.#last?.digest === digest && receivedAt - this.#last.seenAt < this.#holdOffMs;
    this.#last = { digest, seenAt: receivedAt };
    return same;
  }
}
