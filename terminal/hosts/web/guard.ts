import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

const HEADERS = {
  // no inline script or style, nothing from another host, no frame around us
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
};

/** Routes that judge the Origin themselves, by whose token a request carries. */
const OWN_ORIGIN_CHECK = '/bridge/';

/**
 * Lets in only pages this host served itself. The Host check stops DNS rebinding (a foreign name that resolves to
 * 127.0.0.1), the Origin check stops a foreign page in the same browser from sending commands.
 */
export function guard(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    const host = hostname(request);
    if (host === undefined || !LOOPBACK_NAMES.has(host)) return refuse(reply, 'Host is not this machine');
    // by the route that was matched, never by the text of the address
    if (request.routeOptions.url?.startsWith(OWN_ORIGIN_CHECK)) return;
    const { origin } = request.headers;
    const foreign = origin !== undefined && origin !== `http://${request.headers.host}`;
    const site = request.headers['sec-fetch-site'];
    // a page of another port of this machine may link here, and no more
    const neighbour = site === 'same-site' && request.headers['sec-fetch-mode'] !== 'navigate';
    if (foreign || neighbour || site === 'cross-site') {
      return refuse(reply, 'requests of other sites are refused');
    }
  });
}

function hostname(request: FastifyRequest): string | undefined {
  return request.headers.host?.replace(/:\d+$/, '');
}

function refuse(reply: FastifyReply, why: string): FastifyReply {
  return reply.code(403).send({ error: why });
}
