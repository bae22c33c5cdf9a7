import type { Command } from 'commander';
import { lastChinaDay } from '../../licence/china-date.ts';
import { cityCommand, hex, withCity } from './city-command.ts';
import { inert } from './inert.ts';
import { shownState } from './shown-state.ts';

export function licencesCommand(): Command {
  return cityCommand('licences', 'list what was issued; dates are those of China Standard Time').action(
    ({ data }: { readonly data: string }) =>
      withCity(data, async (city) => {
        const licences = await city.licences.list();
        if (licences.length === 0) console.log(`No licence was issued by the city at ${data}.`);
        for (const licence of licences) {
          const state = shownState(licence, city.clock.now());
          const until = lastChinaDay(licence.exp);
          console.log(
            `${hex(licence.cti)}  ${state.padEnd(9)}  ${until}  ${inert(`${licence.kind}  ${licence.sub}`)}`,
          );
        }
      }),
  );
}
