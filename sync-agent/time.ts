import { randomBytes } from 'node:crypto';
import type { SignatureVerifier } from '../licence/ed25519/signature-verifier.ts';
import type { Trust } from '../licence/trust/trust.ts';
import { REQUEST_ID_BYTES } from '../licence/wire/label.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../licence/wire/route.ts';
import { MAX_TIME_ANSWER_BYTES, openTimeAnswer } from '../licence/wire/time-answer.ts';
import type { SyncStore } from '../terminal/store/sync-store.ts';
import type { AgentClock } from './agent-clock.ts';
import type { CityClient } from './city-client.ts';
import { cityKeys } from './city-keys-for.ts';
import { failed, type Outcome, succeeded } from './fault.ts';

/** Half of it is how wrong the offset may be. */
export const MAX_ROUND_TRIP_MS = 10_000;

export interface TimeParts {
  readonly store: SyncStore;
  readonly client: CityClient;
  readonly clock: AgentClock;
  readonly verifier: SignatureVerifier;
  readonly trust: () => Trust | undefined;
}

/**
 * Asks the city what time it is (licence-code.md, Time). Taken is the city's time against the middle of the round
 * trip. @returns the new offset, ms.
 */
export async function askTime(parts: TimeParts, signal: AbortSignal): Promise<Outcome<number>> {
  const trust = parts.trust();
  if (!trust) return failed('no-trust', 'no keys to check a time answer with');
  const requestId = new Uint8Array(randomBytes(REQUEST_ID_BYTES));
  const sentAt = parts.clock.monotonic();
  const answer = await parts.client.send(
    {
      method: 'POST',
      path: ROUTE.time,
      accept: [COSE_MEDIA_TYPE],
      maxBytes: MAX_TIME_ANSWER_BYTES,
      body: { type: 'application/octet-stream', bytes: requestId },
      certificateDates: 'tolerated',
    },
    signal,
  );
  if (!answer.ok) return answer;
  const roundTripMs = parts.clock.monotonic() - sentAt;
  if (roundTripMs > MAX_ROUND_TRIP_MS) return failed('slow', `answered after ${Math.round(roundTripMs)} ms`);
  const opened = openTimeAnswer(answer.value.body, requestId, cityKeys(trust, 'time'), parts.verifier);
  if (!opened.ok) return failed('not-signed', opened.detail);
  const { unixMs } = opened.value;
  const offsetMs = unixMs - (parts.clock.now() - roundTripMs / 2);
  parts.store.saveSignedTime({ offsetMs, floorMs: unixMs }, answer.value.body);
  return succeeded(offsetMs);
}
