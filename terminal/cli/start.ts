import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type DataFolder, dataFolder, defaultDataRoot } from '../store/data-folder.ts';
import { SyncReader } from '../store/sync-store.ts';
import { askStatus, askTerminal } from './control-client.ts';
import { claimDataFolder } from './control-server.ts';
import { type DemoAccess, demoAccess } from './demo-access.ts';
import { openWindow } from './open-window.ts';
import { SupervisedChild } from './supervised-child.ts';

export interface StartOptions {
  /** Holds `terminal/` and `city/`. */
  readonly root: string;
  readonly port: number;
  readonly cityPort: number;
  readonly service: string | undefined;
  /** Addresses besides the simulated scanner and the page's keyboard; none: whatever known scanner is plugged in. */
  readonly scanners: readonly string[];
  readonly open: boolean;
  readonly logLevel: string;
}

const PROGRAM = {
  terminal: fileURLToPath(new URL('liangzheng.js', import.meta.url)),
  agent: fileURLToPath(new URL('sync-agent.js', import.meta.url)),
  city: fileURLToPath(new URL('../city/city.js', import.meta.url)),
};

/**
 * A young generation of 4 MB. Left alone it grows: after 1,200 scans a terminal took 182 MB without this and 127 MB with
 * it (2 processors, one run each).
 */
const TERMINAL_NODE_FLAGS = ['--max-semi-space-size=2'];

const READY_POLL_MS = 50;
const READY_WITHIN_MS = 30_000;

/** The whole product in one window: an embedded city, the terminal, its agent and the screens. */
export async function start(options: StartOptions): Promise<void> {
  const folder = dataFolder(join(options.root, 'terminal'));
  claimWritable(options.root);
  await claimDataFolder(folder);
  const onExit = (name: string, how: string) => say(`${name} ended (${how}); starting it again`);
  const city = new SupervisedChild({
    name: 'city',
    background: true,
    onExit,
    args: cityArgs(options, folder, options.cityPort),
    restartArgs: (taken) => cityArgs(options, folder, taken ?? options.cityPort),
  });
  const terminal = new SupervisedChild({
    name: 'terminal',
    onExit,
    args: terminalArgs(options, options.port),
    // the window is open at this port: nobody else may answer there
    restartArgs: (taken) => [...terminalArgs(options, taken ?? options.port), '--exact-port'],
  });
  const children: { stop(): Promise<unknown> }[] = [city, terminal];
  const stop = stopper(children);
  try {
    say('Starting the city, the terminal and its agent ...');
    const [cityPort, port] = await Promise.all([city.start(), terminal.start()]);
    if (cityPort === undefined || port === undefined) throw new Error('a program started without its port');
    const cityUrl = `http://127.0.0.1:${cityPort}`;
    const agent = new SupervisedChild({
      name: 'agent',
      background: true,
      onExit,
      args: agentArgs(options, folder, cityUrl),
    });
    children.push(agent);
    await Promise.all([agent.start(), enrolOnce(options, folder, cityUrl)]);
    await readyToScan(folder);
    const access = await demoAccess(options.root, folder, `http://127.0.0.1:${port}`);
    welcome(options, port, cityPort, access);
    openScreens(options, port, children);
  } catch (error) {
    await Promise.all(children.map((child) => child.stop()));
    throw error;
  }
  process.on('disconnect', () => void stop());
}

/** @throws a sentence where nothing could be kept. */
function claimWritable(root: string): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    accessSync(root, constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`can't keep data in ${root}: choose another folder with --data (${why})`);
  }
}

function openScreens(options: StartOptions, port: number, children: { stop(): Promise<unknown> }[]): void {
  if (!options.open) return;
  const window = openWindow(
    `http://127.0.0.1:${port}/`,
    join(options.root, 'browser'),
    process.env,
    (error) => say(`The window could not be opened (${error.message}): open the addresses above.`),
  );
  if (window.kind === 'none') say(`No window was opened (${window.why}): open the addresses above.\n`);
  else children.push({ stop: async () => window.process.kill() });
}

