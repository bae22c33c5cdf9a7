import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Catalogue, parseCatalogue } from '../../licence/trust/catalogue.ts';
import { cityCommand, withCity } from './city-command.ts';

interface DataOption {
  readonly data: string;
}

/** Kinds, services and matters are data: a city adds one without new software on its terminals. */
export function catalogueCommand(): Command {
  return new Command('catalogue')
    .description('show or replace the catalogue of kinds, services and matters')
    .addCommand(
      cityCommand('show', 'print the published catalogue as JSON').action(({ data }: DataOption) =>
        withCity(data, async (city) => {
          console.log(JSON.stringify(await city.catalogue.current(), null, 2));
        }),
      ),
    )
    .addCommand(
      cityCommand('set', 'sign and publish a catalogue; terminals take it at once')
        .argument('<file>', 'JSON as "show" prints it, with a higher version')
        .action(setCatalogue),
    );
}

async function setCatalogue(file: string, { data }: DataOption): Promise<void> {
  const catalogue = readCatalogue(file);
  await withCity(data, async (city) => {
    const replaced = await city.catalogue.replace(catalogue);
    if (!replaced.ok) {
      throw new Error(
        `not published: version ${catalogue.version} is not later than ${replaced.held}, which is published; ` +
          'take the changes over into what "catalogue show" prints and raise its version',
      );
    }
    console.log(`published catalogue ${catalogue.version} in place of ${replaced.before.version}`);
    for (const line of differences(replaced.before, catalogue)) console.log(line);
  });
}

/** @throws a sentence that names the key and what was expected. */
function readCatalogue(file: string): Catalogue {
  const parsed = parseCatalogue(parseJson(readFileSync(file, 'utf8'), file));
  if (typeof parsed === 'string') throw new Error(`not published: ${parsed}`);
  return parsed;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`not published: ${file} is not JSON: ${error.message}`);
    throw error;
  }
}

/** What came and what went, by name: a kind left out by mistake is accepted nowhere from now on. */
function differences(before: Catalogue, after: Catalogue): string[] {
  const lists = [
    ['kinds', before.kinds, after.kinds],
    ['services', before.services, after.services],
    ['matters', before.matters ?? [], after.matters ?? []],
  ] as const;
  return lists.flatMap(([what, old, now]) => [
    ...line(`  new ${what}: `, missingIn(old, now)),
    ...line(`  ${what} taken away: `, missingIn(now, old)),
  ]);
}

/** Names in `all` that `some` lacks. */
function missingIn(some: readonly Named[], all: readonly Named[]): string[] {
  return all.map(({ id }) => id).filter((id) => !some.some((one) => one.id === id));
}

interface Named {
  readonly id: string;
}

function line(start: string, ids: readonly string[]): string[] {
  return ids.length === 0 ? [] : [start + ids.join(', ')];
}
