import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { type CommandResult, type SettingReport, WANTED_SETTINGS } from '../../../drivers/capabilities.ts';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';
import { SCANNER_ACTIONS } from '../../scanner-actions.ts';
import { dataFolder } from '../../store/data-folder.ts';
import { askStatus, askTerminal } from '../control-client.ts';
import { addRecordCommands } from './record-command.ts';
import { parseDevice, type ScannerTool, scannerTool, untilReady } from './scanner-tool.ts';

const HELP = `
Without --device, beep, trigger and info are done by the scanner of the terminal that runs on --data, and where none
runs by the likeliest scanner. --device takes a path or an address (serial:/dev/ttyUSB0?module=newland) that no terminal
holds; setup and record need the device for themselves too.
Exit code 0: done; 1: it could not be done, with the reason; 2: misuse.`;

/** How long `trigger` waits for a code. */
const TRIGGER_LIMIT_MS = 10_000;

/** Adds `liangzheng scanner setup|beep|trigger|info|record|replay`. */
export function addScannerCommand(program: Command, defaultRoot: string): void {
  const scanner = program
    .command('scanner')
    .description("set up, try and record a scanner by its module's own commands")
    .addHelpText('after', HELP);
  const add = (name: string, description: string, run: Run) =>
    scanner
      .command(name)
      .description(description)
      .option('--device <path>', 'path or address (default: the likeliest scanner)', parseDevice)
      .option('--json', 'one JSON object per line')
      .option('--data <dir>', 'data folder whose scanners.json is heeded', defaultRoot)
      .action(async ({ device, json, data }) => {
        if (device === undefined && (await doneByTerminal(data, name, json ?? false))) return;
        const tool = await scannerTool(device, data);
        try {
          await untilReady(tool);
          await run(tool, json ?? false);
        } finally {
          await tool.release();
        }
      });
  add('setup', 'put it into the mode a terminal wants, durably, and read every setting back', setUp);
  add('beep', 'let it beep', (tool, json) =>
    simple(tool, json, 'beep', tool.scanner.capabilities.beep?.beep),
  );
  add('trigger', 'start one reading and print what it reads', trigger);
  add('info', 'ask for its model and version', info);
  addRecordCommands(scanner, defaultRoot);
}

/** @returns false where no terminal runs. @throws Error with the terminal's reason. */
async function doneByTerminal(data: string, name: string, json: boolean): Promise<boolean> {
  const action = SCANNER_ACTIONS.find((one) => one === name);
  const folder = dataFolder(join(data, 'terminal'));
  if (!(await askStatus(folder))) return false;
  if (!action) {
    throw new Error(
      `a terminal runs on ${data} and holds its scanner: end it, then ${name} with --device ADDRESS`,
    );
  }
  const answer = await askTerminal(folder.socket, { command: 'scanner', action });
  if (!answer.ok) throw new Error(answer.error);
  const { ok: _, ...said } = answer;
  print(json, said, Object.values(said).join('  '));
  return true;
}

type Run = (tool: ScannerTool, json: boolean) => Promise<void>;

async function simple(
  { scanner }: ScannerTool,
  json: boolean,
  what: string,
  command: (() => Promise<CommandResult>) | undefined,
): Promise<void> {
  if (!command) throw new Error(`this scanner can't be asked to ${what}: ${modelOf(scanner.state)}`);
  report(await command(), what, json, { scanner: scanner.id, done: what }, `${scanner.id}  ${what}: done`);
}

async function info({ scanner }: ScannerTool, json: boolean): Promise<void> {
  const { state, capabilities } = scanner;
  const known = { scanner: scanner.id, model: modelOf(state) };
  const version = await capabilities.info?.read();
  if (version && !version.ok) return report(version, 'info', json, {}, '');
  const says = version?.value.version ?? '(its module has no command for it)';
  const can = Object.keys(capabilities);
  print(
    json,
    { ...known, ...(version ? { version: version.value.version } : {}), capabilities: can },
    [`${known.scanner}  ${known.model}`, `says: ${says}`, `can: ${can.join(', ') || 'only scan'}`].join('\n'),
  );
}

async function trigger(tool: ScannerTool, json: boolean): Promise<void> {
  const { scanner } = tool;
  const scanned = Promise.withResolvers<string>();
  scanner.on('scan', ({ text, bytes }) => scanned.resolve(text ?? Buffer.from(bytes).toString('hex')));
  await simple(tool, json, 'trigger', scanner.capabilities.trigger?.start);
  const limit = new AbortController();
  const late = pause(TRIGGER_LIMIT_MS, undefined, { signal: limit.signal }).catch(() => undefined);
  const code = await Promise.race([scanned.promise, late]);
  limit.abort();
  await scanner.capabilities.trigger?.stop();
  if (code === undefined) throw new Error(`no code in ${TRIGGER_LIMIT_MS / 1000} s`);
  print(json, { code }, code);
}

async function setUp({ scanner }: ScannerTool, json: boolean): Promise<void> {
  const { setup } = scanner.capabilities;
  if (!setup) throw new Error(`this scanner has no command set to set it up by: ${modelOf(scanner.state)}`);
  const result = await setup.apply(WANTED_SETTINGS);
  if (!result.ok) throw new Error(failure('setup', result));
  for (const setting of result.value) print(json, { ...setting }, settingSentence(setting));
  const failed = result.value.filter(({ done }) => done === false);
  if (failed.length > 0) throw new Error(`not as wanted: ${failed.map(({ setting }) => setting).join(', ')}`);
}

function settingSentence({ setting, was, wanted, is, done }: SettingReport): string {
  return `${setting.padEnd(20)} wanted ${wanted}${was === undefined ? '' : `, was ${was}`}: ${howItIs(done, is)}`;
}

function howItIs(done: SettingReport['done'], is: string | undefined): string {
  switch (done) {
    case 'unread':
      return 'unknown, the module kept silent about it';
    case 'not-offered':
      return 'not set, its commands have no such setting: use the setting code of its manual';
    default:
      return done ? 'as wanted' : `still ${is}`;
  }
}

/** @throws Error with the module's own reason where it didn't work. */
function report(
  result: CommandResult<unknown>,
  what: string,
  json: boolean,
  value: object,
  sentence: string,
): void {
  if (!result.ok) throw new Error(failure(what, result));
  print(json, value, sentence);
}

/** Why a command didn't work, and what to look at where nothing came back at all. */
function failure(what: string, { reason, detail }: Extract<CommandResult, { readonly ok: false }>): string {
  const hint = reason === 'no-answer' ? ': check module=, baud= and the cable' : '';
  return `${what} could not be done: ${detail}${hint}`;
}

function print(json: boolean, value: object, sentence: string): void {
  const lines = json ? [JSON.stringify(value)] : sentence.split('\n');
  process.stdout.write(lines.map((line) => `${escapeUnseen(line)}\n`).join(''));
}

function modelOf(state: ScannerTool['scanner']['state']): string {
  return state.name === 'ready' ? state.model : state.name;
}
