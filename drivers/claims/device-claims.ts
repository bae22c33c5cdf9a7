import type { Hindered } from '../hindrance.ts';

/** Keeps two processes off one device. */
export interface DeviceClaims {
  /** Claims the device at a path (links are followed) for this process. */
  take(path: string): Claim | ClaimRefused;
}

export interface Claim {
  readonly ok: true;
  /** Lets others have it. */
  release(): void;
}

/** Who holds it, or why it can't be told. */
export type ClaimRefused = Hindered;
