import type { Command } from 'commander';
import { cityCommand, withCity } from './city-command.ts';
import { inert } from './inert.ts';

export function issuersCommand(): Command {
  return cityCommand('issuers', 'list the admitted issuers and what each may issue').action(
    ({ data }: { readonly data: string }) =>
      withCity(data, async (city) => {
        const issuers = await city.issuers.list();
        if (issuers.length === 0) {
          console.log(`No issuer is admitted by the city at ${data}; "admit-issuer" admits one.`);
        }
        for (const { iss, slug, names, kinds, delegates, suspends } of issuers) {
          console.log(`${inert(iss)}  ${slug}  ${inert(names.zh)} / ${inert(names.en)}`);
          console.log(`  ${kinds.length === 0 ? 'no kinds' : inert(kinds.join(', '))}`);
          if (delegates.length > 0) console.log(`  delegates ${inert(delegates.join(', '))}`);
          if (suspends) console.log('  suspends');
        }
      }),
  );
}
