import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.ts';

/** Names under which this machine reaches itself. */
const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Lets only pages of this machine in, and tells browsers to load nothing from elsewhere. The phone page shows private
 * keys at work, so a website the tester has open must not be able to use it.
 */
export function localOnly(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    // a name that an attacker's DNS points at 127.0.0.1 still stands in Host (DNS rebinding)
    if (!isLocalHost(request.headers.host)) {
      return sendProblem(reply, 403, 'not-local', 'open the page as http://localhost or http://127.0.0.1');
    }
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnOrigin(request)) {
      return sendProblem(reply, 403, 'not-local', 'sent by a page of another origin');
    }
  });
}

/** No inline script or style, nothing from the network, no framing. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && LOCAL_NAMES.includes(host.replace(/:\d{1,5}$/, ''));
}

/** Browsers put an Origin on every POST (Fetch standard §3.1); what comes without one is no browser. */
function isOwnOrigin(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}
