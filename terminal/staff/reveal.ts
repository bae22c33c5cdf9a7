import { statedFields } from '../../licence/stated-fields.ts';
import type { CatalogueField, CatalogueKind, Service } from '../../licence/trust/catalogue.ts';
import type { HeldLicence } from '../core/held-verdict.ts';
import { masked } from '../core/masking.ts';

/**
 * The whole text of a field that is shown masked: one the service shows and its kind masks.
 *
 * @param kind of the licence, as the catalogue has it.
 * @returns undefined where nothing is to reveal: not shown, not masked, never to be shown, or not stated.
 */
export function wholeValue(
  { licence }: Pick<HeldLicence, 'licence'>,
  kind: CatalogueKind,
  service: Pick<Service, 'shownFields'>,
  label: number,
): string | undefined {
  if (kind.id !== licence.kind || !service.shownFields.includes(label)) return undefined;
  const field = kind.fields.find((candidate) => candidate.label === label);
  if (!field || !isMasked(field.show)) return undefined;
  const value = statedFields(licence, undefined).get(label);
  return value === undefined ? undefined : masked(String(value), 'whole');
}

function isMasked(rule: CatalogueField['show']): boolean {
  switch (rule) {
    case 'name':
    case 'identifier':
    case 'phone':
      return true;
    case 'whole':
    case 'never':
      return false;
    default:
      return rule satisfies never;
  }
}
