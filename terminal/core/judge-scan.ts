import { randomBytes } from 'node:crypto';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { type ReferenceCode, referenceCode } from '../../licence/reference-code.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import type { Verdict } from '../../licence/verdict.ts';
import { groundOf, type VerifyContext, verify, verifyResolved } from '../../licence/verify.ts';
import { REQUEST_ID_BYTES } from '../../licence/wire/label.ts';
import type { CityKnowledge } from './city-knowledge.ts';
import { RESOLVE_WITHIN_MS, type ResolveOutcome, type Resolver } from './resolver.ts';

/** What judging needs of a scan. */
export interface CodeToJudge {
  /** 'too-long' for a code the driver dropped because no licence code is that long. */
  readonly bytes: Uint8Array | 'too-long';
  /** AIM identifier, where the scanner sent one. */
  readonly symbology?: string;
}

export interface JudgeParts {
  readonly knowledge: CityKnowledge;
  readonly verifier: SignatureVerifier;
  readonly resolver: Resolver;
  readonly alreadyUsed: (proofHash: Uint8Array) => boolean;
  readonly serviceId: string;
}

export interface Judged {
  readonly verdict: Verdict;
  readonly service: Service | undefined;
  /** The pattern of the code, if it was a reference the city was asked about; never the code. */
  readonly reference?: ReferenceCode['pattern'];
}

/** A scan's verdict: by the code itself, or by the city's answer to a reference code. */
export async function judgeScan(code: CodeToJudge, parts: JudgeParts): Promise<Judged> {
  const { knowledge, verifier, alreadyUsed, serviceId } = parts;
  const service = knowledge.trust?.catalogue.services.find(({ id }) => id === serviceId);
  if (code.bytes === 'too-long') return { verdict: TOO_LONG, service };
  const context: VerifyContext = {
    time: knowledge.time(),
    trust: knowledge.trust,
    service,
    verifier,
    statusList: (uri) => knowledge.statusList(uri),
    alreadyUsed,
  };
  const reference = service && referenceCode(code.bytes, service, code.symbology);
  if (!reference) return { verdict: verify(code.bytes, context), service };
  return { verdict: await lookedUp(reference, context, parts), service, reference: reference.pattern };
}

const TOO_LONG: Verdict = {
  outcome: 'rejected',
  reason: 'malformed',
  detail: 'longer than any licence code',
};

async function lookedUp(
  reference: ReferenceCode,
  context: VerifyContext,
  { resolver, knowledge, serviceId }: JudgeParts,
): Promise<Verdict> {
  // what could not be judged anyway is sent nowhere
  const ground = groundOf(context);
  if (!ground.ok) return ground.verdict;
  const requestId = new Uint8Array(randomBytes(REQUEST_ID_BYTES));
  const asked = await withinTime((signal) =>
    resolver.resolve({ requestId, reference, service: serviceId }, signal),
  );
  if (!asked.ok) return { outcome: 'undetermined', reason: asked.reason, detail: asked.detail };
  const keys = knowledge.trust?.city.keys.filter(({ uses }) => uses.includes('resolve')) ?? [];
  const cityKeys = keys.map(({ x }) => x);
  return verifyResolved({ answer: asked.answer, requestId, cityKeys }, context);
}

/** A resolver that hangs or throws holds up nobody: the answer is left open. */
async function withinTime(ask: (signal: AbortSignal) => Promise<ResolveOutcome>): Promise<ResolveOutcome> {
  const waiting = new AbortController();
  const failed = (error: unknown): ResolveOutcome => {
    if (!(error instanceof Error)) throw error;
    // the message may quote what was asked
    return { ok: false, reason: 'city-unavailable', detail: error.name };
  };
  const late = new Promise<ResolveOutcome>((resolve) => {
    const answer = { ok: false, reason: 'city-unavailable', detail: 'no answer in time' } as const;
    waiting.signal.addEventListener('abort', () => resolve(answer));
  });
  const timer = setTimeout(() => waiting.abort(), RESOLVE_WITHIN_MS);
  try {
    // in a promise of its own, so that what it throws at once is caught as well
    const asked = Promise.resolve().then(() => ask(waiting.signal));
    return await Promise.race([asked.catch(failed), late]);
  } finally {
    clearTimeout(timer);
  }
}
