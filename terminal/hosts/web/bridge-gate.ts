import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TokenBucket } from '../../../drivers/outlet/token-bucket.ts';
import type { BridgeClient, BridgeClients } from '../../bridge/bridge-clients.ts';
import type { Clock } from '../../core/clock.ts';
import { sendBridgeProblem } from './bridge-problem.ts';

/** What a page that polls every second from a few tabs never reaches. */
export const CLIENT_BURST = 40;
export const CLIENT_PER_SECOND = 10;
/** Wrong tokens, from whomever: a system set up wrongly is told, a guesser is slowed. A right one is never held up. */
export const WRONG_TOKEN_BURST = 10;
export const WRONG_TOKENS_PER_SECOND = 0.2;
/** How long a browser need not ask again whether it may. */
const PREFLIGHT_SECONDS = 600;

const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, PUT, POST, DELETE',
  'access-control-allow-headers': 'authorization, content-type, last-event-id',
  'access-control-max-age': String(PREFLIGHT_SECONDS),
};

/**
 * Lets pages of the clients' own origins in, and no others: a foreign page gets no header that would let it read an
 * answer, and no answer either. No wildcard, no cookies. Host was checked by the guard.
 */
export function judgeOrigins(server: FastifyInstance, clients: BridgeClients): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ vary: 'Origin', 'cache-control': 'no-store' });
    const { origin } = request.headers;
    if (origin !== undefined && !clients.knowsOrigin(origin))
      return sendBridgeProblem(reply, 'foreign-origin');
    if (origin !== undefined) {
      reply.headers({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'retry-after',
      });
    }
    return request.method === 'OPTIONS' ? preflight(request, reply) : undefined;
  });
}

/** Who asks, once the token was found good, the origin the token's own and the rate within bounds. */
export class BridgeGate {
  readonly #clients: BridgeClients;
  readonly #clock: Clock;
  readonly #admitted = new WeakMap<FastifyRequest, BridgeClient>();
  readonly #rates = new WeakMap<BridgeClient, TokenBucket>();
  readonly #wrongTokens = new TokenBucket(WRONG_TOKEN_BURST, WRONG_TOKENS_PER_SECOND);

  constructor(server: FastifyInstance, clients: BridgeClients, clock: Clock) {
    this.#clients = clients;
    this.#clock = clock;
    // before the body is read
    server.addHook('onRequest', async (request, reply) => this.#admit(request, reply));
  }

  /** @throws where the request did not come through the gate. */
  clientOf(request: FastifyRequest): BridgeClient {
    const client = this.#admitted.get(request);
    if (!client) throw new Error('a route of clients outside the gate');
    return client;
  }

  #admit(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
    const now = this.#clock.monotonic();
    const client = this.#clients.withToken(tokenOf(request));
    if (!client) {
      if (this.#wrongTokens.take(now)) return sendBridgeProblem(reply, 'unknown-token');
      return sendBridgeProblem(reply, 'too-many', { retryAfterSeconds: 1 / WRONG_TOKENS_PER_SECOND });
    }
    const { origin } = request.headers;
    if (origin !== undefined && !client.origins.includes(origin)) {
      // a page of another client: it is not to read even this
      reply.removeHeader('access-control-allow-origin');
      return sendBridgeProblem(reply, 'foreign-origin');
    }
    if (!this.#rateOf(client).take(now))
      return sendBridgeProblem(reply, 'too-many', { retryAfterSeconds: 1 });
    this.#admitted.set(request, client);
    return undefined;
  }

  #rateOf(client: BridgeClient): TokenBucket {
    const rate = this.#rates.get(client) ?? new TokenBucket(CLIENT_BURST, CLIENT_PER_SECOND);
    this.#rates.set(client, rate);
    return rate;
  }
}

/** Private Network Access: Chromium of before 2025 asks it of whoever answers for this machine. */
function preflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.headers.origin !== undefined) {
    reply.headers(PREFLIGHT_HEADERS);
    if (request.headers['access-control-request-private-network'] === 'true') {
      reply.header('access-control-allow-private-network', 'true');
    }
  }
  return reply.code(204).send();
}

function tokenOf(request: FastifyRequest): string {
  return /^Bearer ([\w-]{1,128})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}
