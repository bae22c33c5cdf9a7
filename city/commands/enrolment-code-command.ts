import type { Command } from 'commander';
import { CODE_HOURS } from '../fleet/enrolment.ts';
import { cityCommand, wholeNumber, withCity } from './city-command.ts';

const MAX_HOURS = 30 * 24;

export function enrolmentCodeCommand(): Command {
  return cityCommand('enrolment-code', 'make a code that enrols one terminal')
    .option('--hours <n>', 'how long it works', wholeNumber(1, MAX_HOURS), CODE_HOURS)
    .action(({ data, hours }: { readonly data: string; readonly hours: number }) =>
      withCity(data, async (city) => {
        console.log(await city.terminals.enrolmentCode(hours));
      }),
    );
}
