import { type Command, Option } from 'commander';
import type { FastifyPluginAsync } from 'fastify';
import pino, { type Logger } from 'pino';
import { cityServer } from '../api/city-server.ts';
import { publishDefaultCatalogue } from '../catalogue/publish-default-catalogue.ts';
import { type City, openCity } from '../city.ts';
import { cityCommand, wholeNumber } from './city-command.ts';
import { addressOf, listenNear } from './listen-near.ts';

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
  await publishDefaultCatalogue(city.catalogue);
  const server = await cityServer(city, log, options.demo ? await demo(city, options) : undefined);
  const close = async (): Promise<void> => {
    await server.close();
    await city.close();
  };
  let port: number;
  try {
    port = await listenNear(server, options.host, options.port);
  } catch (error) {
    await close(); // its timers would keep the process from ending
    throw error;
  }
  stopWhenAsked(close, log);
  if (options.port !== 0 && port !== options.port) {
    console.log(`Port ${options.port} is occupied, so this city uses ${port}.`);
  }
  console.log(`City API: ${addressOf(options.host, port)}  data: ${options.data}`);
  if (process.connected) process.send?.({ ready: true, port });
}

/** By a signal, or because the process that started this one is gone. */
function stopWhenAsked(close: () => Promise<void>, log: Logger): void {
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the server did not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  process.once('disconnect', stop);
  // it went while the server was starting: nobody would ever say so
  if (process.send !== undefined && !process.connected) stop();
}

async function demo(city: City, { data, terminalSocket }: ServeOptions): Promise<FastifyPluginAsync> {
  // loaded only when asked for: a city without the demo holds none of its people
  const { openDemo } = await import('../demo/demo.ts');
  return await openDemo(city, { data, ...(terminalSocket === undefined ? {} : { terminalSocket }) });
}
