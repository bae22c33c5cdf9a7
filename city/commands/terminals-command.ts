import type { Command } from 'commander';
import { cityCommand, hex, shownTime, withCity } from './city-command.ts';
import { inert } from './inert.ts';

interface TerminalsOptions {
  readonly data: string;
  readonly askReport?: true;
}

export function terminalsCommand(): Command {
  return cityCommand('terminals', 'list the enrolled terminals')
    .option('--ask-report', 'ask every connected terminal to report now')
    .action(({ data, askReport }: TerminalsOptions) =>
      withCity(data, async (city) => {
        if (askReport) await city.terminals.askForReports();
        const terminals = await city.terminals.list();
        if (terminals.length === 0) console.log(`No terminal is enrolled in the city at ${data}.`);
        for (const { id, name, enrolled_at, reported_at, forked_at, report } of terminals) {
          console.log(`${hex(id)}  ${inert(JSON.stringify(name))}`);
          console.log(`  enrolled ${shownTime(enrolled_at)}, last report ${shownTime(reported_at)}`);
          if (forked_at !== null) {
            console.log(`  FORKED since ${shownTime(forked_at)}: a cloned or rolled-back disk`);
          }
          if (report !== null) console.log(`  ${inert(report)}`);
        }
      }),
    );
}
