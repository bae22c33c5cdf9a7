import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { sendProblem } from './problem.ts';

export interface RateLimit {
  /** Requests one remote address may make within a window. */
  readonly requests: number;
  readonly windowMs: number;
}

/** Addresses counted apart within a window; all beyond share one count, so that the map can't grow. */
const MAX_ADDRESSES = 10_000;
const EVERYONE_ELSE = '';

/** A hook that counts requests per remote address in fixed windows and refuses those past the limit. */
export function rateLimit({ requests, windowMs }: RateLimit, clock: Clock) {
  const counts = new Map<string, number>();
  let windowEnds = 0;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const now = clock.now();
    // also when the clock was turned back
    if (now >= windowEnds || now < windowEnds - windowMs) {
      counts.clear();
      windowEnds = now + windowMs;
    }
    const known = counts.has(request.ip) || counts.size < MAX_ADDRESSES;
    const address = known ? request.ip : EVERYONE_ELSE;
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    if (count <= requests) return undefined;
    return sendProblem(reply, 'too-many', { retryAfterSeconds: Math.ceil((windowEnds - now) / 1000) });
  };
}
