import type { Command } from 'commander';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';
import { inspectCodes } from './inspect-codes.ts';

const HELP = `
UNVERIFIED: it shows what a code says, not whether it is true; verify tells that. What it prints may be personal data
of the code's holder, in clear: don't keep it. Nothing is stored or logged. Codes are read one per line from standard
input.

Exit code 0: every code is well formed to its end. 1: one or more are not. 2: misuse, no code, or a file that can't be
read.`;

/** Adds `liangzheng inspect`. */
export function addInspectCommand(program: Command): void {
  program
    .command('inspect')
    .description('show what a code contains, step by step, UNVERIFIED and in clear (personal data!)')
    .option('--file <file>', 'one code as raw bytes (COSE or LZ1: text), in place of standard input')
    .addHelpText('after', HELP)
    .action(async (wish) => {
      process.exitCode = await inspectCodes(wish, {
        input: process.stdin,
        output: process.stdout,
        complain: (sentence) => process.stderr.write(`liangzheng inspect: ${escapeUnseen(sentence)}\n`),
      });
    });
}
