import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodError } from 'zod';
import { type RequestBody, requestBody, requestId } from '../../bridge/api-schemas.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { EVENT_ID } from '../../bridge/event-log.ts';
import { bridgeOpenApi } from '../../bridge/openapi.ts';
import { BridgeGate, judgeOrigins } from './bridge-gate.ts';
import { bridgeProblemOf, sendBridgeProblem } from './bridge-problem.ts';
import { BridgeStream } from './bridge-stream.ts';

export const BRIDGE_PREFIX = '/bridge/v1';
/** A request is a few hundred bytes. */
export const MAX_BRIDGE_BODY_BYTES = 16 * 1024;

/** What anybody on this machine may have: nothing in it is secret. */
const FILES = {
  'liangzheng-bridge.js': { file: 'liangzheng-bridge.js', type: 'text/javascript; charset=utf-8' },
  sample: { file: 'sample.html', type: 'text/html; charset=utf-8' },
  'sample.js': { file: 'sample.js', type: 'text/javascript; charset=utf-8' },
} as const;

export interface BridgeRoutesOptions {
  readonly bridge: Bridge;
  /** Folder of the JS client and the sample page. */
  readonly clientFolder: string;
}

/** A plugin that serves `/bridge/v1/…`. The guard before it has checked Host, and leaves Origin to it. */
export function bridgeRoutes(
  server: FastifyInstance,
  { bridge, clientFolder }: BridgeRoutesOptions,
  done: () => void,
): void {
  server.setErrorHandler((error, request, reply) => {
    const problem = bridgeProblemOf(error);
    if (problem === 'internal') request.log.error(error);
    return sendBridgeProblem(reply, problem);
  });
  server.removeContentTypeParser('text/plain');
  judgeOrigins(server, bridge.clients);
  openRoutes(server, clientFolder);
  server.register(clientRoutes, { bridge });
  done();
}

function openRoutes(server: FastifyInstance, clientFolder: string): void {
  const openApi = bridgeOpenApi();
  server.get(`${BRIDGE_PREFIX}/openapi.json`, NO_HEAD, () => openApi);
  for (const [name, { file, type }] of Object.entries(FILES)) {
    server.get(`${BRIDGE_PREFIX}/${name}`, NO_HEAD, async (_, reply) => {
      return reply.type(type).send(await readFile(join(clientFolder, file)));
    });
  }
  // so that Origin is judged for whatever there is not, too
  server.all(`${BRIDGE_PREFIX}/*`, (_, reply) => sendBridgeProblem(reply, 'not-found'));
}

function clientRoutes(
  server: FastifyInstance,
  { bridge }: Pick<BridgeRoutesOptions, 'bridge'>,
  done: () => void,
): void {
  const gate = new BridgeGate(server, bridge.clients, bridge.clock);

  server.get(`${BRIDGE_PREFIX}/terminal`, NO_HEAD, () => bridge.terminal());

  server.put(`${BRIDGE_PREFIX}/requests/:id`, LIMITED, (request, reply) => {
    const id = idOf(request.params);
    if (id === undefined) return sendBridgeProblem(reply, 'malformed', { detail: 'id' });
    const body = requestBody.safeParse(request.body);
    if (!body.success) return sendBridgeProblem(reply, 'malformed', { detail: faultOf(body.error) });
    return put(reply, bridge, gate.clientOf(request).name, id, body.data);
  });

  server.get(`${BRIDGE_PREFIX}/requests/:id`, NO_HEAD, (request, reply) => {
    const id = idOf(request.params);
    const known = id && bridge.look(gate.clientOf(request).name, id);
    return known || sendBridgeProblem(reply, 'not-found');
  });

  server.delete(`${BRIDGE_PREFIX}/requests/:id`, LIMITED, (request, reply) => {
    const id = idOf(request.params);
    const known = id && bridge.cancel(gate.clientOf(request).name, id);
    if (!known) return sendBridgeProblem(reply, 'not-found');
    return known.state === 'handed-on' ? sendBridgeProblem(reply, 'handed-on') : known;
  });

  server.post(`${BRIDGE_PREFIX}/requests/:id/acknowledgement`, LIMITED, (request, reply) => {
    const id = idOf(request.params);
    const state = id && bridge.acknowledge(gate.clientOf(request).name, id);
    if (!state) return sendBridgeProblem(reply, 'not-found');
    return state === 'handed-on' ? reply.code(204).send() : sendBridgeProblem(reply, 'not-handed-on');
  });

  server.get(`${BRIDGE_PREFIX}/events`, NO_HEAD, (request, reply) => {
    const lastId = request.headers['last-event-id'];
    if (lastId !== undefined && (typeof lastId !== 'string' || !EVENT_ID.test(lastId))) {
      return sendBridgeProblem(reply, 'malformed', { detail: 'last-event-id' });
    }
    reply.hijack();
    const stream = new BridgeStream(reply.raw, headersOf(reply));
    const stop = bridge.listen(gate.clientOf(request), stream, lastId);
    reply.raw.on('close', stop);
  });
  done();
}

const NO_HEAD = { exposeHeadRoute: false } as const;
const LIMITED = { bodyLimit: MAX_BRIDGE_BODY_BYTES } as const;

function put(reply: FastifyReply, bridge: Bridge, client: string, id: string, body: RequestBody) {
  const answer = bridge.put(client, id, body);
  if (!answer.ok) return sendBridgeProblem(reply, answer.reason);
  return reply.code(answer.created ? 201 : 200).send(answer.request);
}

function idOf(params: unknown): string | undefined {
  const id = typeof params === 'object' && params !== null && 'id' in params ? params.id : undefined;
  return requestId.safeParse(id).data;
}

/** Which of the keys is wrong and how, in the schema's own words: a message would quote what was sent. */
function faultOf({ issues }: ZodError): string {
  return issues.map(({ path, code }) => [...path, code].join(': ')).join(', ');
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const entries = Object.entries(reply.getHeaders());
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
