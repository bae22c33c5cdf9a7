import { type Command, InvalidArgumentError } from 'commander';
import { toCodeText } from '../../licence/code-text.ts';
import { isSoundPublicKey } from '../../licence/ed25519/noble-verifier.ts';
import type { OrderFault } from '../issuing/order.ts';
import { cityCommand, hex, wholeNumber, withCity } from './city-command.ts';

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

const FAULTS: Record<OrderFault, string> = {
  'unknown-issuer': 'no issuer of this name is admitted',
  'kind-not-admitted': 'the issuer has no key admitted for this kind',
  'never-valid': 'it would end before it begins',
  'too-big': 'its fields are too big for a code',
};

export function issueCommand(): Command {
  return cityCommand('issue', 'sign a licence; prints its cti and its code')
    .requiredOption('--issuer <iss>', 'admitted issuer')
    .requiredOption('--kind <kind>', 'catalogue name of the kind')
    .requiredOption('--sub <id>', 'licence identifier')
    .option('--field <label=value>', 'field of the licence, as text; may be repeated', readField, new Map())
    .option('--holder-key <base64url>', 'the holder’s Ed25519 key; without it the code is static', readKey)
    .option('--days <n>', 'how long it holds', wholeNumber(1, MAX_DAYS), 365)
    .action(({ data, issuer, kind, sub, field, holderKey, days }: IssueOptions) =>
      withCity(data, async (city) => {
        const exp = Math.floor(city.clock.now() / 1000) + days * DAY_SECONDS;
        const order = { iss: issuer, kind, sub, fields: field, exp, ...(holderKey ? { holderKey } : {}) };
        const issued = await city.licences.issue(order);
        if (!issued.ok) throw new Error(`not issued: ${FAULTS[issued.fault]}`);
        console.log(`cti   ${hex(issued.issued.licence.cti)}`);
        console.log(`code  ${toCodeText(issued.issued.bytes)}`);
      }),
    );
}

function readField(text: string, before: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const [, label, value] = /^(\d{1,3})=(.*)$/s.exec(text) ?? [];
  if (label === undefined || value === undefined) {
    throw new InvalidArgumentError('expected LABEL=VALUE with a number as label');
  }
  return new Map([...before, [Number(label), value]]);
}

function readKey(text: string): Uint8Array {
  const key = new Uint8Array(Buffer.from(text, 'base64url'));
  if (!isSoundPublicKey(key)) throw new InvalidArgumentError('expected 32 bytes of a sound Ed25519 key');
  return key;
}
