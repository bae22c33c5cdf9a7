import type { Catalogue, Service } from '../licence/trust/catalogue.ts';
import { type Desk, REVEAL_REASONS } from './contract.ts';

/** What there is to do at the counter for somebody logged in. */
export function deskFor(catalogue: Catalogue | undefined, service: Service | undefined): Omit<Desk, 'staff'> {
  const matters = catalogue?.matters?.filter((matter) => matter.service === service?.id) ?? [];
  return {
    matters: matters.map(({ id, names }) => ({ id, names })),
    lookUps: service?.lookUps ?? [],
    services: catalogue?.services.map(({ id, names }) => ({ id, names })) ?? [],
    revealReasons: REVEAL_REASONS,
  };
}
