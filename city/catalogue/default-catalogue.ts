import type { Catalogue } from '../../licence/trust/catalogue.ts';
import { DEFAULT_SERVICES } from './default-services.ts';
import { type KindDraft, toCatalogueKind } from './kind-draft.ts';
import { ENTERPRISE_KINDS } from './kinds-enterprise.ts';
import { HOUSEHOLD_KINDS } from './kinds-household.ts';
import { PERSON_KINDS } from './kinds-person.ts';
import { CONSTRUCTION_MATTERS } from './matters-construction.ts';
import { ROAD_MATTERS } from './matters-road.ts';
import { SCHOOL_MATTERS } from './matters-school.ts';

/** Every kind of the default catalogue, with the names of its fields. */
export const DEFAULT_KINDS: readonly KindDraft[] = [...ENTERPRISE_KINDS, ...PERSON_KINDS, ...HOUSEHOLD_KINDS];

/** What a new city publishes: the pilot's seven services, every kind they accept, and the matters of their cases. */
export const defaultCatalogue: Catalogue = {
  // 2: services say whether they take delegations and which reference codes they look up
  // 3: what is chosen, looked up, gathered into a case and handed on; how long a service goes on without its city
  version: 3,
  kinds: DEFAULT_KINDS.map(toCatalogueKind),
  services: [...DEFAULT_SERVICES],
  matters: [...CONSTRUCTION_MATTERS, ...ROAD_MATTERS, ...SCHOOL_MATTERS],
};
