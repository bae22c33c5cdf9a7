import type { Command } from 'commander';
import { chinaDate } from '../china-date.ts';
import { cityCommand, hex, withCity } from './city-command.ts';

export function licencesCommand(): Command {
  return cityCommand('licences', 'list what was issued; dates are those of China Standard Time').action(
    ({ data }: { readonly data: string }) =>
      withCity(data, async (city) => {
        const now = city.clock.now() / 1000;
        const licences = await city.licences.list();
        if (licences.length === 0) console.log(`No licence was issued by the city at ${data}.`);
        for (const licence of licences) {
          const state = licence.revoked_at !== null ? 'revoked' : licence.exp <= now ? 'expired' : 'valid';
          const until = chinaDate(licence.exp);
          console.log(`${hex(licence.cti)}  ${state.padEnd(7)}  ${until}  ${licence.kind}  ${licence.sub}`);
        }
      }),
  );
}
