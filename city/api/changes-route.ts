import type { FastifyInstance } from 'fastify';
import { ROUTE } from '../../licence/wire/route.ts';
import type { City } from '../city.ts';
import type { ChangeStreams } from './change-streams.ts';
import { sendProblem } from './problem.ts';
import { proveRequest } from './proved-request.ts';

/** Seconds after which a terminal that found no free stream may try again; until then it polls. */
const STREAM_RETRY_SECONDS = 60;
const SCHEME = 'COSE ';

/** `GET /v1/changes`: hints as server-sent events. Whatever they say is still fetched and verified. */
export function changesRoute(server: FastifyInstance, city: City, streams: ChangeStreams): void {
  server.get(ROUTE.changes, async (request, reply) => {
    const { authorization = '' } = request.headers;
    if (!authorization.startsWith(SCHEME)) {
      return sendProblem(reply, 'not-proved', { detail: 'no COSE authorization' });
    }
    const bytes = new Uint8Array(Buffer.from(authorization.slice(SCHEME.length), 'base64url'));
    const proved = await proveRequest(city, bytes, ROUTE.changes);
    if (!proved.ok) return sendProblem(reply, proved.code, { detail: proved.detail });
    if (!streams.open(Buffer.from(proved.terminalId).toString('hex'), reply.raw)) {
      return sendProblem(reply, 'too-many-streams', { retryAfterSeconds: STREAM_RETRY_SECONDS });
    }
    return reply.hijack();
  });
}
