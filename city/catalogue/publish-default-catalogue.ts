import type { CatalogueDesk } from '../trust/catalogue-desk.ts';
import { defaultCatalogue } from './default-catalogue.ts';

/** Gives a city without a catalogue, or with an older default one, the default catalogue. An operator's own stays. */
export async function publishDefaultCatalogue(desk: CatalogueDesk): Promise<void> {
  if (await desk.isOwn()) return;
  const current = await desk.current();
  if (current.kinds.length === 0 || current.version < defaultCatalogue.version) {
    await desk.set(defaultCatalogue);
  }
}
