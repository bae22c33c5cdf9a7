import { type Command, Option } from 'commander';
import type { FastifyPluginAsync } from 'fastify';
import pino from 'pino';
import { cityServer } from '../api/city-server.ts';
import { type City, openCity } from '../city.ts';
import { cityCommand, wholeNumber } from './city-command.ts';
import { listenNear } from './listen-near.ts';

export const DEFAULT_PORT = 8700;
/** A server that hasn't stopped by itself within this time is ended. */
const STOP_LIMIT_MS = 900;

interface ServeOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly logLevel?: string;
  readonly demo?: true;
  readonly terminalSocket?: string;
}

export function serveCommand(): Command {
  return cityCommand('serve', 'run the city’s API')
    .option('--port <n>', 'port; the next free one if it is occupied', wholeNumber(0, 65_535), DEFAULT_PORT)
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--log-level <level>', 'info, or warn when another process started this one').choices([
        'fatal',
        'error',
        'warn',
        'info',
        'debug',
      ]),
    )
    .option('--demo', 'with demo issuers, people and their phone page')
    .option('--terminal-socket <path>', 'socket of a terminal the demo may show codes to')
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const embedded = process.send !== undefined;
  const level = options.logLevel ?? (embedded ? 'warn' : 'info');
  const log = pino({ name: 'city', level }, pino.destination({ fd: 2, sync: true }));
  const city = await openCity({ data: options.data });
  const server = await cityServer(city, log, options.demo ? await demo(city, options) : undefined);
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    server
      .close()
      .then(() => city.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'the server did not stop cleanly');
          process.exit(1);
        },
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  process.once('disconnect', stop); // the parent is gone
  const port = await listenNear(server, options.host, options.port);
  if (options.port !== 0 && port !== options.port) {
    console.log(`Port ${options.port} is occupied, so this city uses ${port}.`);
  }
  console.log(`City API: http://${options.host}:${port}  data: ${options.data}`);
  process.send?.({ ready: true, port });
}

async function demo(city: City, { terminalSocket }: ServeOptions): Promise<FastifyPluginAsync> {
  // loaded only when asked for: a city without the demo holds none of its people
  const { openDemo } = await import('../demo/demo.ts');
  return await openDemo(city, terminalSocket === undefined ? {} : { terminalSocket });
}
