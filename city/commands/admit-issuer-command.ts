import { type Command, InvalidArgumentError } from 'commander';
import { publishDefaultCatalogue } from '../catalogue/publish-default-catalogue.ts';
import type { City } from '../city.ts';
import { ISSUER_SLUG } from '../issuing/issuer-register.ts';
import { cityCommand, withCityOrNew } from './city-command.ts';
import { inert } from './inert.ts';

interface AdmitIssuerOptions {
  readonly data: string;
  readonly issuer: string;
  readonly slug?: string;
  readonly nameZh?: string;
  readonly nameEn?: string;
  readonly kind?: readonly string[];
  readonly delegates?: readonly string[] | false;
  readonly suspends?: true;
}

export function admitIssuerCommand(): Command {
  return cityCommand('admit-issuer', 'admit an issuer, or change the names and kinds of an admitted one')
    .requiredOption('--issuer <iss>', 'what its licences carry as iss, such as a URL', readText)
    .option('--slug <slug>', 'short name in files and lists; never changes', readSlug)
    .option('--name-zh <name>', 'Chinese name; as before when absent', readText)
    .option('--name-en <name>', 'English name; as before when absent', readText)
    .option('--kind <kind...>', 'every kind it may issue; catalogue names; as before when absent')
    .option('--delegates <kind...>', 'every kind it may let somebody else show; as before when absent')
    .option('--no-delegates', 'it may delegate nothing any more')
    .option('--suspends', 'what it signs from now on can be suspended; stays so')
    .action(admit);
}

async function admit(options: AdmitIssuerOptions): Promise<void> {
  const { data, issuer: iss, kind, delegates, suspends } = options;
  await withCityOrNew(data, async (city) => {
    await publishDefaultCatalogue(city.catalogue);
    const before = (await city.issuers.list()).find((admitted) => admitted.iss === iss);
    const kinds = [...new Set(kind ?? before?.kinds ?? [])];
    const delegated = delegates === false ? [] : [...new Set(delegates ?? before?.delegates ?? [])];
    await expectKinds(city, [...kinds, ...delegated]);
    if (!before && kinds.length + delegated.length === 0) {
      throw new Error('not admitted: say what for, with --kind, --delegates or both');
    }
    const slug = options.slug ?? before?.slug;
    const zh = options.nameZh ?? before?.names.zh;
    const en = options.nameEn ?? before?.names.en;
    if (slug === undefined || zh === undefined || en === undefined) {
      throw new Error('not admitted: a new issuer needs --slug, --name-zh and --name-en');
    }
    await city.issuers.define({
      iss,
      slug,
      names: { zh, en },
      kinds,
      delegates: delegated,
      ...(suspends ? { suspends } : {}),
    });
    const delegating = delegated.length > 0 ? `; to delegate ${delegated.join(', ')}` : '';
    console.log(`admitted ${inert(iss)} for ${kinds.join(', ') || 'no kind of licence'}${delegating}`);
  });
}

/** A licence of a kind the catalogue lacks would be accepted nowhere. */
async function expectKinds(city: City, kinds: readonly string[]): Promise<void> {
  const known = (await city.catalogue.current()).kinds.map(({ id }) => id);
  const missing = kinds.filter((kind) => !known.includes(kind));
  if (missing.length > 0) {
    throw new Error(
      `not admitted: the catalogue has no kind ${missing.join(', ')}; it has ${known.join(', ')}`,
    );
  }
}

function readText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('expected some text');
  return text;
}

function readSlug(text: string): string {
  if (!ISSUER_SLUG.test(text)) {
    throw new InvalidArgumentError('expected up to 32 lower-case letters, digits and dashes, a letter first');
  }
  return text;
}
