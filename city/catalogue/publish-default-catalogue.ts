import type { CatalogueDesk } from '../trust/catalogue-desk.ts';
import { defaultCatalogue } from './default-catalogue.ts';

/** Gives a city without a catalogue, or with an older default one, the default catalogue. */
export async function publishDefaultCatalogue(desk: CatalogueDesk): Promise<void> {
  const current = await desk.current();
  // a catalogue the operator has worked on carries a higher version and stays
  if (current.kinds.length === 0 || current.version < defaultCatalogue.version) {
    await desk.set(defaultCatalogue);
  }
}
