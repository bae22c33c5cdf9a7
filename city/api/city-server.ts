import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from 'fastify';
import type { City } from '../city.ts';
import { doUpkeep, keepUp } from '../upkeep.ts';
import { auditRoute } from './audit-route.ts';
import { parseByteBodies } from './body-bytes.ts';
import { ChangeStreams } from './change-streams.ts';
import { changesRoute } from './changes-route.ts';
import { enrolRoute } from './enrol-route.ts';
import { sendProblem } from './problem.ts';
import { problemOfError } from './problem-of-error.ts';
import { reportRoute } from './report-route.ts';
import { resolveRoute } from './resolve-route.ts';
import { statusRoute } from './status-route.ts';
import { timeRoute } from './time-route.ts';
import { trustRoute } from './trust-route.ts';

/** Bodies of routes that set no limit of their own. */
const DEFAULT_BODY_LIMIT = 16 * 1024;
/** A client must send its whole request within this time. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longest status list name, percent-encoded. */
const MAX_PARAM_LENGTH = 512;

/**
 * The city's API over one city (city-protocol.md). Not yet listening; `close()` ends open streams at once but leaves the
 * city open, since the caller opened it.
 *
 * @param extra further routes, such as the demo's phone page.
 */
export async function cityServer(
  city: City,
  log: FastifyBaseLogger,
  extra?: FastifyPluginAsync,
): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: log,
    // a request line could hold what a person looked up; failures are logged by the error handler
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: DEFAULT_BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    // TLS ends in a proxy on this machine: rate limits count the addresses it names, not its own
    trustProxy: 'loopback',
    // what is refused before a route is found passes by the error handler
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, problemOfError(error));
    },
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
  });
  parseByteBodies(server);
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, 'not-found'));
  server.setErrorHandler((error, request, reply) => {
    const code = problemOfError(error);
    if (code === 'internal')
      request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    return sendProblem(reply, code);
  });
  const streams = new ChangeStreams();
  enrolRoute(server, city);
  timeRoute(server, city);
  trustRoute(server, city);
  statusRoute(server, city);
  auditRoute(server, city);
  reportRoute(server, city);
  resolveRoute(server, city);
  changesRoute(server, city, streams);
  if (extra) await server.register(extra);

  await doUpkeep(city);
  const stopUpkeep = keepUp(city, (error) => log.error({ err: error }, 'upkeep failed'));
  const stopWatching = await city.changes.watch(
    (changes) => streams.tell(changes),
    (error) => log.error({ err: error }, 'changes could not be read'),
  );
  server.addHook('preClose', async () => {
    streams.close();
    stopWatching();
    await stopUpkeep();
  });
  return server;
}
