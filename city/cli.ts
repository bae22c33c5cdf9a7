#!/usr/bin/env node
import { cityProgram } from './commands/city-program.ts';

try {
  await cityProgram().parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
