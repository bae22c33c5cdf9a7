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

export interface ClaimRefused {
  readonly ok: false;
  /** Who holds it, or why it can't be told. */
  readonly detail: string;
  readonly cure: string;
}
