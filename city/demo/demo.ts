import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { City } from '../city.ts';
import {
  type People,
  PHONE_ROUTE,
  type Presented,
  presentRequest,
  scanRequest,
} from '../phone/phone-contract.ts';
import type { HeldLicence } from './held-licence.ts';
import { listPeople } from './list-people.ts';
import { localOnly } from './local-only.ts';
import { prepareLicences } from './prepare-licences.ts';
import { present } from './present.ts';
import { sendProblem } from './problem.ts';
import { showToTerminal } from './terminal-socket.ts';

export interface DemoOptions {
  /** The city's data folder; the demo keeps `demo/holders.json` in it. */
  readonly data: string;
  /** Unix socket of a terminal on this machine; without it the page has no "scan this". */
  readonly terminalSocket?: string;
  /** The built pages; `ui` beside the built city when absent (scripts/build.ts). */
  readonly ui?: string;
}

/** Longest request: a code of 2,400 characters in JSON. */
const MAX_BODY_BYTES = 8 * 1024;
/** Below this the built pages are reachable; of these only the phone's. */
const UI_PREFIX = '/phone/ui/';
const PHONE_PAGE = '/city/phone/index.html';

/**
 * Fills the city with invented people and their licences and serves the phone page that shows their codes, at
 * `/phone`. Opening it again on the same folder issues nothing twice.
 *
 * @returns the routes, to be registered on the city's server without a prefix.
 */
export async function openDemo(city: City, options: DemoOptions): Promise<FastifyPluginAsync> {
  const held = await prepareLicences(city, join(options.data, 'demo', 'holders.json'));
  const ui = options.ui ?? fileURLToPath(new URL('./ui', import.meta.url));
  return async (server) => {
    localOnly(server);
    reportFaults(server);
    await server.register(fastifyStatic, {
      root: ui,
      prefix: UI_PREFIX,
      decorateReply: false,
      index: false,
      allowedPath: (path) => path === PHONE_PAGE || path.startsWith('/assets/'),
    });
    server.get('/', (_, reply) => reply.redirect('/phone'));
    for (const path of ['/phone', '/phone/']) {
      server.get(path, (_, reply) => reply.redirect(UI_PREFIX + PHONE_PAGE.slice(1)));
    }
    addApi(server, city, held, options);
  };
}

function addApi(
  server: FastifyInstance,
  city: City,
  held: ReadonlyMap<string, HeldLicence>,
  { data, terminalSocket }: DemoOptions,
): void {
  server.get(PHONE_ROUTE.people, async (_, reply) => {
    reply.header('cache-control', 'no-store');
    const people = listPeople(held, await city.states.withdrawn(), data);
    return { people, canScan: terminalSocket !== undefined } satisfies People;
  });

  // one per licence, so as many as there are licences at most
  const last = new Map<string, Presented>();
  server.post(PHONE_ROUTE.present, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
    const body = presentRequest.safeParse(request.body);
    if (!body.success) return sendProblem(reply, 400, 'malformed', 'expected {licence, freeze?}');
    const { licence: id, freeze } = body.data;
    const licence = held.get(id);
    if (!licence) return sendProblem(reply, 404, 'unknown-licence', 'no demo licence of this name');
    const shown = (freeze && last.get(id)) || present(licence, city.clock.now());
    last.set(id, shown);
    reply.header('cache-control', 'no-store');
    return shown;
  });

  server.post(PHONE_ROUTE.scan, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
    if (terminalSocket === undefined)
      return sendProblem(reply, 404, 'no-terminal', 'started without a terminal');
    const body = scanRequest.safeParse(request.body);
    if (!body.success)
      return sendProblem(reply, 400, 'malformed', 'expected {text}, text being a licence code');
    const handed = await showToTerminal(terminalSocket, body.data.text);
    if (handed.ok) return { ok: true };
    const status = handed.code === 'terminal-timeout' ? 504 : 502;
    return sendProblem(reply, status, handed.code, handed.detail);
  });
}

/** What Fastify itself refuses, in the words of this API. */
function reportFaults(server: FastifyInstance): void {
  server.setErrorHandler((error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status === 413) return sendProblem(reply, 413, 'too-large', 'the body is too large');
    if (status >= 400 && status < 500) return sendProblem(reply, status, 'malformed', 'not a JSON body');
    request.log.error(error, 'the phone page failed');
    return sendProblem(reply, 500, 'internal', 'see the log of the city');
  });
}
