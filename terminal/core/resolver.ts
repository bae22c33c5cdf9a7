import type { ReferenceCode } from '../../licence/reference-code.ts';
import type { UndeterminedReason } from '../../licence/verdict.ts';

/** How long a person waits for the city before the answer is left open. */
export const RESOLVE_WITHIN_MS = 5_000;

export interface ResolveRequest {
  /** Random, 16 bytes; the answer is bound to it. */
  readonly requestId: Uint8Array;
  readonly reference: ReferenceCode;
  /** Service the licences are wanted for. */
  readonly service: string;
}

export type ResolveOutcome =
  /** The city's answer as it came: COSE bytes (typ 65005), still to be verified. */
  | { readonly ok: true; readonly answer: Uint8Array }
  | {
      readonly ok: false;
      readonly reason: Extract<UndeterminedReason, 'needs-network' | 'city-unavailable' | 'city-error'>;
      /** For operators; never holds the reference. */
      readonly detail: string;
    };

/** Asks the city which licences a reference stands for. */
export interface Resolver {
  /** @param signal fires when nobody waits any more. */
  resolve(request: ResolveRequest, signal: AbortSignal): Promise<ResolveOutcome>;
}

/** The port's answer where a terminal has no way to its city: reference codes stay open. */
export const noResolver: Resolver = {
  resolve: () =>
    Promise.resolve({ ok: false, reason: 'needs-network', detail: 'this terminal can’t ask its city yet' }),
};
