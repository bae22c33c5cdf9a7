import type { Catalogue } from '../../licence/trust/catalogue.ts';
import { DEFAULT_SERVICES } from './default-services.ts';
import { type KindDraft, toCatalogueKind } from './kind-draft.ts';
import { ENTERPRISE_KINDS } from './kinds-enterprise.ts';
import { HOUSEHOLD_KINDS } from './kinds-household.ts';
import { PERSON_KINDS } from './kinds-person.ts';

/** Every kind of the default catalogue, with the names of its fields. */
export const DEFAULT_KINDS: readonly KindDraft[] = [...ENTERPRISE_KINDS, ...PERSON_KINDS, ...HOUSEHOLD_KINDS];

/** What a new city publishes: the pilot's seven services and every kind they accept. */
export const defaultCatalogue: Catalogue = {
  // 2: services say whether they take delegations and which reference codes they look up
  version: 2,
  kinds: DEFAULT_KINDS.map(toCatalogueKind),
  services: [...DEFAULT_SERVICES],
};
