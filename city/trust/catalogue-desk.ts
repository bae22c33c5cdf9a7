import { type Catalogue, parseCatalogue } from '../../licence/trust/catalogue.ts';
import { TARGET } from '../../licence/trust/trust.ts';
import type { CityDatabase } from '../store/city-tables.ts';
import type { TrustPublisher } from './trust-publisher.ts';

/** What a city has before it has set a catalogue: nothing is accepted anywhere. */
export const EMPTY_CATALOGUE: Catalogue = { version: 1, kinds: [], services: [] };

export type Replaced =
  | { readonly ok: true; readonly before: Catalogue }
  /** Its version isn't later than the one held. */
  | { readonly ok: false; readonly held: number };

/** Kinds, services and matters, published to terminals as a trust target. */
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

  /**
   * Publishes an operator's catalogue; from then on no release puts its own default in its place. Its version has to be
   * later than that of the one held, so that of two operators who changed the same one the second is told.
   *
   * @throws TypeError when terminals would refuse it.
   */
  async replace(catalogue: Catalogue): Promise<Replaced> {
    const parsed = parseCatalogue(catalogue);
    if (typeof parsed === 'string') throw new TypeError(parsed);
    return await this.#database.transaction().execute(async (trx) => {
      const held = await trx
        .selectFrom('target')
        .select('bytes')
        .where('name', '=', TARGET.catalogue)
        .executeTakeFirst();
      const before = read(held?.bytes);
      if (parsed.version <= before.version) return { ok: false, held: before.version };
      await this.#trust.publish(trx, new Map([[TARGET.catalogue, catalogueBytes(parsed)]]));
      await trx.updateTable('target').set({ own: 1 }).where('name', '=', TARGET.catalogue).execute();
      return { ok: true, before };
    });
  }

  /** Whether an operator has put the current one there. */
  async isOwn(): Promise<boolean> {
    const held = await this.#database
      .selectFrom('target')
      .select('own')
      .where('name', '=', TARGET.catalogue)
      .executeTakeFirst();
    return held?.own === 1;
  }

  async current(): Promise<Catalogue> {
    return read(await this.#trust.target(TARGET.catalogue));
  }
}

function read(bytes: Uint8Array | undefined): Catalogue {
  const parsed = parseCatalogue(JSON.parse(Buffer.from(bytes ?? []).toString('utf8')));
  if (typeof parsed === 'string') throw new Error(`the store's ${parsed}`);
  return parsed;
}

export function catalogueBytes(catalogue: Catalogue): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(catalogue)));
}
