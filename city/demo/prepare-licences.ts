import { publishDefaultCatalogue } from '../catalogue/publish-default-catalogue.ts';
import type { City } from '../city.ts';
import { DEMO_ISSUERS } from './demo-issuers.ts';
import { DEMO_PEOPLE } from './demo-people.ts';
import type { DemoPerson } from './demo-person.ts';
import type { HeldLicence } from './held-licence.ts';
import { holdDelegated } from './hold-delegated.ts';
import { holdLicence } from './hold-licence.ts';
import { readWallet, type Wallet, writeWallet } from './wallet-file.ts';
import { walletKey } from './wallet-key.ts';

/**
 * Sees to it that the city knows the demo authorities and kinds, that every demo person holds their licences and every
 * delegate what they may show. Running it again issues only what is missing or about to stop showing what it is meant
 * to show.
 *
 * @param path the wallet file. @returns what phones show, by its stable name.
 */
export async function prepareLicences(city: City, path: string): Promise<ReadonlyMap<string, HeldLicence>> {
  const wallet = readWallet(path);
  await publishDefaultCatalogue(city.catalogue);
  for (const { code: _, ...definition } of Object.values(DEMO_ISSUERS)) await city.issuers.define(definition);

  const held = new Map<string, HeldLicence>();
  for (const person of DEMO_PEOPLE) {
    const holder = walletKey(wallet, person.id);
    for (const licence of person.licences) {
      held.set(licence.id, await holdLicence(city, wallet, licence, holder));
    }
    // a stop before this leaves licences nobody holds and the next start issues others: no harm
    writeWallet(path, wallet);
  }
  // after all licences: a delegate's phone shows those of others
  for (const person of DEMO_PEOPLE) {
    if (!person.delegated) continue;
    for (const one of await delegatedTo(city, wallet, person, held)) held.set(one.id, one);
    writeWallet(path, wallet);
  }
  return held;
}

async function delegatedTo(
  city: City,
  wallet: Wallet,
  { id: person, code, delegated = [] }: DemoPerson,
  held: ReadonlyMap<string, HeldLicence>,
): Promise<HeldLicence[]> {
  if (code === undefined) throw new Error(`${person} acts for somebody but has no identifier`);
  const all: HeldLicence[] = [];
  for (const one of delegated) {
    const licence = held.get(one.licence);
    if (!licence) throw new Error(`${one.id}: nobody holds ${one.licence}`);
    all.push(await holdDelegated(city, wallet, one, licence, { code, key: walletKey(wallet, person) }));
  }
  return all;
}
