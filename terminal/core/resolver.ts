import type { ReferenceCode } from '../../licence/reference-code.ts';
import type { UndeterminedReason } from '../../licence/verdict.ts';
import type { LookUpNumber } from '../contract.ts';

/** How long a person waits for the city before the answer is left open. */
export const RESOLVE_WITHIN_MS = 5_000;

/** What the city is asked by: a reference code somebody showed, or a number staff typed in with the holder's consent. */
export type ResolveQuery =
  | { readonly type: 'code'; readonly reference: ReferenceCode }
  | { readonly type: LookUpNumber; readonly value: string };

export interface ResolveRequest {
  /** Random, 16 bytes; the answer is bound to it. */
  readonly requestId: Uint8Array;
  readonly query: ResolveQuery;
  /** Service the licences are wanted for. */
  readonly service: string;
}

export type ResolveOutcome =
  /** The city's answer as it came: COSE bytes (typ 65005), still to be verified. */
  | { readonly ok: true; readonly answer: Uint8Array }
  | {
      readonly ok: false;
      readonly reason: Extract<UndeterminedReason, 'needs-network' | 'city-unavailable' | 'city-error'>;
      /** For operators; never holds what was asked. */
      readonly detail: string;
    };

/** Asks the city which licences a reference or a number stands for. */
export interface Resolver {
  /** @param signal fires when nobody waits any more. */
  resolve(request: ResolveRequest, signal: AbortSignal): Promise<ResolveOutcome>;
}

/** The port's answer where a terminal has no way to its city. */
export const noResolver: Resolver = {
  resolve: () =>
    Promise.resolve({ ok: false, reason: 'needs-network', detail: 'this terminal knows no city yet' }),
};
