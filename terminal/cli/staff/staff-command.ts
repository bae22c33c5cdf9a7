import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { renderUnicodeCompact } from 'uqr';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';
import { STAFF_ROLES } from '../../staff/staff-register.ts';
import type { ListedStaff, StaffAnswer, StaffRequest } from '../../staff/staff-request.ts';
import { dataFolder } from '../../store/data-folder.ts';
import { askTerminal } from '../control-client.ts';
import { readPin } from './read-pin.ts';

const HELP = `
A PIN is asked for twice without showing it, or is the first line of standard input where that is no terminal; it is
never an argument, which everybody on the machine could see. A badge's code is printed once and kept nowhere: a new
badge ends the one before. Every change is in the audit log.
Exit code 0: done; 1: it could not be done, with the reason; 2: misuse.`;

/** Adds `liangzheng staff list|add|remove|pin|badge|unlock`. */
export function addStaffCommand(program: Command, defaultRoot: string): void {
  const staff = program
    .command('staff')
    .description('who may log in at the running terminal, by PIN or badge')
    .addHelpText('after', HELP);
  const dataOption = () => new Option('--data <dir>', 'data folder').default(defaultRoot);

  staff
    .command('list')
    .description('who may log in, and who is locked out')
    .addOption(dataOption())
    .option('--json', 'one JSON object per line')
    .action(async ({ data, json }) => {
      const { staff: listed = [] } = await ask(data, { action: 'list' });
      for (const one of listed) print(json ? JSON.stringify(one) : lineOf(one));
    });
  staff
    .command('add')
    .description('add somebody; asks for their PIN')
    .argument('<id>', 'what they log in by and the audit log names them by')
    .requiredOption('--name <name>', 'shown at the counter while they are logged in')
    .addOption(new Option('--role <role>', 'what they may do').choices(STAFF_ROLES).default('staff' as const))
    .addOption(dataOption())
    .action(async (id, { data, name, role }) => {
      const pin = await readPin(process.stdin, process.stderr);
      await ask(data, { action: 'add', id, name, role, pin });
      print(`${id} may log in now`);
    });
  staff
    .command('remove')
    .description('remove somebody; logs them out')
    .argument('<id>')
    .addOption(dataOption())
    .action(async (id, { data }) => {
      await ask(data, { action: 'remove', id });
      print(`${id} may not log in any more`);
    });
  staff
    .command('pin')
    .description('give somebody another PIN; logs them out and ends a lock-out')
    .argument('<id>')
    .addOption(dataOption())
    .action(async (id, { data }) => {
      const pin = await readPin(process.stdin, process.stderr);
      await ask(data, { action: 'pin', id, pin });
      print(`${id} has a new PIN`);
    });
  staff
    .command('badge')
    .description('make a badge: a code to print and show to the scanner; the badge before ceases to work')
    .argument('<id>')
    .addOption(dataOption())
    .action(async (id, { data }) => {
      const { code } = await ask(data, { action: 'badge', id });
      if (code === undefined) throw new Error('the terminal made no badge');
      print(code);
      // border 4: the quiet zone of ISO/IEC 18004
      process.stdout.write(`${renderUnicodeCompact(code, { border: 4 })}\n`);
    });
  staff
    .command('unlock')
    .description('end a lock-out')
    .argument('<id>')
    .addOption(dataOption())
    .action(async (id, { data }) => {
      await ask(data, { action: 'unlock', id });
      print(`${id} may try again`);
    });
}

/** @throws Error with the terminal's reason. */
async function ask(data: string, request: Uncommanded): Promise<Extract<StaffAnswer, { ok: true }>> {
  const { socket } = dataFolder(join(data, 'terminal'));
  const answer = await askTerminal(socket, { command: 'staff', ...request });
  if (!answer.ok) throw new Error(answer.error);
  return answer;
}

/** A request but for its `command`, which is always the same. */
type Uncommanded = StaffRequest extends infer One
  ? One extends StaffRequest
    ? Omit<One, 'command'>
    : never
  : never;

function lineOf({ id, name, role, badge, failures, lockedUntil }: ListedStaff): string {
  const state = [
    ...(badge ? ['badge'] : []),
    ...(failures > 0 ? [`${failures} wrong PINs`] : []),
    ...(lockedUntil === undefined ? [] : [`locked until ${new Date(lockedUntil).toISOString()}`]),
  ];
  return [id.padEnd(16), role.padEnd(12), name, ...state].join('  ');
}

function print(line: string): void {
  process.stdout.write(`${escapeUnseen(line)}\n`);
}
