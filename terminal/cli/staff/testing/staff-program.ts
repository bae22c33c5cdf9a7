import { Command } from 'commander';
import { addStaffCommand } from '../staff-command.ts';

/** `liangzheng staff …` alone, as a process of its own, so that a test can be its terminal. */
const program = new Command('liangzheng');
addStaffCommand(program, '/nowhere');
await program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`liangzheng: ${error.message}\n`);
  process.exit(1);
});
