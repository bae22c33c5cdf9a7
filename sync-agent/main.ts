import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { bothVerifier } from '../licence/ed25519/both-verifier.ts';
import { dataFolder } from '../terminal/store/data-folder.ts';
import { SyncStore } from '../terminal/store/sync-store.ts';
import { loadOrCreateTerminalKey } from '../terminal/store/terminal-key.ts';
import { runAgent } from './agent.ts';
import { systemAgentClock } from './agent-clock.ts';
import { nodeNetwork } from './node-network.ts';

/** Put in by the build; absent when the sources run as they are. */
declare const __LIANGZHENG_VERSION__: string | undefined;

const USAGE = 'usage: sync-agent --data DIR [--city URL] [--log-level trace|debug|info|warn|error|silent]';
const EXIT_USAGE = 2;

await main();

/** The agent as a process: runs until SIGTERM, SIGINT or the end of the parent that holds its IPC channel. */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const options = readOptions();
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n${USAGE}\n`);
    process.exitCode = EXIT_USAGE;
    return;
  }
  const log = pino({ level: options.logLevel, base: { process: 'sync-agent' } }, pino.destination(2));
  const stop = new AbortController();
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, () => stop.abort());

  const folder = dataFolder(options.data);
  const clock = systemAgentClock();
  const network = nodeNetwork(clock);
  const store = new SyncStore(folder.syncDb);
  try {
    const key = loadOrCreateTerminalKey(folder.key);
    const version = typeof __LIANGZHENG_VERSION__ === 'undefined' ? '0.0.0-source' : __LIANGZHENG_VERSION__;
    const moved = options.city === undefined ? {} : { city: options.city };
    const parts = {
      folder,
      store,
      key,
      network,
      clock,
      random: Math.random,
      verifier: bothVerifier(),
      log,
      version,
    };
    // a parent that went while this process started is the end of it too
    process.send?.({ ready: true }, undefined, undefined, (error) => error && stop.abort());
    await runAgent({ ...parts, ...moved }, stop.signal);
  } catch (error) {
    log.fatal({ error: error instanceof Error ? error.stack : String(error) }, 'ended by an exception');
    process.exitCode = 1;
  } finally {
    stop.abort();
    network.close();
    store.close();
    // an IPC channel to a living parent would keep the process
    if (process.connected) process.disconnect();
  }
}

interface Options {
  readonly data: string;
  /** Where the city is now, if not where this terminal enrolled. */
  readonly city?: string;
  readonly logLevel: string;
}

/** @returns a sentence on what is wrong, instead of options. */
function readOptions(): Options | string {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        city: { type: 'string' },
        'log-level': { type: 'string', default: 'warn' },
      },
    });
    if (!values.data) return '--data is missing';
    const logLevel = values['log-level'];
    if (logLevel !== 'silent' && !(logLevel in pino.levels.values)) return `--log-level ${logLevel} is none`;
    return { data: values.data, logLevel, ...(values.city === undefined ? {} : { city: values.city }) };
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}
