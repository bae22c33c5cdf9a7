import type { Command } from 'commander';
import { cityCommand, hex, shownTime, withCity } from './city-command.ts';

export function licencesCommand(): Command {
  return cityCommand('licences', 'list what was issued').action(({ data }: { readonly data: string }) =>
    withCity(data, async (city) => {
      const now = city.clock.now() / 1000;
      for (const licence of await city.licences.list()) {
        const state = licence.revoked_at !== null ? 'revoked' : licence.exp <= now ? 'expired' : 'valid';
        const until = shownTime(licence.exp * 1000).slice(0, 10);
        console.log(`${hex(licence.cti)}  ${state.padEnd(7)}  ${until}  ${licence.kind}  ${licence.sub}`);
      }
    }),
  );
}