/** Ends everything at Ctrl-C. What must not be lost is on disk before anyone hears of it, so this only closes. */
function stopper(children: readonly { stop(): Promise<unknown> }[]): () => Promise<void> {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all(children.map((child) => child.stop()));
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  return stop;
}

function cityArgs(options: StartOptions, folder: DataFolder, port: number): string[] {
  return [
    PROGRAM.city,
    ...['serve', '--demo', '--data', join(options.root, 'city'), '--port', String(port)],
    ...['--terminal-socket', folder.socket, '--log-level', options.logLevel],
  ];
}

function agentArgs(options: StartOptions, folder: DataFolder, city: string): string[] {
  return [PROGRAM.agent, '--data', folder.root, '--city', city, '--log-level', options.logLevel];
}

function terminalArgs(options: StartOptions, port: number): string[] {
  const wired = options.scanners.length > 0 ? options.scanners : ['auto:'];
  const scanners = ['simulated:', 'keyboard:page', ...wired];
  return [
    ...TERMINAL_NODE_FLAGS,
    PROGRAM.terminal,
    ...['run', '--data', options.root, '--port', String(port), '--log-level', options.logLevel],
    ...(options.service ? ['--service', options.service] : []),
    ...scanners.flatMap((address) => ['--scanner', address]),
  ];
}

/** The embedded city admits this terminal the way a real one would: with a code that works once. */
async function enrolOnce(options: StartOptions, folder: DataFolder, city: string): Promise<void> {
  if (isEnrolled(folder)) return;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[PROGRAM.city, 'enrolment-code', '--data', join(options.root, 'city')],
  ]);
  const answer = await askTerminal(folder.socket, { command: 'enrol', city, code: stdout.trim() });
  if (!answer.ok) throw new Error(`the terminal could not enrol: ${answer.error}`);
}

function isEnrolled(folder: DataFolder): boolean {
  if (!existsSync(folder.syncDb)) return false;
  const reader = SyncReader.open(folder.syncDb);
  const enrolled = reader?.enrolment() !== undefined;
  reader?.close();
  return enrolled;
}

/** Waits until the terminal invites, and says so if it doesn't. @throws when the city doesn't know its service. */
async function readyToScan(folder: DataFolder): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const status = await askStatus(folder);
    if (status?.screen === 'inviting' && status.missingLists.length === 0) return;
    if (status?.cause === 'unknown-service') {
      throw new Error(`the city has no service "${status.service}"; it has ${status.services.join(', ')}`);
    }
    if (performance.now() > until) {
      say('The terminal is not ready to scan yet. `npm run liangzheng -- status` tells why.');
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
}

function sayPort(name: string, wanted: number, taken: number): void {
  if (wanted !== 0 && wanted !== taken) say(`Port ${wanted} is in use: the ${name} is at ${taken} instead.`);
}

function welcome(options: StartOptions, port: number, cityPort: number, access: DemoAccess): void {
  sayPort('kiosk', options.port, port);
  sayPort('city', options.cityPort, cityPort);
  const at = options.root === defaultDataRoot(process.env) ? '' : ` --data ${options.root}`;
  say(`
Liangzheng 亮证 is ready to scan.

  kiosk     http://127.0.0.1:${port}/
  counter   http://127.0.0.1:${port}/counter/
  phone     http://127.0.0.1:${cityPort}/phone     (plays the citizen's app)
  bridge    http://127.0.0.1:${port}/bridge/v1/sample   (plays a hospital's own system; its token: ${access.bridgeToken})

To log in at the counter: ${access.staff}, PIN ${access.pin}

Try this:
  1. Open the kiosk and the phone side by side. On the phone choose a person and a licence, then "Scan this".
  2. Choose a revoked or an expired licence, or use a screenshot, and see what the kiosk says.
  3. Plug in a USB scanner and hold the phone's QR code in front of it: npm run liangzheng -- devices shows
     what it is taken for. A keyboard-mode scanner needs only the kiosk page in focus.
  4. In another window: npm run liangzheng -- status${at}
                        npm run liangzheng -- city audit${at}

Ctrl-C ends everything; nothing is lost.
`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
