import { z } from 'zod';
import { ROUTE } from '../licence/wire/route.ts';
import type { SyncStore } from '../terminal/store/sync-store.ts';
import type { AgentClock } from './agent-clock.ts';
import { backoffMs, type Random } from './backoff.ts';
import type { CityClient } from './city-client.ts';
import { type Fault, failed, type Outcome, succeeded } from './fault.ts';
import { type Identity, sealRequest } from './identity.ts';
import { parseJson } from './problem.ts';
import { type SseEvent, SseParser } from './sse-parser.ts';

/** The city sends a heartbeat every 15 s; three missed are a dead connection. */
export const HINT_SILENCE_MS = 45_000;
/** A stream that lived this long was a good one; a shorter one counts as a failure, so that a city can't be hammered. */
export const GOOD_STREAM_MS = 30_000;

/** Only hints: whatever they say is fetched and verified like anything else. */
export type Hint =
  | { readonly kind: 'list'; readonly uri: string | 'all' }
  | { readonly kind: 'trust' }
  | { readonly kind: 'report' };

export interface HintParts {
  readonly store: SyncStore;
  readonly client: CityClient;
  readonly clock: AgentClock;
  readonly random: Random;
  readonly identity: Identity;
  /** Called at each opening: whatever changed meanwhile wasn't heard of. */
  readonly opened: () => void;
  readonly hint: (hint: Hint) => void;
  readonly failed: (fault: Fault) => void;
}

/** Listens for as long as it isn't aborted, reconnecting with full jitter. */
export async function listenForHints(parts: HintParts, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const began = parts.clock.monotonic();
    const end = await listenOnce(parts, signal);
    if (signal.aborted) return;
    if (!end.ok) parts.failed(end.fault);
    if (parts.clock.monotonic() - began >= GOOD_STREAM_MS) failures = 0;
    const retryAfterMs = !end.ok && 'retryAfterMs' in end.fault ? end.fault.retryAfterMs : 0;
    await parts.clock.sleep(backoffMs(failures, parts.random, retryAfterMs), signal);
    failures += 1;
  }
}

async function listenOnce(parts: HintParts, signal: AbortSignal): Promise<Outcome<void>> {
  const { identity, clock, store } = parts;
  const proof = sealRequest(identity, ROUTE.changes, new Uint8Array(0), clock.now(), store.signedTime());
  const watchdog = new Watchdog(signal, clock);
  try {
    const end = await parts.client.stream(
      {
        method: 'GET',
        path: ROUTE.changes,
        accept: ['text/event-stream'],
        maxBytes: 0,
        headers: { authorization: `COSE ${Buffer.from(proof).toString('base64url')}` },
      },
      watchdog.signal,
      (body) => takeEvents(parts, body, watchdog),
    );
    return watchdog.silent ? failed('timeout', 'no heartbeat') : end;
  } finally {
    watchdog.end();
  }
}

async function takeEvents(
  parts: HintParts,
  body: AsyncIterable<Uint8Array>,
  watchdog: Watchdog,
): Promise<Outcome<void>> {
  const parser = new SseParser();
  parts.opened();
  watchdog.heard();
  for await (const chunk of body) {
    watchdog.heard();
    const events = parser.push(chunk);
    if (events === 'too-large') return failed('too-large', 'an event without an end');
    for (const event of events) {
      const hint = hintOf(event);
      if (hint) parts.hint(hint);
    }
  }
  return succeeded(undefined);
}

/** Aborts what it guards when nothing was heard for a while. */
class Watchdog {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #clock: AgentClock;
  #quiet = new AbortController();
  silent = false;

  constructor(outer: AbortSignal, clock: AgentClock) {
    this.#outer = outer;
    this.#clock = clock;
    outer.addEventListener('abort', this.end);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  heard(): void {
    this.#quiet.abort();
    const quiet = new AbortController();
    this.#quiet = quiet;
    void this.#clock.sleep(HINT_SILENCE_MS, quiet.signal).then(() => {
      if (quiet.signal.aborted) return;
      this.silent = true;
      this.end();
    });
  }

  readonly end = (): void => {
    this.#outer.removeEventListener('abort', this.end);
    this.#quiet.abort();
    this.#controller.abort();
  };
}

function hintOf({ event, data }: SseEvent): Hint | undefined {
  if (event === 'trust' || event === 'report') return { kind: event };
  if (event !== 'list') return undefined; // a later version's hint
  const parsed = listHint.safeParse(parseJson(Buffer.from(data)));
  return { kind: 'list', uri: parsed.success ? parsed.data.uri : 'all' };
}

const listHint = z.object({ uri: z.string().max(1024) });
