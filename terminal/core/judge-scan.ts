import { randomBytes } from 'node:crypto';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { COMMON_LABEL } from '../../licence/field-label.ts';
import { type ReferenceCode, referenceCode } from '../../licence/reference-code.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import type { Verdict } from '../../licence/verdict.ts';
import {
  groundOf,
  type Resolution,
  type VerifyContext,
  verify,
  verifyResolved,
  verifyResolvedEach,
} from '../../licence/verify.ts';
import { REQUEST_ID_BYTES } from '../../licence/wire/label.ts';
import type { CityKnowledge } from './city-knowledge.ts';
import { RESOLVE_WITHIN_MS, type ResolveOutcome, type ResolveQuery, type Resolver } from './resolver.ts';
import { serviceOf } from './service-of.ts';

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
  const service = serviceNow(parts);
  if (code.bytes === 'too-long') return { verdict: TOO_LONG, service };
  const context = contextOf(parts, service);
  const reference = service && referenceCode(code.bytes, service, code.symbology);
  if (!reference) return { verdict: verify(code.bytes, context), service };
  const asked = await askCity({ type: 'code', reference }, context, parts);
  const verdict = asked.ok ? verifyResolved(asked.resolution, context) : asked.verdict;
  return { verdict, service, reference: reference.pattern };
}

const TOO_LONG: Verdict = {
  outcome: 'rejected',
  reason: 'malformed',
  detail: 'longer than any licence code',
};

/**
 * The verdicts on what the city knows under a number staff typed in: one for each licence, or the one reason why there
 * is none.
 */
export async function judgeLookUp(query: LookUpQuery, parts: JudgeParts): Promise<readonly Judged[]> {
  const service = serviceNow(parts);
  const context = contextOf(parts, service);
  const asked = await askCity(query, context, parts);
  const verdicts = asked.ok ? verifyResolvedEach(asked.resolution, context) : [asked.verdict];
  return verdicts.map((verdict) => ({ verdict: ofNumber(verdict, query.value), service }));
}

/** Somebody else's licence, however well signed, is no answer. */
function ofNumber(verdict: Verdict, number: string): Verdict {
  const holder = verdict.licence?.fields.get(COMMON_LABEL.holderCode);
  if (!verdict.licence || holder === number) return verdict;
  return { outcome: 'undetermined', reason: 'city-error', detail: 'a licence of another number' };
}

export type LookUpQuery = Exclude<ResolveQuery, { readonly type: 'code' }>;

type Asked =
  | { readonly ok: true; readonly resolution: Resolution }
  | { readonly ok: false; readonly verdict: Verdict };

async function askCity(
  query: ResolveQuery,
  context: VerifyContext,
  { resolver, knowledge, serviceId }: JudgeParts,
): Promise<Asked> {
  // what could not be judged anyway is sent nowhere
  const ground = groundOf(context);
  if (!ground.ok) return ground;
  const requestId = new Uint8Array(randomBytes(REQUEST_ID_BYTES));
  const asked = await withinTime((signal) =>
    resolver.resolve({ requestId, query, service: serviceId }, signal),
  );
  if (!asked.ok) {
    return { ok: false, verdict: { outcome: 'undetermined', reason: asked.reason, detail: asked.detail } };
  }
  const keys = knowledge.trust?.city.keys.filter(({ uses }) => uses.includes('resolve')) ?? [];
  return { ok: true, resolution: { answer: asked.answer, requestId, cityKeys: keys.map(({ x }) => x) } };
}

function serviceNow({ knowledge, serviceId }: JudgeParts): Service | undefined {
  return serviceOf(knowledge.trust?.catalogue, serviceId);
}

function contextOf(
  { knowledge, verifier, alreadyUsed }: JudgeParts,
  service: Service | undefined,
): VerifyContext {
  return {
    time: knowledge.time(),
    trust: knowledge.trust,
    service,
    verifier,
    statusList: (uri) => knowledge.statusList(uri),
    alreadyUsed,
  };
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
