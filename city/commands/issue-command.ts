import { type Command, InvalidArgumentError, Option } from 'commander';
import { toCodeText } from '../../licence/code-text.ts';
import type { City } from '../city.ts';
import type { Issued, OrderFault } from '../issuing/order.ts';
import { cityCommand, hex, wholeNumber, withCity } from './city-command.ts';
import { readEd25519Key } from './read-ed25519-key.ts';

interface IssueOptions {
  readonly data: string;
  readonly issuer: string;
  readonly kind: string;
  readonly sub: string;
  readonly field: ReadonlyMap<number, string>;
  readonly holderKey?: Uint8Array;
  readonly days: number;
}

const DAY_SECONDS = 86_400;
const MAX_DAYS = 100 * 365;

const FAULTS: Readonly<Record<Exclude<OrderFault, 'unknown-issuer' | 'too-big'>, string>> = {
  'kind-not-admitted': 'the issuer has no key admitted for this kind',
  'never-valid': 'it would end before it begins',
  'unsound-key': 'the holder’s key is not a sound Ed25519 key',
  unreadable: 'a terminal could not read it: --sub must not be empty, and no text may begin with U+FEFF',
};

export function issueCommand(): Command {
  return cityCommand('issue', 'sign a licence; prints its cti and its code')
    .requiredOption('--issuer <iss>', 'admitted issuer')
    .requiredOption('--kind <kind>', 'catalogue name of the kind')
    .requiredOption('--sub <id>', 'licence identifier')
    .addOption(
      new Option('--field <label=value>', 'field of the licence, as text; may be repeated')
        .argParser(readField)
        .default(new Map(), 'none'),
    )
    .option(
      '--holder-key <base64url>',
      'the holder’s Ed25519 key; without it the code is static',
      readEd25519Key,
    )
    .option('--days <n>', 'how long it holds', wholeNumber(1, MAX_DAYS), 365)
    .action(({ data, issuer, kind, sub, field, holderKey, days }: IssueOptions) =>
      withCity(data, async (city) => {
        const exp = Math.floor(city.clock.now() / 1000) + days * DAY_SECONDS;
        const order = { iss: issuer, kind, sub, fields: field, exp, ...(holderKey ? { holderKey } : {}) };
        const issued = await city.licences.issue(order);
        if (!issued.ok) throw new Error(`not issued: ${await reason(issued, city)}`);
        console.log(`cti   ${hex(issued.issued.licence.cti)}`);
        console.log(`code  ${toCodeText(issued.issued.bytes)}`);
      }),
    );
}

async function reason(refused: Extract<Issued, { readonly ok: false }>, city: City): Promise<string> {
  if (refused.fault === 'too-big') {
    return `its code would be ${refused.excess} bytes too large for a phone; leave out or shorten fields`;
  }
  if (refused.fault !== 'unknown-issuer') return FAULTS[refused.fault];
  const admitted = (await city.issuers.list()).map(({ iss }) => iss);
  const those = admitted.length === 0 ? 'none is yet, "admit-issuer" admits one' : admitted.join(', ');
  return `no issuer of this name is admitted; admitted: ${those}`;
}

function readField(text: string, before: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const [, label, value] = /^(\d{1,3})=(.*)$/s.exec(text) ?? [];
  if (label === undefined || value === undefined) {
    throw new InvalidArgumentError('expected LABEL=VALUE with a number as label');
  }
  return new Map([...before, [Number(label), value]]);
}
