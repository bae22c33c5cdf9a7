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
  delegates: z.array(z.string().min(1)).max(512).optional(),
  suspends: z.literal(true).optional(),
  // whole bytes of bitmap
  listEntries: z.int().min(8).max(MAX_LIST_ENTRIES).multipleOf(8).optional(),
});

export type AdmittedIssuer = Required<Omit<IssuerDefinition, 'listEntries' | 'suspends'>> & {
  /** Whether what it signs from now on can be suspended. */
  readonly suspends: boolean;
};

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
   * takes over names and kinds, and opens a list of two bits where it is to suspend and couldn't; slug, list size and
   * the lists it has stay as they were.
   *
   * @throws ZodError for a bad definition, Error for an `iss` admitted under another slug or a slug another `iss` has.
   */
  async define(definition: IssuerDefinition): Promise<void> {
    const { slug, iss, names, kinds, delegates, suspends, listEntries } = definitionShape.parse(definition);
    await this.#database.transaction().execute(async (trx) => {
      const before = await trx
        .selectFrom('issuer')
        .select(['slug', 'list_bits'])
        .where('iss', '=', iss)
        .executeTakeFirst();
      if (before && before.slug !== slug) throw new Error(`${iss} is admitted under the slug ${before.slug}`);
      const holder = await trx.selectFrom('issuer').select('iss').where('slug', '=', slug).executeTakeFirst();
      if (holder && holder.iss !== iss) throw new Error(`the slug ${slug} is that of ${holder.iss}`);
      const list_bits = suspends ? 2 : (before?.list_bits ?? 1);
      const columns = { name_zh: names.zh, name_en: names.en, list_bits } as const;
      if (before) await trx.updateTable('issuer').set(columns).where('iss', '=', iss).execute();
      else {
        const list_entries = listEntries ?? DEFAULT_LIST_ENTRIES;
        await trx
          .insertInto('issuer')
          .values({ iss, slug, list_entries, ...columns })
          .execute();
      }
      const admitted = { iss, slug };
      // apart, because the status key signs every hour and the licence key need not lie where it does
      await this.#admitKinds(trx, admitted, 'licence', kinds);
      if (delegates) await this.#admitKinds(trx, admitted, 'delegation', delegates);
      if (!before) await this.#admitKey(trx, admitted, 'status', []);
      if (list_bits === before?.list_bits) await publishIssuers(trx, this.#trust);
      else await this.#lists.openShard(trx, iss);
    });
  }

  /** Who is admitted, by `iss`, with the kinds its keys may sign. */
  async list(): Promise<AdmittedIssuer[]> {
    const issuers = await this.#database.selectFrom('issuer').selectAll().orderBy('iss').execute();
    const keys = await this.#database.selectFrom('issuer_key').selectAll().orderBy('key_name').execute();
    return issuers.map(({ iss, slug, name_zh, name_en, list_bits }) => {
      const own = keys.filter((key) => key.iss === iss).map(toIssuerKey);
      const kindsFor = (use: KeyUse) => [
        ...new Set(own.filter(({ uses }) => uses.includes(use)).flatMap(({ kinds }) => kinds)),
      ];
      return {
        iss,
        slug,
        names: { zh: name_zh, en: name_en },
        kinds: kindsFor('licence'),
        delegates: kindsFor('delegation'),
        suspends: list_bits === 2,
      };
    });
  }

  /** Gives the issuer's keys of this use these kinds; its first key of a use is made when it gets a kind for it. */
  async #admitKinds(
    trx: CityTransaction,
    issuer: Admitted,
    use: 'licence' | 'delegation',
    kinds: readonly string[],
  ): Promise<void> {
    const { numUpdatedRows } = await trx
      .updateTable('issuer_key')
      .set({ kinds: JSON.stringify(kinds) })
      .where('iss', '=', issuer.iss)
      .where('uses', '=', JSON.stringify([use]))
      .executeTakeFirst();
    if (numUpdatedRows === 0n && kinds.length > 0) await this.#admitKey(trx, issuer, use, kinds);
  }

  async #admitKey(
    trx: CityTransaction,
    { iss, slug }: Admitted,
    use: KeyUse,
    kinds: readonly string[],
  ): Promise<void> {
    const now = Math.floor(this.#clock.now() / 1000);
    const key_name = `issuer-${slug}-${use}-1`;
    await trx
      .insertInto('issuer_key')
      .values({
        iss,
        x: signingKeyFile(this.#keys, key_name, 'make').publicKey,
        key_name,
        nbf: now - KEY_HEAD_START_SECONDS,
        exp: now + KEY_LIFETIME_SECONDS,
        uses: JSON.stringify([use]),
        kinds: JSON.stringify(kinds),
      })
      .execute();
  }
}

interface Admitted {
  readonly iss: string;
  readonly slug: string;
}
