import { createHash } from 'node:crypto';
import { MAX_SCAN_AGE_MS, type Scan } from '../scanner.ts';
import { TokenBucket } from './token-bucket.ts';

/** Why a scan went no further. */
export type Refusal = 'stale' | 'paused' | 'held-off' | 'too-fast';

export interface ScanLimits {
  /** How long the same bytes are one showing, counted from when they were last seen; 0: never. */
  readonly holdOffMs: number;
  /** Different codes a second that one device may bring, after SCANS_AT_ONCE; 0: any number. */
  readonly scansPerSecond: number;
}

/** A clerk with a pile of papers is quick; what is quicker for long is a device gone mad, which would fill the audit log. */
export const SCANS_AT_ONCE = 20;

/** A reader that sees several codes at once delivers them in turns: so many are known apart. */
const CODES_IN_VIEW = 8;

/** Decides which scans pass: fresh ones, while somebody listens, and each showing of a code once. */
export class ScanGate {
  readonly #holdOffMs: number;
  readonly #rate: TokenBucket | undefined;
  /** When each of the last codes was last seen, by digest, since raw codes aren't kept; the latest at the end. */
  readonly #seenAt = new Map<string, number>();
  paused = false;

  constructor({ holdOffMs, scansPerSecond }: ScanLimits) {
    this.#holdOffMs = holdOffMs;
    this.#rate = scansPerSecond > 0 ? new TokenBucket(SCANS_AT_ONCE, scansPerSecond) : undefined;
  }

  /** @param now on the scale of `Scan.receivedAt` */
  refuses(scan: Scan, now: number): Refusal | undefined {
    if (now - scan.receivedAt > MAX_SCAN_AGE_MS) return 'stale';
    if (this.paused) return 'paused';
    if (this.#isSameShowing(scan)) return 'held-off';
    return (this.#rate?.take(now) ?? true) ? undefined : 'too-fast';
  }

  #isSameShowing({ bytes, receivedAt }: Scan): boolean {
    if (this.#holdOffMs === 0) return false;
    const digest = createHash('sha256').update(bytes).digest('base64');
    const seenAt = this.#seenAt.get(digest);
    this.#seenAt.delete(digest);
    this.#seenAt.set(digest, receivedAt);
    const [oldest] = this.#seenAt.keys();
    if (this.#seenAt.size > CODES_IN_VIEW && oldest !== undefined) this.#seenAt.delete(oldest);
    return seenAt !== undefined && receivedAt - seenAt < this.#holdOffMs;
  }
}
