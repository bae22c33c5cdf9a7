import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseScannerAddress, type ScannerAddress } from '../../drivers/scanner-address.ts';
import { BUILD_MS } from '../build-info.ts';
import { type Config, parseConfig } from '../config.ts';
import { makeLog } from '../health/log.ts';
import { startWebHost } from '../hosts/web/web-host.ts';
import type { DataFolder } from '../store/data-folder.ts';
import { Terminal } from '../terminal.ts';
import { claimDataFolder, startControlServer } from './control-server.ts';
import { scannerProfiles } from './scanner-profiles.ts';

export interface RunOptions {
  readonly folder: DataFolder;
  /** JSON file; its values are overridden by `overrides`. */
  readonly configFile?: string;
  readonly overrides: Partial<Config>;
  /** Whether only the configured port will do. */
  readonly exactPort: boolean;
  readonly logLevel: string;
}

/** Runs one terminal with its web host until told to stop. @throws Error with a sentence for the operator. */
export async function run(options: RunOptions): Promise<void> {
  const config = readConfig(options);
  const log = makeLog(options.logLevel, 'terminal');
  await claimDataFolder(options.folder);
  const terminal = new Terminal({
    folder: options.folder,
    service: config.service,
    scanners: config.scanners.map(address),
    scannerProfiles: await scannerProfiles(options.folder),
    buildMs: BUILD_MS,
    onFault: (fault) => log.warn(fault),
  });
  const host = await startWebHost(terminal, UI_FOLDER, { port: config.port, exact: options.exactPort });
  const control = await startControlServer(terminal, options.folder);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    control.close();
    await host.close();
    await terminal.stop();
    process.exit(0);
  };
  const stopOnce = () => void stop();
  process.on('SIGTERM', stopOnce);
  process.on('SIGINT', stopOnce);
  // the parent is gone: nobody would restart or stop this process any more
  process.on('disconnect', stopOnce);
  if (process.send) process.send({ ready: true, port: host.port });
  else
    process.stdout.write(
      `kiosk http://127.0.0.1:${host.port}/  counter http://127.0.0.1:${host.port}/counter/\n`,
    );
}

/** The built pages, beside the built program. */
const UI_FOLDER = fileURLToPath(new URL('../ui', import.meta.url));

function readConfig(options: RunOptions): Config {
  const file = options.configFile ? readJson(options.configFile) : {};
  const config = parseConfig({ ...file, ...options.overrides });
  if (typeof config === 'string')
    throw new Error(`configuration${options.configFile ? ` ${options.configFile}` : ''}: ${config}`);
  return config;
}

function readJson(path: string): object {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function address(text: string): ScannerAddress {
  const reading = parseScannerAddress(text);
  if (reading.ok) return reading.address;
  throw new Error(`${reading.detail}; expected one of: ${reading.expected.join(', ')}`);
}
