import type { Command } from 'commander';
import { cityCommand, withCity } from './city-command.ts';

/** A cti as the commands print it. */
const CTI_HEX = /^[0-9a-f]{32}$/i;

export function revokeCommand(): Command {
  return cityCommand('revoke', 'take licences back and publish that at once')
    .argument('<cti|sub>', 'one licence by its cti, or all of one licence identifier')
    .action((which: string, { data }: { readonly data: string }) =>
      withCity(data, async (city) => {
        const name = CTI_HEX.test(which) ? new Uint8Array(Buffer.from(which, 'hex')) : which;
        const revocation = await city.licences.revoke(name);
        switch (revocation.outcome) {
          case 'revoked':
            console.log(`revoked ${revocation.count} licence${revocation.count === 1 ? '' : 's'}`);
            return;
          case 'already-revoked':
            console.log('already revoked');
            return;
          case 'unknown':
            throw new Error('no licence was issued under this cti or sub');
          default:
            revocation satisfies never;
        }
      }),
    );
}
