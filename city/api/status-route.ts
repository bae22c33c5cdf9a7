import type { FastifyInstance } from 'fastify';
import { TYP } from '../../licence/cose/typ.ts';
import { ROUTE } from '../../licence/wire/route.ts';
import type { City } from '../city.ts';
import { sendProblem } from './problem.ts';
import { sendStatic } from './static-answer.ts';

/** `GET /v1/status/{uri}`: the list's token. A list's tokens never share an iat, so that is its ETag. */
export function statusRoute(server: FastifyInstance, city: City): void {
  server.get<{ Params: { list: string } }>(`${ROUTE.status}:list`, async (request, reply) => {
    const list = await city.statusLists.token(request.params.list);
    if (!list) return sendProblem(reply, 'not-found');
    return sendStatic(request, reply, {
      bytes: list.token,
      etag: `"${list.iat}"`,
      type: TYP.statusList,
      cache: 'revalidate',
    });
  });
}
