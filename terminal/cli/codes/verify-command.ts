import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';
import { dataFolder } from '../../store/data-folder.ts';
import { verifyCodes } from './verify-codes.ts';

const HELP = `
Codes are read one per line from standard input; each gets one line of JSON. Nothing is stored, and no terminal need
run. A code shown twice in one run is a replay. Fields are masked as the catalogue says; without one, none are shown.

What is trusted: the stores of the terminal in --data, as far as they follow from what it pinned; or, with --issuers,
the files that are named, because they are named. The time, --at or else the system clock, is simply trusted.

Without --service every kind and every delegate is accepted, with a holder proof where the licence names a holder key,
60 s fresh; a code or a delegation made for one service alone is judged by that --service. Reference codes stay open
(needs-network): this command asks nobody.

Exit code 0: every code was accepted. 1: one or more were not. 2: misuse, no code, or files that can't be read.`;

/** Adds `liangzheng verify`. @param defaultRoot the data folder without `--data`. */
export function addVerifyCommand(program: Command, defaultRoot: string): void {
  program
    .command('verify')
    .description('judge codes without a running terminal: one JSON verdict per line')
    .option('--file <file>', 'one code as raw bytes (COSE or LZ1: text), in place of standard input')
    .option('--data <dir>', 'data folder whose trust and status lists are used', defaultRoot)
    .option('--issuers <file>', 'issuers.cbor to trust, in place of the data folder')
    .option('--catalogue <file>', 'catalogue.json beside --issuers: services, and how fields are masked')
    .option('--status-dir <dir>', 'folder of status list tokens, in place of the stored ones')
    .option('--at <time>', 'judge at this time: ISO 8601 with its zone, or unix seconds', parseTime)
    .option('--service <id>', 'judge by the rules of this service')
    .addHelpText('after', HELP)
    .action(async ({ data, ...wish }) => {
      const folder = dataFolder(join(data, 'terminal'));
      process.exitCode = await verifyCodes(
        { ...wish, folder },
        {
          input: process.stdin,
          output: process.stdout,
          complain: (sentence) => process.stderr.write(`liangzheng verify: ${escapeUnseen(sentence)}\n`),
        },
      );
    });
}

const isoTime = z.iso.datetime({ offset: true });

/** @returns unix seconds. A time without a zone would mean another time on every machine. */
export function parseTime(text: string): number {
  if (/^\d{1,11}$/.test(text)) return Number(text);
  if (isoTime.safeParse(text).success) return Date.parse(text) / 1000;
  throw new InvalidArgumentError('a time is 2026-11-22T08:00:00Z, 2026-11-22T16:00:00+08:00 or unix seconds');
}
