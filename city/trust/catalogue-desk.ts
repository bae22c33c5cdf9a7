import { type Catalogue, parseCatalogue } from '../../licence/trust/catalogue.ts';
import { TARGET } from '../../licence/trust/trust.ts';
import type { CityDatabase } from '../store/city-tables.ts';
import type { TrustPublisher } from './trust-publisher.ts';

/** What a city has before it has set a catalogue: nothing is accepted anywhere. */
export const EMPTY_CATALOGUE: Catalogue = { version: 1, kinds: [], services: [] };

/** Kinds and services, published to terminals as a trust target. */
export class CatalogueDesk {
  readonly #database: CityDatabase;
  readonly #trust: TrustPublisher;

  constructor(database: CityDatabase, trust: TrustPublisher) {
    this.#database = database;
    this.#trust = trust;
  }

  /** Publishes it if it differs from the one held. @throws TypeError when terminals would refuse it. */
  async set(catalogue: Catalogue): Promise<void> {
    const parsed = parseCatalogue(catalogue);
    if (typeof parsed === 'string') throw new TypeError(parsed);
    await this.#database.transaction().execute(async (trx) => {
      await this.#trust.publish(trx, new Map([[TARGET.catalogue, catalogueBytes(parsed)]]));
    });
  }

  async current(): Promise<Catalogue> {
    const bytes = await this.#trust.target(TARGET.catalogue);
    const parsed = parseCatalogue(JSON.parse(Buffer.from(bytes ?? []).toString('utf8')));
    if (typeof parsed === 'string') throw new Error(`the store's ${parsed}`);
    return parsed;
  }
}

export function catalogueBytes(catalogue: Catalogue): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(catalogue)));
}
