import type { Command } from 'commander';
import { lastChinaDay } from '../../licence/china-date.ts';
import { cityCommand, hex, withCity } from './city-command.ts';
import { inert } from './inert.ts';
import { shownState } from './shown-state.ts';

export function delegationsCommand(): Command {
  return cityCommand(
    'delegations',
    'list who may show whose licences; dates are those of China Standard Time',
  ).action(({ data }: { readonly data: string }) =>
    withCity(data, async (city) => {
      const delegations = await city.delegations.list();
      if (delegations.length === 0) console.log(`No delegation was issued by the city at ${data}.`);
      for (const one of delegations) {
        const who = inert(`${one.sub} for ${one.principal}  ${one.scope}`);
        console.log(
          `${hex(one.cti)}  ${shownState(one, city.clock.now()).padEnd(9)}  ${lastChinaDay(one.exp)}  ${who}`,
        );
      }
    }),
  );
}
