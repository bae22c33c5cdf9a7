#!/usr/bin/env node
import { CommanderError } from 'commander';
import { cityProgram } from './commands/city-program.ts';

/** Exit code 0: done, 1: it could not be done, 2: misuse. */
const MISUSE = 2;

// whoever read the output has gone (`| head`): nothing more to say
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await cityProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : MISUSE; // commander has said what is wrong
  } else {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
