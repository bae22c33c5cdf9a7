import type { FastifyInstance } from 'fastify';
import { ROUTE } from '../../licence/wire/route.ts';
import type { City } from '../city.ts';
import { sendProblem } from './problem.ts';
import { sendStatic } from './static-answer.ts';

/** `GET /v1/trust/…`: published TUF files, byte for byte as they were signed. */
export function trustRoute(server: FastifyInstance, city: City): void {
  server.get<{ Params: { '*': string } }>(`${ROUTE.trust}*`, async (request, reply) => {
    const path = request.params['*'];
    const file = await city.trust.file(path);
    if (!file) return sendProblem(reply, 'not-found');
    return sendStatic(request, reply, {
      ...file,
      type: path.endsWith('.json') ? 'application/json' : 'application/octet-stream',
      cache: path === 'timestamp.json' ? 'revalidate' : 'immutable',
    });
  });
}
