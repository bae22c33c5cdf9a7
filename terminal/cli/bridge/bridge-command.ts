import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';
import { bridgeRequestSchema } from '../../bridge/client-request.ts';
import { dataFolder } from '../../store/data-folder.ts';
import { askTerminal } from '../control-client.ts';
import type { ControlAnswer } from '../control-protocol.ts';

const HELP = `
A client is a business system, such as a hospital's, whose pages or programs on this machine may use the terminal's
bridge (docs/bridge.md). Its token is shown once and kept nowhere: to have another, remove the client and add it again.`;

/** Adds `liangzheng bridge add|remove|list`. */
export function addBridgeCommand(program: Command, defaultRoot: string): void {
  const bridge = program
    .command('bridge')
    .description('which business systems may use this terminal')
    .addHelpText('after', HELP);
  bridge
    .command('add')
    .description('admit a business system and print its token')
    .argument('<name>', 'what it is called: a-z, 0-9 and -')
    .requiredOption('--origin <url...>', 'where its pages come from, such as https://his.example')
    .option('--service <id...>', 'services it may hear of and receive (default: all)')
    .option('--data <dir>', 'data folder', defaultRoot)
    .action(async (name, { origin, service, data }) => {
      const services = service ? { services: service } : {};
      const { token } = await ask(data, { action: 'add', name, origins: origin, ...services });
      process.stdout.write(`${String(token)}\n`);
    });
  bridge
    .command('remove')
    .description('admit it no longer; what it has open is closed')
    .argument('<name>')
    .option('--data <dir>', 'data folder', defaultRoot)
    .action(async (name, { data }) => void (await ask(data, { action: 'remove', name })));
  bridge
    .command('list')
    .description('who is admitted, as JSON')
    .option('--data <dir>', 'data folder', defaultRoot)
    .action(async ({ data }) => {
      const { clients } = await ask(data, { action: 'list' });
      process.stdout.write(`${escapeUnseen(JSON.stringify(clients))}\n`);
    });
}

/** @throws Error with the reason, whether it is found here or by the terminal. */
async function ask(
  data: string,
  wish: Readonly<Record<string, unknown>>,
): Promise<Extract<ControlAnswer, { readonly ok: true }>> {
  const request = bridgeRequestSchema.safeParse({ command: 'bridge', ...wish });
  if (!request.success) throw new Error(z.prettifyError(request.error));
  const answer = await askTerminal(dataFolder(join(data, 'terminal')).socket, request.data);
  if (!answer.ok) throw new Error(answer.error);
  return answer;
}
