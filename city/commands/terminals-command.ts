import type { Command } from 'commander';
import { cityCommand, hex, shownTime, withCity } from './city-command.ts';

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
        for (const { id, name, enrolled_at, reported_at, forked_at, report } of await city.terminals.list()) {
          console.log(`${hex(id)}  ${name}`);
          console.log(`  enrolled ${shownTime(enrolled_at)}, last report ${shownTime(reported_at)}`);
          if (forked_at !== null) {
            console.log(`  FORKED since ${shownTime(forked_at)}: a cloned or rolled-back disk`);
          }
          if (report !== null) console.log(`  ${report}`);
        }
      }),
    );
}
