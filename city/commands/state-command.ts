import type { Command } from 'commander';
import type { StateChange } from '../issuing/state-register.ts';
import { CTI_HEX, cityCommand, withCity } from './city-command.ts';

interface ChangeWords {
  readonly description: string;
  /** Followed by how many. */
  readonly done: string;
  readonly unchanged: string;
}

const WORDS: Readonly<Record<StateChange, ChangeWords>> = {
  revoke: {
    description: 'take licences or delegations back for good and publish that at once',
    done: 'revoked',
    unchanged: 'already revoked',
  },
  suspend: {
    description: 'suspend licences or delegations and publish that at once; "resume" ends it',
    done: 'suspended',
    unchanged: 'already suspended',
  },
  resume: {
    description: 'end a suspension and publish that at once',
    done: 'resumed',
    unchanged: 'not suspended, so nothing to resume',
  },
};

/** `revoke`, `suspend` and `resume`. */
export function stateCommand(change: StateChange): Command {
  const words = WORDS[change];
  return cityCommand(change, words.description)
    .argument('<cti|sub>', 'one by its cti, or all of one licence identifier or of one delegate')
    .action((which: string, { data }: { readonly data: string }) =>
      withCity(data, async (city) => {
        const name = CTI_HEX.test(which) ? new Uint8Array(Buffer.from(which, 'hex')) : which;
        const answer = await city.states.change(name, change);
        switch (answer.outcome) {
          case 'changed':
            console.log(`${words.done} ${count(answer.licences, answer.delegations)}`);
            return;
          case 'unchanged':
            console.log(words.unchanged);
            return;
          case 'unknown':
            throw new Error('nothing was issued under this cti or sub');
          case 'revoked':
            throw new Error(`can't ${change} it: it is revoked, and a revocation is final`);
          case 'no-suspension':
            throw new Error(
              `can't suspend it: its list ${answer.uri} has one bit an entry, which only knows revoked; ` +
                '"admit-issuer --suspends" gives what is issued from then on a list that can',
            );
          default:
            answer satisfies never;
        }
      }),
    );
}

function count(licences: number, delegations: number): string {
  const parts = [plural(licences, 'licence'), plural(delegations, 'delegation')];
  return parts.filter((part) => part !== undefined).join(' and ');
}

function plural(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}${count === 1 ? '' : 's'}`;
}
