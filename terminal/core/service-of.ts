import type { Catalogue, Service } from '../../licence/trust/catalogue.ts';

/** The service of this id; undefined where the catalogue has none, or there is no catalogue yet. */
export function serviceOf(catalogue: Catalogue | undefined, id: string): Service | undefined {
  return catalogue?.services.find((service) => service.id === id);
}
