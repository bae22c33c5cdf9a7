import { z } from 'zod';
import type { TrustVersions } from '../licence/trust/tuf.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../licence/wire/route.ts';
import { MAX_HEALTH_BYTES, MAX_REQUEST_BYTES } from '../licence/wire/terminal-request.ts';
import type { StoredHealth } from '../terminal/store/health-document.ts';
import type { SyncStore } from '../terminal/store/sync-store.ts';
import type { AgentClock } from './agent-clock.ts';
import type { Random } from './backoff.ts';
import type { CityClient } from './city-client.ts';
import { failed, type Outcome, succeeded } from './fault.ts';
import { type Identity, sealRequest } from './identity.ts';
import { parseJson } from './problem.ts';

/** When to ask again: any point between, so that a fleet spreads itself. */
export interface PollWindow {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Before the city has named one. */
export const FIRST_WINDOW: PollWindow = { fromSeconds: 60, toSeconds: 300 };
/** A window the city names is brought within these. */
export const MIN_POLL_SECONDS = 5;
export const MAX_POLL_SECONDS = 6 * 60 * 60;
/** A report has to fit its request; whoever runs more lists sees the first of them. */
const MAX_REPORTED_LISTS = 256;
const MAX_ANSWER_BYTES = 16 * 1024;
/** The terminal's own account of itself goes along up to this age: an older one tells of a terminal that has ended, whose silence says more. */
export const MAX_HEALTH_AGE_MS = 10 * 60_000;
/** What a sealed request adds to its body. */
const SEAL_BYTES = 1024;

export interface ReportParts {
  readonly store: SyncStore;
  readonly client: CityClient;
  readonly clock: AgentClock;
  readonly identity: Identity;
  readonly version: string;
  readonly trust: () => TrustVersions | undefined;
  /** Audit rows the city hasn't acknowledged. */
  readonly queue: () => number;
  /** The document the terminal last wrote of its own health; absent before the first. */
  readonly health?: () => StoredHealth | undefined;
}

/** Tells the city how this terminal is. @returns when it wants to hear of it again. */
export async function sendReport(parts: ReportParts, signal: AbortSignal): Promise<Outcome<PollWindow>> {
  const signed = parts.store.signedTime();
  const body = {
    version: parts.version,
    clockOffsetMs: signed?.offsetMs ?? 0,
    queue: parts.queue(),
    trust: parts.trust() ?? null,
    lists: parts.store
      .statusLists()
      .slice(0, MAX_REPORTED_LISTS)
      .map(({ uri, iat }) => ({ uri, iat })),
  };
  const json = withHealth(body, healthOf(parts));
  const answer = await parts.client.send(
    {
      method: 'POST',
      path: ROUTE.report,
      accept: ['application/json'],
      maxBytes: MAX_ANSWER_BYTES,
      body: {
        type: COSE_MEDIA_TYPE,
        bytes: sealRequest(parts.identity, ROUTE.report, json, parts.clock.now(), signed),
      },
    },
    signal,
  );
  if (!answer.ok) return answer;
  const parsed = answerSchema.safeParse(parseJson(answer.value.body));
  if (!parsed.success) return failed('malformed', 'not the answer to a report');
  return succeeded(boundedWindow(parsed.data.nextPoll));
}

/** A report tells no less for a health document it has no room for. */
function withHealth(body: object, health: object | undefined): Uint8Array {
  const encoder = new TextEncoder();
  const json = encoder.encode(JSON.stringify({ ...body, ...(health ? { health } : {}) }));
  const fits = json.length <= MAX_REQUEST_BYTES - SEAL_BYTES;
  return fits ? json : encoder.encode(JSON.stringify(body));
}

/** undefined for one that is too old, too large, or none. */
function healthOf({ health, clock }: ReportParts): object | undefined {
  const stored = health?.();
  if (!stored || Math.abs(clock.now() - stored.at) > MAX_HEALTH_AGE_MS) return undefined;
  if (Buffer.byteLength(stored.json) > MAX_HEALTH_BYTES) return undefined;
  const parsed = z.record(z.string(), z.unknown()).safeParse(parseJson(Buffer.from(stored.json)));
  return parsed.success ? parsed.data : undefined;
}

/** ms until the next poll: a uniform point in the window. */
export function pollDelayMs(window: PollWindow, random: Random): number {
  return (window.fromSeconds + random() * (window.toSeconds - window.fromSeconds)) * 1000;
}

/** Neither a hammering nor a silent terminal can be ordered. */
export function boundedWindow({ fromSeconds, toSeconds }: PollWindow): PollWindow {
  const from = Math.min(Math.max(fromSeconds, MIN_POLL_SECONDS), MAX_POLL_SECONDS);
  return { fromSeconds: from, toSeconds: Math.min(Math.max(toSeconds, from), MAX_POLL_SECONDS) };
}

/** Not strict: the answer will also carry wanted configuration and release, which this version leaves alone. */
const answerSchema = z.object({
  nextPoll: z.object({ fromSeconds: z.number(), toSeconds: z.number() }),
});
