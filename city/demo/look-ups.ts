import { defaultCatalogue } from '../catalogue/default-catalogue.ts';
import type { PhoneLookUp } from '../phone/phone-contract.ts';
import type { DemoLicence, DemoPerson } from './demo-person.ts';
import { isForgery } from './hold-licence.ts';

/** Which numbers a tester types at a counter to find what this person holds, and at which: each pair once. */
export function lookUpsOf({ licences }: DemoPerson): PhoneLookUp[] {
  const all = licences
    .filter((licence) => licence.condition === 'valid' && !isForgery(licence))
    .flatMap(found);
  const byPair = new Map(all.map((one) => [`${one.number} ${one.service.en}`, one]));
  return [...byPair.values()];
}

function found({ kind, holder }: DemoLicence): PhoneLookUp[] {
  const type = holder.codeType === '001' ? 'uscc' : 'id';
  return defaultCatalogue.services
    .filter(({ kinds, lookUps }) => kinds.includes(kind) && lookUps?.includes(type))
    .map(({ names }) => ({ number: holder.code, holder: holder.name, service: names }));
}
