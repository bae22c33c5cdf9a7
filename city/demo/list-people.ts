import { chinaDate, lastChinaDay } from '../../licence/china-date.ts';
import { defaultCatalogue } from '../catalogue/default-catalogue.ts';
import type { People, PhoneCommand, PhoneDelegation, PhoneLicence } from '../phone/phone-contract.ts';
import { cityCommandText } from './city-command-text.ts';
import { DEMO_PEOPLE } from './demo-people.ts';
import type { DemoPerson } from './demo-person.ts';
import type { HeldDelegation, HeldLicence } from './held-licence.ts';
import { isForgery } from './hold-licence.ts';
import { issuerOf, kindNamesOf } from './licence-content.ts';
import { lookUpsOf } from './look-ups.ts';
import { shownCondition, type Withdrawn } from './shown-condition.ts';

/** Everybody with what their phone shows, as it stands now. @param data the city's data folder, for the commands. */
export function listPeople(
  held: ReadonlyMap<string, HeldLicence>,
  withdrawn: Withdrawn,
  data: string,
): People['people'] {
  return DEMO_PEOPLE.map((person) => ({
    id: person.id,
    names: person.names,
    about: person.about,
    licences: idsOf(person).flatMap((id) => {
      const one = held.get(id);
      return one ? [listed(one, withdrawn, data)] : [];
    }),
    lookUps: lookUpsOf(person),
  }));
}

function idsOf({ licences, delegated = [] }: DemoPerson): string[] {
  return [...licences, ...delegated].map(({ id }) => id);
}

function listed(held: HeldLicence, withdrawn: Withdrawn, data: string): PhoneLicence {
  const { id, licence, period, cti, delegation } = held;
  return {
    id,
    kind: kindNamesOf(licence),
    issuer: issuerOf(licence).names,
    holder: licence.holder.name,
    condition: shownCondition(held, withdrawn),
    validFrom: chinaDate(period.nbf),
    validTo: lastChinaDay(period.exp),
    cti,
    delegation: delegation ? listedDelegation(delegation) : null,
    commands: commandsFor(held, withdrawn, data),
  };
}

function listedDelegation({ delegated, period, cti }: HeldDelegation): PhoneDelegation {
  const { principal, of, service } = delegated;
  const named = <T extends { readonly id: string }>(all: readonly T[], id: string): T => {
    const found = all.find((one) => one.id === id);
    if (!found) throw new Error(`${delegated.id}: the catalogue has no ${id}`);
    return found;
  };
  return {
    principal: principal.name,
    kind: of === 'this-licence' ? null : named(defaultCatalogue.kinds, of.kind).names,
    service: service === undefined ? null : named(defaultCatalogue.services, service).names,
    validTo: lastChinaDay(period.exp),
    cti,
  };
}

/** What a tester can do to it: the delegation first, where there is one. */
function commandsFor({ licence, cti, delegation }: HeldLicence, withdrawn: Withdrawn, data: string) {
  const commands: PhoneCommand[] = [];
  const offer = (does: PhoneCommand['does'], command: string, of: string) => {
    commands.push({ does, text: cityCommandText(data, `${command} ${of}`, process.env) });
  };
  if (delegation) {
    if (withdrawn.get(delegation.cti) !== 'revoked') offer('revoke-delegation', 'revoke', delegation.cti);
    return commands; // the licence is another's: it is withdrawn in the holder's phone
  }
  const state = withdrawn.get(cti);
  // what the city never issued it can't withdraw
  if (isForgery(licence) || state === 'revoked') return commands;
  offer('revoke-licence', 'revoke', cti);
  if (state === 'suspended') offer('resume-licence', 'resume', cti);
  else if (issuerOf(licence).suspends) offer('suspend-licence', 'suspend', cti);
  return commands;
}
