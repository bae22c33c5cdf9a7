import { z } from 'zod';
import { type KeyUse, MAX_LIST_ENTRIES } from '../../licence/trust/issuers.ts';
import type { Clock } from '../clock.ts';
import type { KeyFolder } from '../keys/key-folder.ts';
import { signingKeyFile } from '../keys/signing-key-file.ts';
import type { CityDatabase, CityTransaction } from '../store/city-tables.ts';
import type { TrustPublisher } from '../trust/trust-publisher.ts';
import { toIssuerKey } from './issuer-key.ts';
import type { IssuerDefinition } from './order.ts';
import { publishIssuers } from './publish-issuers.ts';
import { DEFAULT_LIST_ENTRIES, type StatusLists } from './status-lists.ts';

/** How long a new key may sign. */
const KEY_LIFETIME_SECONDS = 5 * 365 * 86_400;
/** A terminal whose clock is a little behind must still find a key made just now in its time. */
const KEY_HEAD_START_SECONDS = 3600;

/** What a slug looks like; it becomes part of key files' names. */
export const ISSUER_SLUG = /^[a-z][a-z0-9-]{0,31}$/;

const definitionShape = z.strictObject({
  slug: z.string().regex(ISSUER_SLUG),
  iss: z.string().min(1).max(256),
  names: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  kinds: z.array(z.string().min(1)).max(512),
  // whole bytes of bitmap
  listEntries: z.int().min(8).max(MAX_LIST_ENTRIES).multipleOf(8).optional(),
});

export type AdmittedIssuer = Required<Omit<IssuerDefinition, 'listEntries'>>;

/** Who may issue what in this city. */
export class IssuerRegister {
  readonly #database: CityDatabase;
  readonly #keys: KeyFolder;
  readonly #trust: TrustPublisher;
  readonly #lists: StatusLists;
  readonly #clock: Clock;

  constructor(
    database: CityDatabase,
    keys: KeyFolder,
    trust: TrustPublisher,
    lists: StatusLists,
    clock: Clock,
  ) {
    this.#database = database;
    this.#keys = keys;
    this.#trust = trust;
    this.#lists = lists;
    this.#clock = clock;
  }

  /**
   * Admits an issuer: makes its keys and first status list and publishes them. For one that is admitted already it
   * takes over names and kinds; slug and list size stay as they were.
   *
   * @throws ZodError for a bad definition, Error for an `iss` admitted under another slug or a slug another `iss` has.
   */
  async define(definition: IssuerDefinition): Promise<void> {
    const { slug, iss, names, kinds, listEntries } = definitionShape.parse(definition);
    await this.#database.transaction().execute(async (trx) => {
      const before = await trx.selectFrom('issuer').select('slug').where('iss', '=', iss).executeTakeFirst();
      if (before && before.slug !== slug) throw new Error(`${iss} is admitted under the slug ${before.slug}`);
      const holder = await trx.selectFrom('issuer').select('iss').where('slug', '=', slug).executeTakeFirst();
      if (holder && holder.iss !== iss) throw new Error(`the slug ${slug} is that of ${holder.iss}`);
      const named = { name_zh: names.zh, name_en: names.en };
      if (before) {
        await trx.updateTable('issuer').set(named).where('iss', '=', iss).execute();
        await this.#setKinds(trx, iss, kinds);
        await publishIssuers(trx, this.#trust);
        return;
      }
      await trx
        .insertInto('issuer')
        .values({ iss, slug, ...named, list_entries: listEntries ?? DEFAULT_LIST_ENTRIES })
        .execute();
      // apart, because the status key signs every hour and the licence key need not lie where it does
      await this.#admitKey(trx, iss, `issuer-${slug}-licence-1`, ['licence'], kinds);
      await this.#admitKey(trx, iss, `issuer-${slug}-status-1`, ['status'], []);
      await this.#lists.openShard(trx, iss);
    });
  }

  /** Who is admitted, by `iss`, with the kinds its licence keys may sign. */
  async list(): Promise<AdmittedIssuer[]> {
    const issuers = await this.#database.selectFrom('issuer').selectAll().orderBy('iss').execute();
    const keys = await this.#database.selectFrom('issuer_key').selectAll().orderBy('key_name').execute();
    return issuers.map(({ iss, slug, name_zh, name_en }) => {
      const kinds = keys.filter((key) => key.iss === iss).flatMap((key) => toIssuerKey(key).kinds);
      return { iss, slug, names: { zh: name_zh, en: name_en }, kinds: [...new Set(kinds)] };
    });
  }

  async #admitKey(
    trx: CityTransaction,
    iss: string,
    name: string,
    uses: readonly KeyUse[],
    kinds: readonly string[],
  ): Promise<void> {
    const now = Math.floor(this.#clock.now() / 1000);
    await trx
      .insertInto('issuer_key')
      .values({
        iss,
        x: signingKeyFile(this.#keys, name, 'make').publicKey,
        key_name: name,
        nbf: now - KEY_HEAD_START_SECONDS,
        exp: now + KEY_LIFETIME_SECONDS,
        uses: JSON.stringify(uses),
        kinds: JSON.stringify(kinds),
      })
      .execute();
  }

  async #setKinds(trx: CityTransaction, iss: string, kinds: readonly string[]): Promise<void> {
    await trx
      .updateTable('issuer_key')
      .set({ kinds: JSON.stringify(kinds) })
      .where('iss', '=', iss)
      .where('uses', '!=', JSON.stringify(['status']))
      .execute();
  }
}
