import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { parseIssuers } from '../../licence/trust/issuers.ts';
import { TARGET } from '../../licence/trust/trust.ts';
import type { City } from '../city.ts';
import { LIST_LIFETIME_SECONDS } from '../issuing/status-lists.ts';
import { cityCommand, withCity } from './city-command.ts';

const DAYS = LIST_LIFETIME_SECONDS / 86_400;

export function exportCommand(): Command {
  return cityCommand(
    'export',
    `write what codes are verified against as files, for "liangzheng verify"; it serves for ${DAYS} days`,
  )
    .argument('<dir>', 'folder for issuers.cbor, catalogue.json and status/*.cwt; made when absent')
    .action((dir: string, { data }: { readonly data: string }) =>
      withCity(data, async (city) => {
        const lists = await exportCity(city, dir);
        console.log(
          `wrote issuers.cbor, catalogue.json and ${lists} status list${lists === 1 ? '' : 's'} to ${dir}`,
        );
      }),
    );
}

/** @returns how many status lists there are. */
async function exportCity(city: City, dir: string): Promise<number> {
  await city.statusLists.renew(); // no server may have run for days
  const status = resolve(dir, 'status');
  makeFolder(status);
  const issuers = await target(city, TARGET.issuers);
  writeFileSync(join(dir, 'issuers.cbor'), issuers);
  writeFileSync(join(dir, 'catalogue.json'), await target(city, TARGET.catalogue));
  const parsed = parseIssuers(issuers);
  if (typeof parsed === 'string') throw new Error(`the store's ${parsed}`);
  const uris = parsed.flatMap(({ statusLists }) => statusLists.map(({ uri }) => uri));
  for (const uri of uris) {
    const held = await city.statusLists.token(uri);
    if (!held) throw new Error(`the store has no token of ${uri}`);
    // no slug holds a dot, so two names never make one
    writeFileSync(join(status, `${uri.replaceAll(':', '.')}.cwt`), held.token);
  }
  return uris.length;
}

/** One by one: where a folder can't be made at all (/proc), Node's recursive way tries for ever. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

async function target(city: City, name: string): Promise<Uint8Array> {
  const bytes = await city.trust.target(name);
  if (!bytes) throw new Error(`the city has not published ${name}`);
  return bytes;
}
