import { type Command, InvalidArgumentError } from 'commander';
import type { City } from '../city.ts';
import type { Delegated, DelegationFault, DelegationOrder } from '../issuing/delegation-order.ts';
import { CTI_HEX, cityCommand, hex, wholeNumber, withCity } from './city-command.ts';
import { readEd25519Key } from './read-ed25519-key.ts';

interface DelegateOptions {
  readonly data: string;
  readonly issuer: string;
  readonly principal: string;
  readonly delegate: string;
  readonly delegateKey: Uint8Array;
  readonly licence?: readonly Uint8Array[];
  readonly kind?: readonly string[];
  readonly service?: readonly string[];
  readonly days: number;
}

const DAY_SECONDS = 86_400;
const MAX_DAYS = 10 * 365;

const FAULTS: Readonly<Record<Exclude<DelegationFault, 'unknown-issuer' | 'too-big'>, string>> = {
  'kind-not-admitted':
    'the issuer has no key admitted to delegate all of these kinds; "admit-issuer --delegates" does',
  'empty-scope': 'say what it is about: --licence, --kind or both',
  'unknown-licence': 'no licence was issued under one of these ctis',
  'licence-of-another': 'one of these licences is not made out to the principal',
  'never-valid': 'it would end before it begins',
  'unsound-key': 'the delegate’s key is not a sound Ed25519 key',
  unreadable: 'a terminal could not read it: --principal and --delegate must not be empty',
};

export function delegateCommand(): Command {
  return cityCommand('delegate', 'let somebody show licences of a legal person; prints cti and delegation')
    .requiredOption('--issuer <iss>', 'issuer admitted for delegations')
    .requiredOption('--principal <code>', 'whose licences: the holder’s code in them')
    .requiredOption('--delegate <id>', 'who may show them: an identifier')
    .requiredOption('--delegate-key <base64url>', 'the delegate’s Ed25519 key', readEd25519Key)
    .option('--licence <cti>', 'a licence, by its cti; may be repeated', readCti)
    .option('--kind <kind...>', 'every licence of these kinds')
    .option('--service <service...>', 'only at these services; at every one when absent')
    .option('--days <n>', 'how long it holds', wholeNumber(1, MAX_DAYS), 365)
    .action((options: DelegateOptions) =>
      withCity(options.data, async (city) => {
        await expectServices(city, options.service ?? []);
        const answer = await city.delegations.issue(orderOf(options, city.clock.now()));
        if (!answer.ok) throw new Error(`not issued: ${await reason(answer, city)}`);
        console.log(`cti         ${hex(answer.issued.delegation.cti)}`);
        console.log(`delegation  ${Buffer.from(answer.issued.bytes).toString('base64url')}`);
      }),
    );
}

function orderOf(options: DelegateOptions, unixMs: number): DelegationOrder {
  const { issuer, principal, delegate, delegateKey, licence, kind, service, days } = options;
  return {
    iss: issuer,
    sub: delegate,
    delegateKey,
    principal,
    scope: {
      ...(licence ? { licences: licence } : {}),
      ...(kind ? { kinds: kind } : {}),
      ...(service ? { services: service } : {}),
    },
    exp: Math.floor(unixMs / 1000) + days * DAY_SECONDS,
  };
}

/** A service the catalogue lacks would only make a delegation that works nowhere. */
async function expectServices(city: City, services: readonly string[]): Promise<void> {
  const known = (await city.catalogue.current()).services.map(({ id }) => id);
  const missing = services.filter((service) => !known.includes(service));
  if (missing.length === 0) return;
  throw new Error(
    `not issued: the catalogue has no service ${missing.join(', ')}; it has ${known.join(', ')}`,
  );
}

async function reason(refused: Extract<Delegated, { readonly ok: false }>, city: City): Promise<string> {
  switch (refused.fault) {
    case 'unknown-issuer': {
      const admitted = (await city.issuers.list()).filter(({ delegates }) => delegates.length > 0);
      const those = admitted.length === 0 ? 'none is' : admitted.map(({ iss }) => iss).join(', ');
      return `no issuer of this name is admitted; admitted for delegations: ${those}`;
    }
    case 'too-big':
      return `with a licence it is about it would make a code ${refused.excess} bytes too large for a phone`;
    default:
      return FAULTS[refused.fault];
  }
}

function readCti(text: string, before: readonly Uint8Array[] = []): readonly Uint8Array[] {
  if (!CTI_HEX.test(text)) throw new InvalidArgumentError('expected the 32 hex digits of a cti');
  return [...before, new Uint8Array(Buffer.from(text, 'hex'))];
}
