import type { FastifyInstance } from 'fastify';
import { issueResolveAnswer } from '../../licence/issue/issue-resolve-answer.ts';
import type { ResolvedLicence, ResolveReason } from '../../licence/wire/resolve-answer.ts';
import { type ResolveRequest, resolveRequestShape } from '../../licence/wire/resolve-request.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../../licence/wire/route.ts';
import type { City } from '../city.ts';
import { isSoundNumber } from '../issuing/holder-look-up.ts';
import { bytesOfBody } from './body-bytes.ts';
import { readJsonBody } from './json-body.ts';
import { sendProblem } from './problem.ts';
import { proveRequest } from './proved-request.ts';
import { type RateLimit, RequestCounter } from './request-counter.ts';

/** Per terminal. A counter asks once or twice for a person; whoever tries one number after the other is stopped. */
export const RESOLVE_LIMIT: RateLimit = { requests: 30, windowMs: 60_000 };
/** An envelope, a reference code of 512 characters in JSON, and the rest of the body. */
export const MAX_RESOLVE_REQUEST_BYTES = 4 * 1024;

/**
 * `POST /v1/resolve`: a reference code or a holder's number → the licences behind it with their states, or why there are
 * none; signed. What was asked for is in no log and in no problem's detail.
 */
export function resolveRoute(server: FastifyInstance, city: City): void {
  const counter = new RequestCounter(RESOLVE_LIMIT, city.clock);
  server.post(ROUTE.resolve, { bodyLimit: MAX_RESOLVE_REQUEST_BYTES }, async (request, reply) => {
    const bytes = bytesOfBody(request.body);
    if (!bytes) return sendProblem(reply, 'malformed', { detail: 'no body' });
    const proved = await proveRequest(city, bytes, ROUTE.resolve);
    if (!proved.ok) return sendProblem(reply, proved.code, { detail: proved.detail });
    const retryAfterSeconds = counter.count(Buffer.from(proved.terminalId).toString('hex'));
    if (retryAfterSeconds !== undefined) return sendProblem(reply, 'too-many', { retryAfterSeconds });
    const asked = readJsonBody(proved.body, resolveRequestShape);
    if (!asked.ok) return sendProblem(reply, 'malformed', { detail: asked.detail });
    const answer = sealAnswer(city, proved.requestId, await resolve(city, asked.value));
    return reply.type(COSE_MEDIA_TYPE).header('cache-control', 'no-store').send(Buffer.from(answer));
  });
}

/** @returns at least one licence, or why there are none. */
async function resolve(
  city: City,
  { type, value, service: id }: ResolveRequest,
): Promise<readonly ResolvedLicence[] | ResolveReason> {
  const { services } = await city.catalogue.current();
  const service = services.find((one) => one.id === id);
  if (!service) return 'refused';
  switch (type) {
    case 'code':
      return 'unknown'; // this city hands out no reference codes
    case 'uscc':
    case 'id': {
      if (!service.lookUps?.includes(type)) return 'refused';
      if (!isSoundNumber({ type, value })) return 'unknown';
      const licences = await city.lookUp.find({ type, value }, service.kinds);
      return licences.length > 0 ? licences : 'unknown';
    }
    default:
      return type satisfies never;
  }
}

/** The signed answer. Full as it may be, it has room in what a terminal takes: the licences are of phones' codes. */
function sealAnswer(
  city: City,
  requestId: Uint8Array,
  found: readonly ResolvedLicence[] | ResolveReason,
): Uint8Array {
  const about = { requestId, iat: Math.floor(city.clock.now() / 1000) };
  const said = typeof found === 'string' ? { reason: found } : { licences: found };
  return issueResolveAnswer({ ...about, ...said }, city.keys.city);
}
