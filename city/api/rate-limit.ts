import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { sendProblem } from './problem.ts';
import { type RateLimit, RequestCounter } from './request-counter.ts';

export type { RateLimit } from './request-counter.ts';

/** A hook that counts requests per remote address and refuses those past the limit. */
export function rateLimit(limit: RateLimit, clock: Clock) {
  const counter = new RequestCounter(limit, clock);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const retryAfterSeconds = counter.count(request.ip);
    return retryAfterSeconds === undefined
      ? undefined
      : sendProblem(reply, 'too-many', { retryAfterSeconds });
  };
}
