import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { COMMAND_ROUTE, type Command, FACES, MAX_KEYBOARD_TEXT, VIEW_ROUTE } from '../../contract.ts';
import type { Terminal } from '../../terminal.ts';
import { guard } from './guard.ts';
import { listenOnLoopback, type PortWish } from './listen.ts';
import { ViewStreams } from './view-stream.ts';

const command = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('keyboard-scan'), text: z.string().min(1).max(MAX_KEYBOARD_TEXT) }),
  z.strictObject({
    type: z.literal('settings'),
    settings: z.strictObject({ language: z.enum(['zh', 'en']), largeText: z.boolean() }),
  }),
  z.strictObject({ type: z.literal('dismiss') }),
]) satisfies z.ZodType<Command>;

const query = z.strictObject({ face: z.enum(FACES) });

/** Room for the longest keyboard burst with every character escaped. */
const MAX_BODY_BYTES = 32 * 1024;

export interface WebHost {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the screens and their views from loopback. @param uiFolder the built pages. */
export async function startWebHost(terminal: Terminal, uiFolder: string, port: PortWish): Promise<WebHost> {
  const server = Fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
  const streams = new ViewStreams(terminal);
  guard(server);
  await servePages(server, uiFolder);

  server.get(VIEW_ROUTE, (request, reply) => {
    const parsed = query.safeParse(request.query);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    streams.add(reply.raw, parsed.data.face);
  });

  server.post(COMMAND_ROUTE, (request, reply) => {
    const parsed = command.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    terminal.command(parsed.data);
    return reply.code(204).send();
  });

  const taken = await listenOnLoopback(server, port);
  return {
    port: taken,
    close: async () => {
      streams.close();
      await server.close();
    },
  };
}

async function servePages(server: FastifyInstance, uiFolder: string): Promise<void> {
  await server.register(fastifyStatic, { root: join(uiFolder, 'assets'), prefix: '/assets/' });
  server.get('/', (_, reply) => reply.sendFile('kiosk-ui/kiosk/index.html', uiFolder));
  server.get('/counter', (_, reply) => reply.redirect('/counter/'));
  server.get('/counter/', (_, reply) => reply.sendFile('kiosk-ui/counter/index.html', uiFolder));
}
