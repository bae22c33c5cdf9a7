#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { escapeUnseen } from '../../licence/cbor/escape-text.ts';
import { VERSION } from '../build-info.ts';
import { dataFolder, defaultDataRoot } from '../store/data-folder.ts';
import { addAuditCommand } from './audit/audit-command.ts';
import { addBridgeCommand } from './bridge/bridge-command.ts';
import { addInspectCommand } from './codes/inspect-command.ts';
import { addVerifyCommand } from './codes/verify-command.ts';
import { askTerminal } from './control-client.ts';
import type { ControlAnswer, ControlRequest } from './control-protocol.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { enrol } from './enrol.ts';
import { run } from './run.ts';
import { addDevicesCommand } from './scanner/devices-command.ts';
import { addScanCommand } from './scanner/scan-command.ts';
import { addScannerCommand } from './scanner/scanner-command.ts';
import { addStaffCommand } from './staff/staff-command.ts';
import { start } from './start.ts';

/** The command line. Exit code 0: done, 1: it could not be done, 2: misuse. */
const program = new Command('liangzheng')
  .description('Checks electronic licences at kiosks and counters')
  .version(VERSION)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : MISUSE));

const MISUSE = 2;
const DEFAULT_ROOT = defaultDataRoot(process.env);

const dataOption = () => new Option('--data <dir>', 'data folder').default(DEFAULT_ROOT);
const logOption = () =>
  new Option('--log-level <level>', 'how much to log on standard error')
    .choices(['silent', 'error', 'warn', 'info', 'debug'])
    .default('warn');
const scannerOption = () =>
  new Option(
    '--scanner <address...>',
    'such as serial:/dev/ttyACM0 or serial:/dev/ttyUSB0?baud=9600&framing=idle',
  );

program
  .command('start')
  .description('start everything with a demonstration city: terminal, agent, screens')
  .addOption(dataOption())
  .option('--port <n>', 'port of the screens', parsePort, 7080)
  .option('--city-port <n>', 'port of the embedded city', parsePort, 7090)
  .option(
    '--service <id>',
    'what this terminal is for; status lists the services (default: medical-insurance)',
  )
  .addOption(scannerOption())
  .option('--no-open', 'open no window')
  .addOption(logOption())
  .action(async ({ data, port, cityPort, service, scanner, open, logLevel }) => {
    await start({ root: data, port, cityPort, service, scanners: scanner ?? [], open, logLevel });
  });

program
  .command('run')
  .description('run one terminal (screens and scanners); its sync agent is a program of its own')
  .addOption(dataOption())
  .option('--config <file>', 'JSON file with service, scanners, port')
  .option('--port <n>', 'port of the screens', parsePort)
  .option('--exact-port', 'fail rather than take the next free port')
  .option('--service <id>', 'what this terminal is for')
  .addOption(scannerOption())
  .addOption(logOption())
  .action(async ({ data, config, port, exactPort, service, scanner, logLevel }) => {
    await run({
      exactPort: exactPort ?? false,
      folder: dataFolder(join(data, 'terminal')),
      ...(config ? { configFile: config } : {}),
      overrides: {
        ...(port === undefined ? {} : { port }),
        ...(service === undefined ? {} : { service }),
        ...(scanner === undefined ? {} : { scanners: scanner }),
      },
      logLevel,
    });
  });

program
  .command('show')
  .description('present a code to the running terminal through its simulated scanner')
  .addOption(dataOption())
  .option('--text <code>', 'the code; without it, standard input is read')
  .action(async ({ data, text }) => {
    const code = text ?? readFileSync(0, 'utf8').replace(/\r?\n$/, '');
    if (code === '') throw new Error('no code given: use --text or standard input');
    const answer = await ask(data, { command: 'show', text: code });
    print(answer.ok ? answer.screen : answer);
  });

program
  .command('status')
  .description('how the running terminal is: scanners, trust, lists, audit rows, agent tasks')
  .addOption(dataOption())
  .action(async ({ data }) => {
    const answer = await ask(data, { command: 'status' });
    print(answer.ok ? answer.status : answer);
  });

program
  .command('enrol')
  .description('enrol the running terminal with a city licence system')
  .addOption(dataOption())
  .requiredOption('--city <url>', 'base address of the city (https, or http on loopback)')
  .requiredOption('--code <code>', 'enrolment code from the city')
  .option('--name <name>', 'what the city should call this terminal')
  .action(async ({ data, city, code, name }) => {
    const folder = dataFolder(join(data, 'terminal'));
    process.stdout.write(`${await enrol(folder, { city, code, ...(name ? { name } : {}) })}\n`);
  });

addVerifyCommand(program, DEFAULT_ROOT);
addInspectCommand(program);
addDevicesCommand(program, DEFAULT_ROOT);
addScanCommand(program, DEFAULT_ROOT);
addScannerCommand(program, DEFAULT_ROOT);
addStaffCommand(program, DEFAULT_ROOT);
addBridgeCommand(program, DEFAULT_ROOT);
addAuditCommand(program, DEFAULT_ROOT);
addDoctorCommand(program, DEFAULT_ROOT);

program
  .command('city')
  .description('the reference city licence system: issue, revoke, enrolment-code, audit … (city --help)')
  .helpOption(false)
  .allowUnknownOption()
  .allowExcessArguments()
  .argument('[args...]')
  .action((args: string[]) => {
    const city = fileURLToPath(new URL('../city/city.js', import.meta.url));
    const { status } = spawnSync(process.execPath, [city, ...args.map(toCityData)], {
      stdio: 'inherit',
      env: { LIANGZHENG_CITY_DATA: join(DEFAULT_ROOT, 'city'), ...process.env },
    });
    process.exitCode = status ?? 1;
  });

// whoever reads our output may stop: `liangzheng scan | head`
process.stdout.on('error', () => process.exit(1));

await program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof Error)) throw error;
  // messages quote what was read: of files, and of devices
  const lines = error.message.split('\n').map(escapeUnseen);
  process.stderr.write(`liangzheng: ${lines.join('\n')}\n`);
  process.exit(1); // whatever was opened before the failure must not keep the process alive
});

/** `--data DIR` is the same DIR for every command; the city has its own folder in it. */
function toCityData(arg: string, i: number, args: readonly string[]): string {
  if (args[i - 1] === '--data') return join(arg, 'city');
  return arg.startsWith('--data=') ? `--data=${join(arg.slice('--data='.length), 'city')}` : arg;
}

async function ask(data: string, request: ControlRequest): Promise<ControlAnswer> {
  const answer = await askTerminal(dataFolder(join(data, 'terminal')).socket, request);
  if (!answer.ok) process.exitCode = 1;
  return answer;
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('a port is a number from 0 to 65535');
}
