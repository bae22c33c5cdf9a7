import type { FastifyInstance } from 'fastify';
import { REQUEST_ID_BYTES } from '../../licence/wire/label.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../../licence/wire/route.ts';
import { sealTimeAnswer } from '../../licence/wire/time-answer.ts';
import type { City } from '../city.ts';
import { bytesOfBody } from './body-bytes.ts';
import { sendProblem } from './problem.ts';
import { type RateLimit, rateLimit } from './rate-limit.ts';

/** A hospital's terminals share one address; each asks only when its clock was refused. */
export const TIME_LIMIT: RateLimit = { requests: 600, windowMs: 60_000 };

/** `POST /v1/time`: 16 bytes request id → the city's time, signed and bound to that id. */
export function timeRoute(server: FastifyInstance, city: City): void {
  const preHandler = rateLimit(TIME_LIMIT, city.clock);
  server.post(ROUTE.time, { bodyLimit: REQUEST_ID_BYTES, preHandler }, async (request, reply) => {
    const requestId = bytesOfBody(request.body);
    if (requestId?.length !== REQUEST_ID_BYTES) {
      return sendProblem(reply, 'malformed', { detail: `a request id has ${REQUEST_ID_BYTES} bytes` });
    }
    const answer = sealTimeAnswer({ requestId, unixMs: city.clock.now() }, city.keys.city);
    return reply.type(COSE_MEDIA_TYPE).header('cache-control', 'no-store').send(Buffer.from(answer));
  });
}
