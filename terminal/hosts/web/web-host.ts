import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { COMMAND_ROUTE, FACES, LOGIN_ROUTE, VIEW_ROUTE } from '../../contract.ts';
import type { Terminal } from '../../terminal.ts';
import { bridgeRoutes } from './bridge-routes.ts';
import { commandSchema, loginSchema } from './command-schema.ts';
import { guard } from './guard.ts';
import { listenOnLoopback, type PortWish } from './listen.ts';
import { metricsRoute } from './metrics-route.ts';
import { ViewStreams } from './view-stream.ts';

const query = z.strictObject({ face: z.enum(FACES) });

/** Room for the longest keyboard burst with every character escaped. */
const MAX_BODY_BYTES = 32 * 1024;
/** A request that isn't whole by then is given up: it holds a connection. */
const REQUEST_WITHIN_MS = 10_000;
/** Screens, clients of the bridge and whoever reads the metrics take a few dozen. */
const MAX_CONNECTIONS = 256;

export interface WebHost {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves screens and views, the bridge and the metrics from loopback. @param uiFolder the built pages; `bridge/` the bridge's client. */
export async function startWebHost(terminal: Terminal, uiFolder: string, port: PortWish): Promise<WebHost> {
  const server = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_WITHIN_MS,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  });
  server.server.maxConnections = MAX_CONNECTIONS;
  const streams = new ViewStreams(terminal);
  guard(server);
  await servePages(server, uiFolder);
  serveScreens(server, terminal, streams);
  await server.register(bridgeRoutes, { bridge: terminal.bridge, clientFolder: join(uiFolder, 'bridge') });
  metricsRoute(server, terminal.metrics);
  const taken = await listenOnLoopback(server, port);
  return {
    port: taken,
    close: async () => {
      streams.close();
      await server.close();
    },
  };
}

function serveScreens(server: FastifyInstance, terminal: Terminal, streams: ViewStreams): void {
  server.get(VIEW_ROUTE, (request, reply) => {
    const parsed = query.safeParse(request.query);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    streams.add(reply.raw, parsed.data.face);
  });

  server.post(COMMAND_ROUTE, async (request, reply) => {
    const from = query.safeParse(request.query);
    if (!from.success) return reply.code(400).send({ error: z.prettifyError(from.error) });
    const parsed = commandSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    return reply.send(await terminal.command(parsed.data, from.data.face));
  });

  server.post(LOGIN_ROUTE, async (request, reply) => {
    const parsed = loginSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: 'not a login' }); // an error could quote the PIN
    return reply.send(await terminal.login(parsed.data));
  });
  server.delete(LOGIN_ROUTE, async (_, reply) => {
    await terminal.logout();
    return reply.send({ ok: true });
  });
}

async function servePages(server: FastifyInstance, uiFolder: string): Promise<void> {
  await server.register(fastifyStatic, { root: join(uiFolder, 'assets'), prefix: '/assets/' });
  server.get('/', (_, reply) => reply.sendFile('kiosk-ui/kiosk/index.html', uiFolder));
  server.get('/counter', (_, reply) => reply.redirect('/counter/'));
  server.get('/counter/', (_, reply) => reply.sendFile('kiosk-ui/counter/index.html', uiFolder));
}
