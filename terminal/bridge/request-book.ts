import { createHash } from 'node:crypto';
import type { BusinessRequest } from '../core/hand-on.ts';
import type { REQUEST_STATES, RequestBody } from './api-schemas.ts';

/** Ended requests that are remembered, so that asking again is answered and never done twice. */
export const MAX_ENDED = 256;

export type RequestState = (typeof REQUEST_STATES)[number];

export interface KnownRequest {
  readonly state: RequestState;
  /** ms until it closes by itself, of one that waits. */
  readonly leftMs?: number;
}

export type Opened =
  | { readonly ok: true; readonly created: boolean; readonly request: KnownRequest }
  | { readonly ok: false; readonly reason: 'busy' | 'request-differs' };

interface OpenRequest {
  readonly request: BusinessRequest;
  /** monotonic ms */
  readonly endsAt: number;
  /** The row of its hand-on is being written: it can neither be cancelled nor expire. */
  readonly taken: boolean;
}

interface Remembered {
  readonly client: string;
  /** Of the body: two that differ must not pass for one, and a case number isn't kept for it. */
  readonly digest: string;
  readonly state: RequestState;
}

/**
 * The requests of business systems: one open at most, since the next licence can be for one only, and the last ones
 * that ended. An id is its client's own; no client learns of another's. Time is passed in, monotonic ms; whoever asks
 * lets it `expire` first.
 */
export class RequestBook {
  #open: OpenRequest | undefined;
  readonly #remembered = new Map<string, Remembered>();

  /** The request the next licence is for. */
  open(): BusinessRequest | undefined {
    return this.#open?.request;
  }

  /** Opens one; asked a second time with the same body, it answers how the first fares. */
  put(client: string, id: string, body: RequestBody, now: number): Opened {
    const digest = digestOf(body);
    const known = this.#remembered.get(keyOf(client, id));
    if (known) {
      if (known.digest !== digest) return { ok: false, reason: 'request-differs' };
      return { ok: true, created: false, request: this.#answer(known, now) };
    }
    if (this.#open) return { ok: false, reason: 'busy' };
    const { expiresInSeconds, businessType, matter, caseNo } = body;
    const request: BusinessRequest = {
      id,
      client,
      ...(businessType === undefined ? {} : { businessType }),
      ...(matter === undefined ? {} : { matter }),
      ...(caseNo === undefined ? {} : { caseNo }),
    };
    this.#open = { request, endsAt: now + expiresInSeconds * 1000, taken: false };
    const waiting: Remembered = { client, digest, state: 'waiting' };
    this.#remember(keyOf(client, id), waiting);
    return { ok: true, created: true, request: this.#answer(waiting, now) };
  }

  look(client: string, id: string, now: number): KnownRequest | undefined {
    const known = this.#remembered.get(keyOf(client, id));
    return known && this.#answer(known, now);
  }

  /** Holds the open request for its hand-on, where it is this one. @returns whether it was. */
  take(client: string, id: string): boolean {
    const open = this.#open;
    if (open?.request.client !== client || open.request.id !== id) return false;
    this.#open = { ...open, taken: true };
    return true;
  }

  /** The hand-on came to nothing: the request waits on. */
  giveBack(): void {
    if (this.#open) this.#open = { ...this.#open, taken: false };
  }

  /** Ends the open request, where it is this one and not being handed on. @returns whether it was. */
  end(client: string, id: string, as: Exclude<RequestState, 'waiting'>): boolean {
    const open = this.#open;
    if (open?.request.client !== client || open.request.id !== id) return false;
    if (open.taken && as !== 'handed-on') return false;
    this.#open = undefined;
    const key = keyOf(client, id);
    const known = this.#remembered.get(key);
    if (known) this.#remember(key, { ...known, state: as });
    return true;
  }

  /** Remembers what was handed on without having been asked for. */
  unasked(client: string, id: string): void {
    this.#remember(keyOf(client, id), { client, digest: '', state: 'handed-on' });
  }

  /** @returns whether the open request has just ended. */
  expire(now: number): boolean {
    if (!this.#open || now < this.#open.endsAt) return false;
    const { client, id } = this.#open.request;
    return this.end(client, id, 'expired');
  }

  /** Forgets everything of a client that is admitted no longer. @returns whether its request was the open one. */
  forget(client: string): boolean {
    const wasOpen = this.#open?.request.client === client;
    if (wasOpen) this.#open = undefined;
    for (const [key, known] of this.#remembered) if (known.client === client) this.#remembered.delete(key);
    return wasOpen;
  }

  #answer({ state }: Remembered, now: number): KnownRequest {
    return state === 'waiting' && this.#open ? { state, leftMs: this.#open.endsAt - now } : { state };
  }

  #remember(key: string, known: Remembered): void {
    // the latest change stands last, so the oldest goes first; the open one is never 256 changes old
    this.#remembered.delete(key);
    this.#remembered.set(key, known);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > MAX_ENDED && oldest !== undefined) this.#remembered.delete(oldest);
  }
}

/** Neither part can hold the slash. */
function keyOf(client: string, id: string): string {
  return `${client}/${id}`;
}

function digestOf({ businessType, matter, caseNo, expiresInSeconds }: RequestBody): string {
  const parts = JSON.stringify([businessType ?? null, matter ?? null, caseNo ?? null, expiresInSeconds]);
  return createHash('sha256').update(parts).digest('hex');
}
