import { rmSync } from 'node:fs';
import { z } from 'zod';
import type { SigningKey } from '../licence/issue/signing-key.ts';
import { openRoot, rootFingerprint } from '../licence/trust/tuf.ts';
import { ROUTE } from '../licence/wire/route.ts';
import type { Enrolment, SyncStore } from '../terminal/store/sync-store.ts';
import { terminalIdOf } from '../terminal/store/terminal-key.ts';
import type { AgentClock } from './agent-clock.ts';
import { backoffMs, type Random } from './backoff.ts';
import { CityClient } from './city-client.ts';
import { type EnrolmentWish, readEnrolmentFile } from './enrolment-file.ts';
import { type Fault, failed, type Outcome, succeeded } from './fault.ts';
import { sealRequest } from './identity.ts';
import type { Network } from './network.ts';
import { parseJson } from './problem.ts';

/** How often an agent that isn't enrolled looks for its enrolment file. */
export const ENROLMENT_POLL_MS = 500;
/** A first root in base64url and a little around it. */
const MAX_ANSWER_BYTES = 512 * 1024;

export interface EnrolmentParts {
  readonly store: SyncStore;
  readonly network: Network;
  readonly clock: AgentClock;
  readonly random: Random;
  readonly key: SigningKey;
  /** `enrolment.json` */
  readonly path: string;
  readonly succeeded: () => void;
  readonly failed: (fault: Fault) => void;
}

/**
 * Waits until this terminal is enrolled, enrolling it as its enrolment file says. The file holds a secret, so it is
 * removed once it has served. @returns undefined only when aborted.
 */
export async function untilEnrolled(
  parts: EnrolmentParts,
  signal: AbortSignal,
): Promise<Enrolment | undefined> {
  const held = parts.store.enrolment();
  if (held) {
    clearLeftOver(parts, held);
    return held;
  }
  let last = { content: '', failures: 0, notBefore: 0 };
  while (!signal.aborted) {
    const file = readEnrolmentFile(parts.path);
    const due =
      file.kind !== 'absent' && (file.content !== last.content || parts.clock.monotonic() >= last.notBefore);
    if (due) {
      const outcome =
        file.kind === 'wish' ? await enrol(parts, file.wish, signal) : failed('enrolment-file', file.detail);
      if (outcome.ok) {
        rmSync(parts.path, { force: true });
        parts.succeeded();
        return outcome.value;
      }
      if (signal.aborted) return undefined;
      const failures = file.content === last.content ? last.failures + 1 : 0;
      const retryAfterMs = 'retryAfterMs' in outcome.fault ? outcome.fault.retryAfterMs : 0;
      const wait = backoffMs(failures, parts.random, retryAfterMs);
      last = { content: file.content, failures, notBefore: parts.clock.monotonic() + wait };
      parts.failed(outcome.fault);
    }
    await parts.clock.sleep(ENROLMENT_POLL_MS, signal);
  }
  return undefined;
}

/** One try. The city answers the same to the same key, so an answer that was lost is asked for again. */
async function enrol(
  parts: EnrolmentParts,
  wish: EnrolmentWish,
  signal: AbortSignal,
): Promise<Outcome<Enrolment>> {
  const { key, clock, store } = parts;
  const terminalId = terminalIdOf(key.publicKey);
  const hex = Buffer.from(terminalId).toString('hex');
  const body = JSON.stringify({
    code: Buffer.from(wish.code.secret).toString('base64url'),
    name: wish.name ?? `terminal-${hex.slice(0, 8)}`,
  });
  const request = sealRequest(
    { terminalId, key },
    ROUTE.enrol,
    new TextEncoder().encode(body),
    clock.now(),
    store.signedTime(),
  );
  const json = JSON.stringify({
    publicKey: Buffer.from(key.publicKey).toString('base64url'),
    request: Buffer.from(request).toString('base64url'),
  });
  const answer = await new CityClient(wish.city, parts.network, clock).send(
    {
      method: 'POST',
      path: ROUTE.enrol,
      accept: ['application/json'],
      maxBytes: MAX_ANSWER_BYTES,
      body: { type: 'application/json', bytes: new TextEncoder().encode(json) },
    },
    signal,
  );
  if (!answer.ok) return answer;
  const parsed = answerSchema.safeParse(parseJson(answer.value.body));
  if (!parsed.success) return failed('malformed', 'not the answer to an enrolment');
  if (parsed.data.terminalId !== hex)
    return failed('wrong-terminal', 'the city enrolled another terminal id');
  const root = new Uint8Array(Buffer.from(parsed.data.root, 'base64url'));
  if (Buffer.compare(rootFingerprint(root), wish.code.rootFingerprint) !== 0) {
    return failed('wrong-root', 'the root is not the one the enrolment code vouches for');
  }
  const opened = openRoot(root);
  if (!opened.ok) return failed('wrong-root', opened.detail);
  const enrolment = { terminalId, city: wish.city };
  store.saveEnrolment(enrolment, root, opened.version);
  return succeeded(enrolment);
}

const answerSchema = z.strictObject({
  terminalId: z.string().regex(/^[0-9a-f]{32}$/),
  root: z.base64url(),
});

/** The agent may have been killed between saving and removing the file. */
function clearLeftOver(parts: EnrolmentParts, held: Enrolment): void {
  const file = readEnrolmentFile(parts.path);
  if (file.kind === 'absent') return;
  if (file.kind === 'wish' && file.wish.city === held.city) rmSync(parts.path, { force: true });
  else {
    const detail = `already enrolled at ${held.city}; another city needs a fresh data folder`;
    parts.failed({ name: 'already-enrolled', detail });
  }
}
